package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.optimise.Objective;

/**
 * -2 log (restricted) likelihood as a function of theta, the residual variance at its best value r2 / nu:
 * F = log |V| + [log |X'V^-1 X|] + nu (log 2 pi + 1 + log(r2 / nu)).
 * <p>
 * The mathematics: doc/criterion.md beside the sources.
 */
final class PlsCriterion implements Objective {
    private final BlockedPls pls;
    private final boolean reml;
    private BlockedPoint last;

    PlsCriterion(final BlockedPls pls) {
        this.pls = pls;
        reml = pls.reml();
    }

    @Override
    public double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        final BlockedPoint point = pls.at(theta);
        if (point == null) {
            return Double.NaN;
        }
        last = point;
        final double nu = point.mean().nu(reml, pls.statistics().rows());
        final double logScale = Math.log(point.mean().r2() / nu);
        final double sigma2 = Math.exp(logScale);
        if (gradient != null || hessian != null) {
            final double[][] fixed = hessian == null ? null : point.curvature(reml,
                sigma2); // which brings the gradient
            final PlsDerivatives first = point.gradient();
            final double[] logDet = first.logDeterminants(reml);
            for (int a = 0; gradient != null && a < theta.length; a++) {
                gradient[a] = logDet[a] + first.r2()[a] / sigma2;
            }
            if (hessian != null) {
                eliminated(fixed, first.r2(), sigma2, nu, hessian);
            }
        }
        final MeanFit mean = point.mean();
        return mean.logDetV() + (reml ? mean.logDetC() : 0) + nu * (Math.log(2 * Math.PI) + logScale)
            + mean.r2() * Math.exp(-logScale);
    }

    /** Second derivatives at a fixed sigma2 less what log sigma2 = log(r2 / nu) takes off as it follows theta. */
    private static void eliminated(final double[][] fixed, final double[] r2, final double sigma2, final double nu,
        final double[][] hessian) {
        for (int a = 0; a < r2.length; a++) {
            for (int b = 0; b < r2.length; b++) {
                hessian[a][b] = fixed[a][b] - r2[a] / sigma2 * (r2[b] / sigma2) / nu;
            }
        }
    }

    @Override
    public double rounding() {
        return last == null ? 0 : last.mean().nu(reml, pls.statistics().rows()) * last.rounding();
    }

    /** Exact second derivatives at the last point. */
    double[][] exactHessian(final Progress progress) {
        final int m = last.theta().length;
        final double[][] h = new double[m][m];
        SubjectLikelihood.eliminateLast(last.hessian(progress), h);
        return h;
    }
}
