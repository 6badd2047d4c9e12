package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Rows;
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
public record Cells(List<String> factors, int[] codes, int[] counts) {
    /** Of so many possible combinations no counts are taken. */
    private static final int MOST_POSSIBLE = 1 << 22;
    /** So many that occur are kept at most. */
    private static final int MOST = 50_000;

    /**
     * @param factors factors over the rows
     * @param rows the fitted rows
     * @return the counts; null without a factor or with so many combinations that they are not worth keeping
     */
    static Cells of(final List<Factor> factors, final Rows rows) {
        final double possible = factors.stream().mapToDouble(Factor::size).reduce(1, (a, b) -> a * b);
        if (factors.isEmpty() || possible > MOST_POSSIBLE) {
            return null;
        }
        final int[] all = new int[(int) possible];
        int occur = 0;
        for (int i = 0; i < rows.size(); i++) {
            int cell = 0;
            for (final Factor factor : factors) {
                cell = cell * factor.size() + factor.code(rows.row(i));
            }
            occur += all[cell]++ == 0 ? 1 : 0;
        }
        return occur > MOST ? null : of(factors, all, occur);
    }

    private static Cells of(final List<Factor> factors, final int[] all, final int occur) {
        final int[] codes = new int[occur * factors.size()];
        final int[] counts = new int[occur];
        for (int cell = 0, i = 0; cell < all.length; cell++) {
            if (all[cell] > 0) {
                for (int f = factors.size() - 1, rest = cell; f >= 0; f--) {
                    codes[i * factors.size() + f] = rest % factors.get(f).size();
                    rest /= factors.get(f).size();
                }
                counts[i++] = all[cell];
            }
        }
        return new Cells(factors.stream().map(Factor::name).toList(), codes, counts);
    }

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
