package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedModel;
import dev.mixedmodels.engine.likelihood.UnitSets;
import dev.mixedmodels.engine.report.ModelFitRows;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory that units take where rows are not kept: their statistics, their place in the factor of the likelihood,
 * their predictions, and what their residuals are whitened by.
 */
final class UnitMemory {
    /** Of what finds a unit: its level, combinations of levels, its place in the factor. */
    private static final int FOUND = 300;

    private UnitMemory() {
    }

    /** In a sentence; sets of linked units are null if residuals are not whitened. */
    static String text(final MixedDesign mixed, final MixedModel model, final UnitSets sets) {
        final List<String> parts = new ArrayList<>();
        for (int k = 0; k < model.factors(); k++) {
            parts.add(ofUnit(model, k, sets) + " bytes for each " + mixed.groups().get(k).name());
        }
        for (int k = 0; k < model.factors(); k++) {
            for (int l = k + 1; l < model.factors(); l++) {
                if (!model.nested(k, l) && !model.nested(l, k)) {
                    parts.add(ofPair(model, k, l) + " for each pair of " + mixed.groups().get(k).name() + " and "
                        + mixed.groups().get(l).name() + " that occurs");
                }
            }
        }
        return ModelFitRows.notKept(parts);
    }

    private static long ofUnit(final MixedModel model, final int k, final UnitSets sets) {
        final long q = model.coordinates().effects()[k];
        final long p1 = model.coordinates().fixedEffects() + 1L;
        final double whitening = sets == null ? 0 : q * (2 + linked(sets));
        final long numbers = Math.round(5 * q + whitening);
        if (model.factors() == 1) {
            return Double.BYTES * (q * (q + p1) + numbers) + FOUND;
        }
        long pairs = 0; // units of a level have one pair with each level around it
        for (int l = 0; l < model.factors(); l++) {
            if (l != k && model.nested(k, l)) {
                pairs += ofPair(model, k, l);
            }
        }
        return Double.BYTES * (3 * q * q + 7 * q * p1 + numbers) + FOUND + pairs;
    }

    /** With how many effects one is linked, on average. */
    private static double linked(final UnitSets sets) {
        double effects = 0;
        double squares = 0;
        for (final int size : sets.sizes()) {
            effects += size;
            squares += (double) size * size;
        }
        return squares / effects;
    }

    private static long ofPair(final MixedModel model, final int k, final int l) {
        final int[] q = model.coordinates().effects();
        return 2L * Double.BYTES * q[k] * q[l] + 8 * Integer.BYTES;
    }
}
