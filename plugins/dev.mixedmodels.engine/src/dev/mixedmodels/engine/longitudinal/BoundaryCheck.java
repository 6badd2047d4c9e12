package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.likelihood.CovarianceJet;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.longitudinal.Reduction.Vanished;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Whether a minimum among singular D is a minimum among all D: the criterion must not fall into any direction that
 * vanished. With f' = tr(G dD) that is N'GN positive semidefinite for N spanning the null vectors (Karush, Kuhn,
 * Tucker).
 */
final class BoundaryCheck {
    /** A decrease of the criterion that is worth a further search. */
    private static final double WORTHWHILE = 1e-9;

    private final CovarianceJet jet;
    private final boolean reml;
    private final int q;
    private final double[] factor;
    private double best = WORTHWHILE;
    private double[] improved;

    private BoundaryCheck(final Criterion criterion, final Optimised at) {
        reml = criterion.reml();
        q = at.coordinates().q();
        factor = at.coordinates().factor(at.z());
        final double[] eta = Arrays.copyOfRange(at.z(), q * q, at.z().length);
        final CovarianceJet unit = criterion.jet(factor, eta, 2);
        jet = unit.scaled(criterion.scale(unit));
    }

    /**
     * @param criterion the criterion
     * @param reduction the D that were searched
     * @param at the minimum among them
     * @return a factor of a D with a smaller criterion, or null if there is none nearby
     */
    static double[] improvement(final Criterion criterion, final Reduction reduction, final Optimised at) {
        final BoundaryCheck check = new BoundaryCheck(criterion, at);
        for (final Vanished vanished : reduction.vanished()) {
            check.consider(vanished);
        }
        return check.improved;
    }

    private void consider(final Vanished vanished) {
        final double[][] basis = vanished.basis();
        final int n = basis.length;
        final double[][] slopes = new double[n][n];
        for (int i = 0; i < n; i++) {
            slopes[i][i] = along(basis[i], basis[i]).gradient()[0];
            for (int j = 0; j < i; j++) {
                slopes[i][j] = along(basis[i], basis[j]).gradient()[0];
                slopes[j][i] = slopes[i][j];
            }
        }
        final double[] steepest = Matrices.eigen(slopes).vectors()[n - 1];
        final double[] direction = new double[q * q];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < direction.length; i++) {
                direction[i] += steepest[k] * basis[k][i];
            }
        }
        final GaussianCriterion along = along(direction, direction);
        final double slope = along.gradient()[0];
        final double curvature = along.expectedHessian()[0][0];
        if (slope < 0 && slope * slope / (2 * curvature) > best) {
            best = slope * slope / (2 * curvature);
            improved = factor.clone();
            for (int i = 0; i < improved.length; i++) {
                improved[i] += Math.sqrt(-slope / curvature) * direction[i];
            }
        }
    }

    /** The criterion as D moves along (A B' + B A') / 2. */
    private GaussianCriterion along(final double[] a, final double[] b) {
        final int m = jet.trace().length;
        final double[][] weights = new double[m][1];
        int element = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++, element++) {
                for (int k = 0; k < q; k++) {
                    weights[element][0] += (a[i * q + k] * b[j * q + k] + b[i * q + k] * a[j * q + k]) / 2;
                }
            }
        }
        return new GaussianCriterion(jet.change(weights, new double[m][][]), reml);
    }
}
