package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.Contrast;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;

/**
 * Everything that the output tables are made of.
 *
 * @param settings of the run
 * @param data what was fitted
 * @param anova sums of squares, in the response's own unit
 * @param classes the groups by size, in the unit of the computation
 * @param estimates by the chosen method, in the unit of the computation
 * @param restricted the REML fit when the chosen method's or the tests need it, else null
 * @param bounds intervals for the variances, in the unit of the computation
 * @param mean inference on mu, in the response's own unit
 */
record OneWayFit(RandomInterceptSettings settings, GroupedData data, AnovaTable anova, SizeClasses classes,
    Estimates estimates, Estimates restricted, VarianceBounds bounds, Contrast mean) {

    double sigma2() {
        return estimates.sigma2() * square();
    }

    double tau2() {
        return estimates.tau2() * square();
    }

    /** The unit of variances. */
    double square() {
        return classes.unit * classes.unit;
    }

    boolean moments() {
        return settings.method() == Method.ANOVA;
    }

    boolean negative() {
        return estimates.sigma2() < 0;
    }
}
