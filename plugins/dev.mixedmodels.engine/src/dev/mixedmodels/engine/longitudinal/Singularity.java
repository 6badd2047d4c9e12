package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.fit.Vanished;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What a singular fit means, in words. */
final class Singularity {
    /** A part of a combination that is not worth mentioning, in standard deviations, relative to the largest. */
    private static final double NEGLIGIBLE = 1e-6;

    private Singularity() {
    }

    /** Full sentences; empty if the fit is not singular. */
    static String text(final Estimate estimate, final String group) {
        final List<String> parts = new ArrayList<>();
        final List<String> zero = new ArrayList<>();
        for (final RandomBlock block : estimate.model().random().blocks()) {
            final List<Vanished> vanished =
                estimate.minimum().vanished().stream().filter(part -> part.block() == block).toList();
            if (!vanished.isEmpty()) {
                parts.addAll(texts(estimate, block, vanished, group, zero));
            }
        }
        if (!zero.isEmpty()) {
            parts.add(0, "the " + (zero.size() == 1 ? "variance" : "variances") + " of " + Words.list(zero)
                + " between subjects of \"" + group + "\" " + (zero.size() == 1 ? "is" : "are") + " estimated as 0");
        }
        final List<String> residual = estimate.model().residual().names();
        for (int k = 0; k < residual.size(); k++) {
            if (estimate.atBound(k)) {
                parts.add(k < estimate.model().residual().variances()
                    ? residual.get(k) + " is estimated as 0: fixed and random effects reproduce its rows"
                    : "the parameter " + residual.get(k) + " of the residuals is at the limit of its range");
            }
        }
        if (parts.isEmpty()) {
            return "";
        }
        return "The fit is singular: " + String.join("; ", parts) + ". This is the best fit to these data, not a "
            + "failure; a simpler covariance model would do as well.";
    }

    /** What does not vary of a block although its variances are not 0; those that are 0 are added to a list. */
    private static List<String> texts(final Estimate estimate, final RandomBlock block, final List<Vanished> vanished,
        final String group, final List<String> zero) {
        final List<String> all =
            estimate.model().random().names().subList(block.first(), block.first() + block.size());
        final List<String> none = IntStream.range(0, block.size()).filter(i -> estimate.vanishes(block, i))
            .mapToObj(all::get).toList();
        zero.addAll(none);
        if (block.free()) {
            return combinations(estimate, block, vanished.get(0).nullVectors().length - none.size(), group);
        }
        return none.size() == block.size() ? List.of() : List.of("the effects " + Words.list(all)
            + " of a subject of \"" + group
            + "\" are estimated " + block.kind().without(vanished.get(0).coordinate()));
    }

    /** Combinations of effects with variance that do not vary: rows of an echelon form, in standard deviations. */
    private static List<String> combinations(final Estimate estimate, final RandomBlock block, final int count,
        final String group) {
        final int[] kept = IntStream.range(0, block.size()).filter(i -> !estimate.vanishes(block, i)).toArray();
        if (count <= 0 || count >= kept.length) {
            return List.of();
        }
        final double[][] d = estimate.d();
        final double[] deviations =
            IntStream.of(kept).mapToDouble(i -> Math.sqrt(d[block.first() + i][block.first() + i])).toArray();
        final double[][] correlations = new double[kept.length][kept.length];
        for (int i = 0; i < kept.length; i++) {
            for (int j = 0; j < kept.length; j++) {
                correlations[i][j] =
                    d[block.first() + kept[i]][block.first() + kept[j]] / deviations[i] / deviations[j];
            }
        }
        final double[][] vectors = Matrices.eigen(correlations).vectors();
        final double[][] echelon = echelon(Arrays.copyOfRange(vectors, kept.length - count, kept.length));
        final List<String> texts = new ArrayList<>();
        for (final double[] row : echelon) {
            final List<String> terms = new ArrayList<>();
            double lead = 0;
            for (int i = 0; i < kept.length; i++) {
                if (Math.abs(row[i]) > NEGLIGIBLE) {
                    final String name = estimate.model().random().names().get(block.first() + kept[i]);
                    final double weight = row[i] / deviations[i];
                    lead = lead == 0 ? weight : lead;
                    terms.add(terms.isEmpty() ? name : String.format(Locale.ROOT, "%s %.4g x %s",
                        weight / lead < 0 ? "-" : "+", Math.abs(weight / lead), name));
                }
            }
            texts.add("the combination " + String.join(" ", terms) + " of the random effects does not vary between "
                + "subjects of \"" + group + "\", so that they are perfectly correlated");
        }
        return texts;
    }

    /** Reduced row echelon form of independent rows with entries of the order of 1. */
    private static double[][] echelon(final double[][] rows) {
        int done = 0;
        for (int column = 0; column < rows[0].length && done < rows.length; column++) {
            int pivot = done;
            for (int i = done + 1; i < rows.length; i++) {
                pivot = Math.abs(rows[i][column]) > Math.abs(rows[pivot][column]) ? i : pivot;
            }
            if (Math.abs(rows[pivot][column]) <= NEGLIGIBLE) {
                continue;
            }
            final double[] row = rows[pivot];
            rows[pivot] = rows[done];
            rows[done] = row;
            Matrices.divide(row, row[column]);
            for (int i = 0; i < rows.length; i++) {
                final double factor = i == done ? 0 : rows[i][column];
                for (int j = 0; j < row.length; j++) {
                    rows[i][j] -= factor * row[j];
                }
            }
            done++;
        }
        return rows;
    }
}
