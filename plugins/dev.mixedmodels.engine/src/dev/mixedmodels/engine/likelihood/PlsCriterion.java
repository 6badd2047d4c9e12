package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.optimise.Objective;

/**
 * -2 log (restricted) likelihood as a function of theta,
 * F = log |V| + [log |X'V^-1 X|] + nu (log 2 pi + lambda) + r2 exp(-lambda), where lambda = log sigma2 is at its best
 * value or follows from theta.
 */
final class PlsCriterion implements Objective {
    private final PenalisedLeastSquares pls;
    private final boolean reml;
    private final ResidualScale scale;
    private PlsPoint last;

    /** @param scale null for the best residual variance */
    PlsCriterion(final PenalisedLeastSquares pls, final boolean reml, final ResidualScale scale) {
        this.pls = pls;
        this.reml = reml;
        this.scale = scale;
    }

    @Override
    public double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        final PlsPoint point = pls.at(theta);
        if (point == null) {
            return Double.NaN;
        }
        last = point;
        final MeanFit solution = point.mean();
        final double nu = solution.nu(reml, pls.rows());
        final double lambda = scale == null ? Math.log(solution.r2() / nu) : scale.log(theta);
        final double fit = solution.r2() * Math.exp(-lambda);
        if (gradient != null || hessian != null) {
            differentiate(theta, point, fit, lambda, nu, gradient, hessian);
        }
        return solution.logDetV() + (reml ? solution.logDetC() : 0) + nu * (Math.log(2 * Math.PI) + lambda) + fit;
    }

    @Override
    public double rounding() {
        return last == null ? 0 : last.mean().nu(reml, pls.rows()) * last.rounding();
    }

    /** Chain rule over lambda(theta); at the best lambda, dF/dlambda = nu - fit vanishes. */
    private void differentiate(final double[] theta, final PlsPoint point, final double fit, final double lambda,
        final double nu, final double[] gradient, final double[][] hessian) {
        final int m = theta.length;
        final double sigma2 = Math.exp(lambda);
        final PlsDerivatives first = point.gradient();
        final double[] logDet = first.logDeterminants(reml);
        final double[] l = new double[m];
        final double[][] ll = new double[m][m];
        if (scale != null) {
            scale.derivatives(theta, l, ll);
        }
        for (int a = 0; gradient != null && a < m; a++) {
            gradient[a] = logDet[a] + first.r2()[a] / sigma2 + (nu - fit) * l[a];
        }
        if (hessian == null) {
            return;
        }
        final double[][] h = point.curvature(reml, sigma2);
        for (int a = 0; a < m; a++) {
            final double ra = -first.r2()[a] / sigma2;
            for (int b = 0; b < m; b++) {
                final double rb = -first.r2()[b] / sigma2;
                hessian[a][b] = scale == null ? h[a][b] - ra * rb / fit
                    : h[a][b] + ra * l[b] + l[a] * rb + fit * l[a] * l[b] + (nu - fit) * ll[a][b];
            }
        }
    }

    /** Exact second derivatives at the last point, sigma2 at its best value. */
    double[][] exactHessian(final Progress progress) {
        final PlsDerivatives first = last.gradient();
        final PlsDerivatives second = last.hessian(progress);
        final double[] logDet = second.logDeterminants(reml);
        final int m = first.r2().length;
        final double r2 = last.mean().r2();
        final double nu = last.mean().nu(reml, pls.rows());
        final double[][] h = new double[m][m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                h[a][b] = logDet[a * m + b] + nu / r2 * (second.r2()[a * m + b] - first.r2()[a] * first.r2()[b] / r2);
            }
        }
        return h;
    }
}
