package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * The criterion for V_i = s^2 C_i, C_jk = r^(|t_j - t_k| / unit), over real times. The inverse of C is tridiagonal:
 * with a and b the rows [x y] of neighbours that are d apart and f = r^(d / unit), u = b - f a,
 * <pre> [X y]'C^-1 [X y] = a_1 a_1' + sum u u' / (1 - f^2),   log|C| = sum log(1 - f^2) </pre>
 * so an evaluation is one pass over the rows and no matrix is formed. theta = (log s, logit r) of each group in turn.
 */
public final class ContinuousArLikelihood implements MarginalLikelihood {
    private final TimeRows data;
    private final int groups;
    private final double unit;
    private final boolean reml;

    /**
     * @param data rows in order of time, all times of a subject different
     * @param groups number of sets of covariance parameters
     * @param unit distance of time at which the correlation is r
     * @param reml whether the restricted likelihood is meant
     * @param progress asked now and then whether to go on while rows are read
     */
    public ContinuousArLikelihood(final SubjectRows data, final int groups, final double unit, final boolean reml,
        final Progress progress) {
        this.data = TimeRows.of(data, groups, progress);
        this.groups = groups;
        this.unit = unit;
        this.reml = reml;
    }

    @Override
    public int parameters() {
        return 2 * groups;
    }

    @Override
    public double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        final int order = hessian != null ? 2 : gradient != null ? 1 : 0;
        final TimeSums[] sums = sums(theta, order);
        final MeanFit fit = fit(theta, sums);
        if (fit == null) {
            return Double.NaN;
        }
        final double[] form = fit.form(reml);
        for (int g = 0; g < groups; g++) {
            if (gradient != null) {
                gradient[2 * g] = 2 * sums[g].rows - 2 * Matrices.dot(form, sums[g].products[0]);
                gradient[2 * g + 1] = sums[g].logDeterminant[1] + Matrices.dot(form, sums[g].products[1]);
            }
            if (hessian != null) {
                Arrays.fill(hessian[2 * g], 0);
                Arrays.fill(hessian[2 * g + 1], 0);
                hessian[2 * g][2 * g] = 4 * Matrices.dot(form, sums[g].products[0]);
                hessian[2 * g + 1][2 * g] = -2 * Matrices.dot(form, sums[g].products[1]);
                hessian[2 * g][2 * g + 1] = hessian[2 * g + 1][2 * g];
                hessian[2 * g + 1][2 * g + 1] = sums[g].logDeterminant[2] + Matrices.dot(form, sums[g].products[2]);
            }
        }
        if (hessian != null) {
            new MeanDerivatives(fit, precisionDerivatives(sums)).subtractFrom(hessian, reml);
        }
        return fit.value(reml, data.rows());
    }

    @Override
    public boolean expectedHessian(final double[] theta, final double[][] hessian) {
        return false;
    }

    @Override
    public MeanPoint mean(final double[] theta) {
        final TimeSums[] sums = sums(theta, 1);
        return new MeanDerivatives(fit(theta, sums), precisionDerivatives(sums)).point();
    }

    /**
     * With M = [X y]'V^-1[X y] and x = logit r: Q_ss = R_ss = 4 M, Q_sx = R_sx = -2 M_x,
     * Q_xx = X'(dV^-1) V (dV^-1) X and R_xx = 2 Q_xx - M_xx, from d2V^-1 = 2 (dV^-1) V (dV^-1) - V^-1 V_xx V^-1.
     */
    @Override
    public double[][] kenwardRogerSum(final double[] theta, final double[][] w, final boolean secondDerivatives) {
        final TimeSums[] sums = sums(theta, 2);
        final int width = data.columns() + 1;
        final double[] total = new double[width * width];
        final double quarter = secondDerivatives ? 0.25 : 0;
        for (int g = 0; g < groups; g++) {
            final int s = 2 * g;
            final int x = 2 * g + 1;
            final double[] q = data.derivativeProducts(g, theta[x], unit);
            for (int i = 0; i < total.length; i++) {
                final double qxx = q[i] * Math.exp(-2 * theta[s]);
                total[i] += w[s][s] * 4 * (1 - quarter) * sums[g].products[0][i]
                    - 2 * w[s][x] * 2 * (1 - quarter) * sums[g].products[1][i]
                    + w[x][x] * (qxx - quarter * (2 * qxx - sums[g].products[2][i]));
            }
        }
        return MeanDerivatives.block(total, data.columns());
    }

    private TimeSums[] sums(final double[] theta, final int order) {
        final TimeSums[] sums = new TimeSums[groups];
        Arrays.setAll(sums, g -> data.sums(g, theta[2 * g + 1], unit, order));
        for (int g = 0; g < groups; g++) {
            final double precision = Math.exp(-2 * theta[2 * g]);
            for (final double[] product : sums[g].products) {
                for (int i = 0; i < product.length; i++) {
                    product[i] *= precision;
                }
            }
        }
        return sums;
    }

    private MeanFit fit(final double[] theta, final TimeSums[] sums) {
        final int width = data.columns() + 1;
        final double[] m = new double[width * width];
        double logDeterminant = 0;
        for (int g = 0; g < groups; g++) {
            logDeterminant += 2 * sums[g].rows * theta[2 * g] + sums[g].logDeterminant[0];
            PatternLikelihood.add(m, 1, sums[g].products[0]);
        }
        return MeanFit.of(logDeterminant, m, data.columns());
    }

    private double[][] precisionDerivatives(final TimeSums[] sums) {
        final double[][] derivatives = new double[parameters()][];
        for (int g = 0; g < groups; g++) {
            derivatives[2 * g] = new double[sums[g].products[0].length];
            PatternLikelihood.add(derivatives[2 * g], -2, sums[g].products[0]);
            derivatives[2 * g + 1] = sums[g].products[1];
        }
        return derivatives;
    }
}
