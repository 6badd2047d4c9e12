package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/** Where the search for theta begins. */
final class StartValues {
    private static final double[] STANDARD_DEVIATIONS = {0.7, 0.1, 7};
    /** Variances by moments, over the residual variance, are taken between these. */
    private static final double LEAST = 0.01;
    private static final double MOST = 1e20;

    private StartValues() {
    }

    /**
     * The optimum from variances by moments if that is an interior point; else the best from several starts; null if the
     * likelihood exists at none of them.
     */
    static PlsOptimiser.Result best(final PenalisedLeastSquares pls, final PlsOptimiser optimiser) {
        final RelativeFactors factors = pls.factors();
        final EffectMoments moments = factors.parameters() == 0 ? null : pls.effectMoments();
        final double[] ratios = moments == null ? null : moments.ratios();
        PlsOptimiser.Result best = null;
        for (int start = ratios == null ? 0 : -1; start < STANDARD_DEVIATIONS.length; start++) {
            final double[] theta = start < 0 ? diagonal(factors, ratios)
                : spherical(factors, STANDARD_DEVIATIONS[start]);
            if (pls.at(theta) == null) {
                continue;
            }
            final PlsOptimiser.Result result = optimiser.minimise(pls, theta);
            best = best == null ? result : PlsOptimiser.better(best, result);
            if (result.optimum().converged() && result.free().length == result.theta().length) {
                break;
            }
        }
        return best == null ? null : optimiser.polish(best);
    }

    private static double[] diagonal(final RelativeFactors factors, final double[] ratios) {
        final double[] deviations = new double[ratios.length];
        Arrays.setAll(deviations, c -> Math.sqrt(Math.min(MOST, Math.max(LEAST, ratios[c]))));
        return nearest(factors, deviations);
    }

    /** The theta whose Lambda is nearest to a multiple of the identity. */
    static double[] spherical(final RelativeFactors factors, final double deviation) {
        final double[] deviations = new double[Arrays.stream(factors.effects()).sum()];
        Arrays.fill(deviations, deviation);
        return nearest(factors, deviations);
    }

    /** The projection, matrix by matrix, of a diagonal Lambda. */
    private static double[] nearest(final RelativeFactors factors, final double[] deviations) {
        final double[] theta = new double[factors.parameters()];
        for (int a = 0; a < theta.length; a++) {
            final double[] e = factors.basis()[a];
            final int q = factors.effects()[factors.factor()[a]];
            int first = 0;
            for (int k = 0; k < factors.factor()[a]; k++) {
                first += factors.effects()[k];
            }
            double onDiagonal = 0;
            double square = 0;
            for (int i = 0; i < q * q; i++) {
                onDiagonal += i % (q + 1) == 0 ? e[i] * deviations[first + i / q] : 0;
                square += e[i] * e[i];
            }
            theta[a] = onDiagonal / square;
        }
        return theta;
    }
}
