package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.IncompleteBeta;
import dev.mixedmodels.engine.numeric.IncompleteGamma;

/**
 * Confidence intervals of units' own estimates: normal, and exact for counts (Garwood 1936, Biometrika 28:437-442) and
 * successes (Clopper &amp; Pearson 1934, Biometrika 26:404-413).
 */
final class RawInterval {
    private RawInterval() {
    }

    /**
     * @param model the units with a conjugate prior
     * @param unit a unit
     * @param tail probability outside on each side
     * @param z normal quantile of that upper tail
     * @return the interval of theta
     */
    static Bounds of(final CompoundModel model, final int unit, final double tail, final double z) {
        if (!(model instanceof CountModel counts)) {
            final double half = z * model.rawStdError(unit);
            return new Bounds(model.raw(unit) - half, model.raw(unit) + half);
        }
        final double y = counts.y[unit];
        final double n = counts.n[unit];
        if (counts instanceof PoissonGamma) {
            return new Bounds(y == 0 ? 0 : IncompleteGamma.quantile(y, tail) / n,
                IncompleteGamma.quantile(y + 1, 1 - tail) / n);
        }
        return new Bounds(y == 0 ? 0 : proportion(y, n - y + 1, tail), y == n ? 1 : proportion(y + 1, n - y, 1 - tail));
    }

    private static double proportion(final double a, final double b, final double p) {
        return 1 / (1 + 1 / IncompleteBeta.quantile(a, b, p));
    }
}
