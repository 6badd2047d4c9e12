package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.statistics.GroupReduction;

/**
 * Penalised least squares with one grouping factor: units are independent, and an evaluation costs a few q x q
 * operations a unit. First and second derivatives are exact, also where Lambda is singular, because they are taken by
 * way of G = Lambda Lambda'.
 */
public final class GroupedPls implements PenalisedLeastSquares {
    private static final int UNITS_PER_CHUNK = 2048;

    private final GroupReduction data;
    private final RelativeFactors factors;
    private final int q;
    private final int p;
    private final int chunks;
    private double[] theta;
    private double[] lambda;
    private PlsSolution solution;
    private UnitMoments moments;

    /**
     * @param data statistics of the rows
     * @param factors the relative covariance factor of the one grouping factor
     */
    public GroupedPls(final GroupReduction data, final RelativeFactors factors) {
        this.data = data;
        this.factors = factors;
        q = data.effects();
        p = data.fixedEffects();
        chunks = (data.levels() + UNITS_PER_CHUNK - 1) / UNITS_PER_CHUNK;
    }

    @Override
    public int rows() {
        return data.rows();
    }

    @Override
    public RelativeFactors factors() {
        return factors;
    }

    @Override
    public PenalisedLeastSquares with(final RelativeFactors other) {
        return new GroupedPls(data, other);
    }

    @Override
    public int levels(final int k) {
        return data.levels();
    }

    @Override
    public PlsSolution solve(final double[] newTheta) {
        theta = newTheta.clone();
        lambda = factors.lambda(theta)[0];
        moments = null;
        final int p1 = p + 1;
        final double[][] parts = new double[chunks][];
        Parallel.forEach(chunks, chunk -> parts[chunk] = crossProducts(chunk));
        final double[] s = data.within().clone();
        double logDetV = 0;
        for (final double[] part : parts) {
            for (int i = 0; i < p1 * p1; i++) {
                s[i] += part[i];
            }
            logDetV += part[p1 * p1];
        }
        solution = Double.isNaN(logDetV) ? null : PlsSolution.of(logDetV, s, p);
        return solution;
    }

    @Override
    public double rounding() {
        return 0; // sums of squares, nothing is subtracted
    }

    /** The sum of U'U over a chunk of units, lower triangle, and their log |V|, NaN if one failed. */
    private double[] crossProducts(final int chunk) {
        final int p1 = p + 1;
        final double[] sum = new double[p1 * p1 + 1];
        final WhitenedUnit unit = new WhitenedUnit(data, lambda);
        final int end = Math.min(data.levels(), (chunk + 1) * UNITS_PER_CHUNK);
        for (int j = chunk * UNITS_PER_CHUNK; j < end; j++) {
            if (!unit.whiten(j, false)) {
                sum[p1 * p1] = Double.NaN;
                return sum;
            }
            for (int m = 0; m < q; m++) {
                for (int a = 0; a < p1; a++) {
                    final double x = unit.u[m * p1 + a];
                    for (int b = 0; b <= a; b++) {
                        sum[a * p1 + b] += x * unit.u[m * p1 + b];
                    }
                }
            }
        }
        sum[p1 * p1] = unit.logDeterminant();
        return sum;
    }

    private UnitMoments moments() {
        if (moments == null) {
            final UnitMoments[] parts = new UnitMoments[chunks];
            Parallel.forEach(chunks, chunk -> {
                final UnitMoments part = new UnitMoments(q, p);
                final WhitenedUnit unit = new WhitenedUnit(data, lambda);
                final int end = Math.min(data.levels(), (chunk + 1) * UNITS_PER_CHUNK);
                for (int j = chunk * UNITS_PER_CHUNK; j < end; j++) {
                    unit.whiten(j, true);
                    unit.project();
                    part.add(unit.w, unit.zx, solution.beta(), solution.phi());
                }
                parts[chunk] = part;
            });
            for (int c = 1; c < chunks; c++) {
                parts[0].add(parts[c]);
            }
            moments = parts[0];
        }
        return moments;
    }

    private double[] direction(final int a) {
        return factors.first(a, new double[][] {lambda});
    }

    @Override
    public PlsDerivatives gradient() {
        final UnitMoments sums = moments();
        final PlsDerivatives gradient = PlsDerivatives.zero(theta.length);
        for (int a = 0; a < theta.length; a++) {
            final double[] g = direction(a);
            gradient.logDetV()[a] = UnitMoments.trace(g, sums.w);
            gradient.logDetC()[a] = -UnitMoments.trace(g, sums.k);
            gradient.r2()[a] = -UnitMoments.trace(g, sums.ss);
        }
        return gradient;
    }

    @Override
    public PlsDerivatives hessian(final Progress progress) {
        progress.check();
        final UnitMoments sums = moments();
        final int m = theta.length;
        final PlsDerivatives hessian = PlsDerivatives.zero(m * m);
        for (int a = 0; a < m; a++) {
            final double[] f = direction(a);
            final double[] fixedA = SmallMatrix.multiply(solution.phi(), sums.information(f), p);
            final double[] scoreA = sums.score(f);
            for (int b = 0; b <= a; b++) {
                final double[] g = direction(b);
                final double[] fg = factors.second(a, b);
                final double[] fixedB = SmallMatrix.multiply(solution.phi(), sums.information(g), p);
                // log|V|: -tr(V^-1 V_a V^-1 V_b) + tr(V^-1 V_ab)
                final double v = UnitMoments.trace(fg, sums.w) - sums.trace(f, g, sums.ww);
                // log|C|: tr(C^-1 C_ab) - tr(C^-1 C_a C^-1 C_b)
                final double c = 2 * sums.trace(f, g, sums.wk) - UnitMoments.trace(fg, sums.k)
                    - SmallMatrix.traceOfProduct(fixedA, fixedB, p);
                // y'Py: 2 y'P V_a P V_b P y - y'P V_ab P y
                final double r = 2 * (sums.trace(f, g, sums.ws)
                    - SmallMatrix.bilinear(solution.phi(), scoreA, sums.score(g))) - UnitMoments.trace(fg, sums.ss);
                hessian.logDetV()[a * m + b] = hessian.logDetV()[b * m + a] = v;
                hessian.logDetC()[a * m + b] = hessian.logDetC()[b * m + a] = c;
                hessian.r2()[a * m + b] = hessian.r2()[b * m + a] = r;
            }
        }
        return hessian;
    }

    @Override
    public double[][] curvature(final boolean reml, final double sigma2) {
        final PlsDerivatives second = hessian(Progress.NONE);
        final double[] logDet = second.logDeterminants(reml);
        final int m = theta.length;
        final double[][] h = new double[m][m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                h[a][b] = logDet[a * m + b] + second.r2()[a * m + b] / sigma2;
            }
        }
        return h;
    }

    @Override
    public boolean exactCurvature() {
        return true;
    }

    @Override
    public EffectMoments effectMoments() {
        return EffectMoments.of(data);
    }

    @Override
    public double[][] informationDerivatives() {
        final double[][] derivatives = new double[theta.length][];
        for (int a = 0; a < theta.length; a++) {
            derivatives[a] = moments().information(direction(a));
            for (int i = 0; i < p * p; i++) {
                derivatives[a][i] = -derivatives[a][i];
            }
        }
        return derivatives;
    }

    @Override
    public UnitEffects unitEffects(final int k) {
        return GroupedEffects.of(data, lambda, solution);
    }

    @Override
    public CovarianceCrossProducts crossProducts(final double[][][] basis, final Progress progress) {
        progress.check();
        return GroupedCrossProducts.of(data, lambda, basis[0]);
    }
}
