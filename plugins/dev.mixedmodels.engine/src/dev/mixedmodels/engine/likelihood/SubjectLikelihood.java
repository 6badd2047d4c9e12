package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.FreeCoordinates;
import dev.mixedmodels.engine.fit.Likelihood;
import dev.mixedmodels.engine.optimise.Objective;
import java.util.Arrays;

/**
 * The -2 (restricted) log likelihood as a function of free coordinates, with exact derivatives. V = s (Z D/s Z' +
 * Sigma(eta)); s is either one of the coordinates (absolute) or at its best value for the others, where D is relative
 * to it (profiled).
 *
 * @param shares the subjects
 * @param reml restricted likelihood
 * @param progress asked whether to go on
 */
public record SubjectLikelihood(SubjectShares shares, boolean reml, Progress progress) implements Likelihood {

    @Override
    public int units() {
        return shares.subjects();
    }

    @Override
    public double[] start(final CovarianceModel model, final double[] eta) {
        return MomentStart.of(model, this, eta);
    }

    /** V and its derivatives by the elements of D / s, eta and log s, at s = 1. */
    public CovarianceJet jet(final double[] relativeFactor, final double[] eta, final int order) {
        return CovarianceJet.of(shares.sum(relativeFactor, eta, order, progress), shares.rows());
    }

    private static int order(final double[] gradient, final double[][] hessian) {
        return hessian != null ? 2 : gradient != null ? 1 : 0;
    }

    /** The profiled criterion; z has no log s. */
    @Override
    public Objective profiled(final AffineCoordinates coordinates) {
        return (x, gradient, hessian) -> {
            final CovarianceJet unit = unitJet(coordinates, coordinates.at(x), order(gradient, hessian));
            final GaussianCriterion atOne = new GaussianCriterion(unit, reml);
            if (gradient != null && atOne.exists()) {
                final GaussianCriterion criterion = new GaussianCriterion(
                    changed(unit, coordinates, coordinates.at(x), scale(atOne)), reml);
                if (!criterion.exists()) {
                    return Double.NaN;
                }
                System.arraycopy(criterion.gradient(), 0, gradient, 0, x.length);
                if (hessian != null) {
                    eliminateLast(criterion.hessian(), hessian);
                }
            }
            return atOne.profiledValue();
        };
    }

    /** V = Z D / s Z' + Sigma at s = 1, with derivatives as {@link #jet} has them. */
    public CovarianceJet unitJet(final AffineCoordinates coordinates, final double[] z, final int order) {
        final int entries = coordinates.q() * coordinates.q();
        return jet(coordinates.factor(z), Arrays.copyOfRange(z, entries, z.length), order);
    }

    private static CovarianceJet changed(final CovarianceJet unit, final AffineCoordinates coordinates,
        final double[] z, final double s) {
        return unit.scaled(s).change(
            withScale(FreeCoordinates.first(coordinates.q(), z, coordinates.directions())),
            withScale(coordinates.second(new double[coordinates.size()]), coordinates.size()));
    }

    private static double scale(final GaussianCriterion atOne) {
        return atOne.residualSumOfSquares() / atOne.degreesOfFreedom();
    }

    /** The best s for a V at s = 1; NaN where the criterion does not exist. */
    double scale(final CovarianceJet unit) {
        final GaussianCriterion atOne = new GaussianCriterion(unit, reml);
        return atOne.exists() ? scale(atOne) : Double.NaN;
    }

    double scale(final AffineCoordinates coordinates, final double[] z) {
        return scale(unitJet(coordinates, z, 0));
    }

    /**
     * The criterion at a point.
     *
     * @param scale the best s
     * @param jet V there and its derivatives by the coordinates and log s
     */
    public record Point(double scale, CovarianceJet jet) {
    }

    public Point at(final AffineCoordinates coordinates, final double[] z) {
        final CovarianceJet unit = unitJet(coordinates, z, 2);
        final double s = scale(unit);
        return new Point(s, changed(unit, coordinates, z, s));
    }

    /** One more coordinate and one more parameter, log s, which is both. */
    public static double[][] withScale(final double[][] first) {
        final double[][] extended = new double[first.length + 1][];
        for (int a = 0; a < first.length; a++) {
            extended[a] = Arrays.copyOf(first[a], first[a].length + 1);
        }
        final int n = first.length == 0 ? 0 : first[0].length;
        extended[first.length] = new double[n + 1];
        extended[first.length][n] = 1;
        return extended;
    }

