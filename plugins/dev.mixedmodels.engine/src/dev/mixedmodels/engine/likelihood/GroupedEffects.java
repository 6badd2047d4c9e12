package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.statistics.GroupReduction;

/**
 * Predicted effects with one grouping factor. With G = Lambda Lambda' and W = Z'V^-1 Z of a unit: b = G Z'V^-1 (y - X
 * beta) and Cov(b | y) / sigma2 = G - G W G, computed as Lambda (I + Lambda'R'R Lambda)^-1 Lambda' where nothing cancels.
 */
final class GroupedEffects {
    private static final int UNITS_PER_CHUNK = 4096;

    private GroupedEffects() {
    }

    static UnitEffects of(final GroupReduction data, final double[] lambda, final MeanFit solution) {
        final int q = data.effects();
        final int p = data.fixedEffects();
        final int p1 = p + 1;
        final int levels = data.levels();
        final UnitEffects effects = new UnitEffects(levels, q, p);
        final double[] g = SmallMatrix.multiplyTransposed(lambda, lambda, q);
        Parallel.forEach((levels + UNITS_PER_CHUNK - 1) / UNITS_PER_CHUNK, chunk -> {
            final WhitenedUnit unit = new WhitenedUnit(data, lambda);
            final PosteriorFactor posterior = new PosteriorFactor(lambda, q);
            final int end = Math.min(levels, (chunk + 1) * UNITS_PER_CHUNK);
            for (int j = chunk * UNITS_PER_CHUNK; j < end; j++) {
                unit.whiten(j, true);
                unit.project();
                for (int i = 0; i < q; i++) {
                    double blup = 0;
                    for (int m = 0; m < q; m++) {
                        final double gim = g[i * q + m];
                        blup += gim * unit.zx[m * p1 + p];
                        for (int c = 0; c < p; c++) {
                            effects.onFixed()[(j * q + i) * p + c] += gim * unit.zx[m * p1 + c];
                        }
                    }
                    for (int c = 0; c < p; c++) {
                        blup -= effects.onFixed()[(j * q + i) * p + c] * solution.beta()[c];
                    }
                    effects.blup()[j * q + i] = blup;
                }
                posterior.covariance(data.r(), j * q * q, effects.conditional());
            }
        });
        return effects;
    }
}
