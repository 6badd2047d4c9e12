package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.longitudinal.Reduction.Vanished;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a singular fit means, in words. */
final class Singularity {
    /** A part of a combination that is not worth mentioning, relative to the largest. */
    private static final double NEGLIGIBLE = 1e-6;

    private Singularity() {
    }

    /** Full sentences; empty if the fit is not singular. */
    static String text(final Estimate estimate, final String group) {
        final List<String> parts = new ArrayList<>();
        final RandomModel random = estimate.model().random();
        for (final Vanished vanished : estimate.minimum().vanished()) {
            parts.addAll(texts(random, vanished, group));
        }
        final List<String> residual = estimate.model().residual().names();
        for (int k = 0; k < residual.size(); k++) {
            if (estimate.atBound(k)) {
                parts.add(k < estimate.model().residual().variances()
                    ? residual.get(k) + " is estimated as 0: fixed and random effects reproduce its rows."
                    : "the parameter " + residual.get(k) + " of the residuals is at the limit of its range.");
            }
        }
        if (parts.isEmpty()) {
            return "";
        }
        return "The fit is singular: " + String.join(" ", parts) + " This is the best fit to these data, not a failure; "
            + "a simpler covariance model would do as well.";
    }

    private static List<String> texts(final RandomModel random, final Vanished vanished, final String group) {
        final RandomBlock block = vanished.block();
        final List<String> names = random.names().subList(block.first(), block.first() + block.size());
        final List<String> texts = new ArrayList<>();
        if (block.free()) {
            final double[][] fromUser = RandomBlock.inverse(block.toUser());
            if (vanished.nullVectors().length == block.size()) {
                texts.add("the variance of " + String.join(", ", names) + " between subjects of \"" + group
                    + "\" is estimated as 0.");
                return texts;
            }
            for (final double[] v : vanished.nullVectors()) {
                texts.add(combination(Matrices.multiply(Matrices.transpose(fromUser), v), names, group));
            }
        } else if (block.kind() == RandomStructure.DIAGONAL) {
            texts.add("the variance of " + names.get(vanished.coordinate()) + " between subjects of \"" + group
                + "\" is estimated as 0.");
        } else if (block.kind() == RandomStructure.COMPOUND_SYMMETRY) {
            texts.add(vanished.coordinate() == 0
                ? "the effects " + String.join(", ", names) + " are estimated to be the same within a subject."
                : "the effects " + String.join(", ", names) + " are estimated to add up to 0 within a subject.");
        } else {
            texts.add("the variance of " + String.join(", ", names) + " is estimated as 0.");
        }
        return texts;
    }

    private static String combination(final double[] c, final List<String> names, final String group) {
        double largest = 0;
        for (final double value : c) {
            largest = Math.abs(value) > Math.abs(largest) ? value : largest;
        }
        final List<String> terms = new ArrayList<>();
        int lead = 0;
        while (Math.abs(c[lead]) <= NEGLIGIBLE * Math.abs(largest)) {
            lead++;
        }
        for (int j = lead; j < c.length; j++) {
            final double weight = c[j] / c[lead];
            if (Math.abs(c[j]) > NEGLIGIBLE * Math.abs(largest)) {
                terms.add(j == lead ? names.get(j)
                    : String.format(Locale.ROOT, "%s %.4g x %s", weight < 0 ? "-" : "+", Math.abs(weight), names.get(j)));
            }
        }
        return terms.size() == 1 ? "the variance of " + terms.get(0) + " between subjects of \"" + group
            + "\" is estimated as 0."
            : "the combination " + String.join(" ", terms) + " of the random effects does not vary between subjects of \""
                + group + "\", so that they are perfectly correlated.";
    }
}