    private static double[][][] withScale(final double[][][] second, final int n) {
        final double[][][] extended = new double[second.length + 1][][];
        for (int a = 0; a < second.length; a++) {
            if (second[a] != null) {
                extended[a] = new double[n + 1][n + 1];
                for (int k = 0; k < n; k++) {
                    System.arraycopy(second[a][k], 0, extended[a][k], 0, n);
                }
            }
        }
        return extended;
    }

    /** The Hessian over the other coordinates when the last is at its best: H - h h' / h_ss. */
    static void eliminateLast(final double[][] full, final double[][] hessian) {
        final int n = hessian.length;
        for (int k = 0; k < n; k++) {
            for (int l = 0; l < n; l++) {
                hessian[k][l] = full[k][l] - full[k][n] * full[l][n] / full[n][n];
            }
        }
    }

    /** The criterion itself; z ends with log s, and F F' is D. */
    @Override
    public Objective absolute(final FreeCoordinates coordinates) {
        return (x, gradient, hessian) -> {
            final double[] z = coordinates.at(x);
            final GaussianCriterion criterion = new GaussianCriterion(
                order(gradient, hessian) == 0 ? absoluteJet(coordinates.q(), z, 0)
                    : absoluteJet(coordinates.q(), z, order(gradient, hessian)).change(coordinates.first(x),
                        coordinates.second(x)), reml);
            if (gradient != null && criterion.exists()) {
                System.arraycopy(criterion.gradient(), 0, gradient, 0, x.length);
                if (hessian != null) {
                    final double[][] exact = criterion.hessian();
                    for (int k = 0; k < x.length; k++) {
                        System.arraycopy(exact[k], 0, hessian[k], 0, x.length);
                    }
                }
            }
            return criterion.value();
        };
    }

    /**
     * V and its derivatives by the elements of D, eta and log s.
     *
     * @param q number of random effects
     * @param z entries of F (D = F F'), eta, log s
     * @param order highest derivative
     */
    public CovarianceJet absoluteJet(final int q, final double[] z, final int order) {
        final double logScale = z[z.length - 1];
        final double s = Math.exp(logScale);
        final double root = Math.exp(-logScale / 2);
        final double[] relative = new double[q * q];
        for (int i = 0; i < relative.length; i++) {
            relative[i] = z[i] * root;
        }
        final CovarianceJet unit = jet(relative, Arrays.copyOfRange(z, q * q, z.length - 1), order);
        return order == 0 ? unit.scaled(s) : absolute(unit, q, relative, s);
    }

    /** The same from V at s = 1. */
    static CovarianceJet absolute(final CovarianceJet unit, final int q, final double[] relative, final double s) {
        final int m = unit.parameters();
        return unit.scaled(s).change(toAbsolute(q, relative, s, m), toAbsoluteSecond(q, relative, s, m));
    }

    /** D/s and log s by D and log s: d(D/s) = dD / s - D/s dlog s. */
    private static double[][] toAbsolute(final int q, final double[] relative, final double s, final int m) {
        final double[][] first = new double[m][m];
        final int elements = q * (q + 1) / 2;
        for (int k = 0; k < m; k++) {
            first[k][k] = k < elements ? 1 / s : 1;
        }
        int element = 0;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b <= a; b++) {
                first[element++][m - 1] = -element(q, relative, a, b);
            }
        }
        return first;
    }

    private static double[][][] toAbsoluteSecond(final int q, final double[] relative, final double s, final int m) {
        final double[][][] second = new double[m][][];
        int element = 0;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b <= a; b++) {
                second[element] = new double[m][m];
                second[element][element][m - 1] = -1 / s;
                second[element][m - 1][element] = -1 / s;
                second[element][m - 1][m - 1] = element(q, relative, a, b);
                element++;
            }
        }
        return second;
    }

    private static double element(final int q, final double[] factor, final int a, final int b) {
        double sum = 0;
        for (int j = 0; j < q; j++) {
            sum += factor[a * q + j] * factor[b * q + j];
        }
        return sum;
    }
}
