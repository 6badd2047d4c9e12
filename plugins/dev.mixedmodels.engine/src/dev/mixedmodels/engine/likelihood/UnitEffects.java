package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ArraySize;

/**
 * Predicted random effects of the units of one grouping factor, in units of the residual standard deviation or
 * variance: b = Lambda Lambda' Z'V^-1 (y - X beta).
 *
 * @param effects q
 * @param fixedEffects p
 * @param blup for each unit b, length q, one after another
 * @param conditional for each unit Cov(b | y) / sigma2 with beta and theta known, q x q row-major
 * @param onFixed for each unit Lambda Lambda' Z'V^-1 X, q x p row-major: b falls by it times a change of beta
 */
public record UnitEffects(int effects, int fixedEffects, double[] blup, double[] conditional, double[] onFixed) {

    /** Effects of so many units, all 0. */
    UnitEffects(final int levels, final int effects, final int fixedEffects) {
        this(effects, fixedEffects, new double[ArraySize.of(levels, effects)],
            new double[ArraySize.of(levels, effects * effects)],
            new double[ArraySize.of(levels, effects * fixedEffects)]);
    }
}
