package dev.mixedmodels.engine.design;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many of the fitted rows have each combination of the levels of the factors in the mean.
 *
 * @param factors names of the factors
 * @param codes codes of the levels, one combination that occurs after the other, in rising order
 * @param counts rows of each combination
 */
public record Cells(List<String> factors, int[] codes, int[] counts) implements Serializable {
    /**
     * @param cell a combination
     * @param factor index of a factor
     * @return code of its level
     */
    int code(final int cell, final int factor) {
        return codes[cell * factors.size() + factor];
    }

    int size() {
        return counts.length;
    }

    /** The counts as a list of the codes of chosen factors with their rows, summed over the others. */
    List<int[]> margins(final List<Integer> chosen, final List<Integer> cells) {
        final Map<List<Integer>, Integer> sums = new LinkedHashMap<>();
        for (final int cell : cells) {
            sums.merge(chosen.stream().map(f -> code(cell, f)).toList(), counts[cell], Integer::sum);
        }
        final List<int[]> margins = new ArrayList<>();
        sums.forEach((key, count) -> {
            final int[] entry = new int[key.size() + 1];
            for (int f = 0; f < key.size(); f++) {
                entry[f] = key.get(f);
            }
            entry[key.size()] = count;
            margins.add(entry);
        });
        return margins;
    }
}
