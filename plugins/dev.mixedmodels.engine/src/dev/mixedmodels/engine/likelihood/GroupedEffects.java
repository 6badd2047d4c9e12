package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.statistics.GroupReduction;
import java.util.Arrays;

/**
 * Predicted effects with one grouping factor. With G = Lambda Lambda' and W = Z'V^-1 Z of a unit: b = G Z'V^-1 (y - X
 * beta) and Cov(b | y) / sigma2 = G - G W G, computed as Lambda (I + Lambda'R'R Lambda)^-1 Lambda' where nothing cancels.
 */
final class GroupedEffects {
    private static final int UNITS_PER_CHUNK = 4096;

    private GroupedEffects() {
    }

    static void of(final GroupReduction data, final double[] lambda, final MeanFit solution, final UnitEffects receiver) {
        final int q = data.effects();
        final int p = data.fixedEffects();
        final int p1 = p + 1;
        final int levels = data.levels();
        final double[] g = SmallMatrix.multiplyTransposed(lambda, lambda, q);
        Parallel.forEach((levels + UNITS_PER_CHUNK - 1) / UNITS_PER_CHUNK, chunk -> {
            final WhitenedUnit unit = new WhitenedUnit(data, lambda);
            final PosteriorFactor posterior = new PosteriorFactor(lambda, q);
            final double[] blup = new double[q];
            final double[] conditional = new double[q * q];
            final double[] onFixed = new double[q * p];
            final int end = Math.min(levels, (chunk + 1) * UNITS_PER_CHUNK);
            for (int j = chunk * UNITS_PER_CHUNK; j < end; j++) {
                unit.whiten(j, true);
                unit.project();
                Arrays.fill(onFixed, 0);
                for (int i = 0; i < q; i++) {
                    blup[i] = 0;
                    for (int m = 0; m < q; m++) {
                        final double gim = g[i * q + m];
                        blup[i] += gim * unit.zx[m * p1 + p];
                        Packed.add(gim, unit.zx, m * p1, onFixed, i * p, p);
                    }
                    for (int c = 0; c < p; c++) {
                        blup[i] -= onFixed[i * p + c] * solution.beta()[c];
                    }
                }
                posterior.covariance(data.r(), j * q * q, conditional);
                receiver.accept(j, blup, conditional, onFixed);
            }
        });
    }
}
