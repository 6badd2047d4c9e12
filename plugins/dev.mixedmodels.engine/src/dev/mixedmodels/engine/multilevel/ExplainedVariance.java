package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * R2 of nested models by level: the proportional reduction, by the fixed effects, of the variance of a row, of the mean
 * of a unit's rows, and so on outwards. Both the model and the one without fixed effects have random intercepts only,
 * and units count as of the harmonic mean size. Source: Snijders &amp; Bosker (2012), Multilevel Analysis, 2nd ed.,
 * section 7.1.
 */
record ExplainedVariance(FittedModel fitted, Progress progress) {
    /** A share that is below 0 by more than rounding. */
    private static final double NEGATIVE = 1e-9;

    /** One row for rows and one for each level; none for crossed models and models without fixed effects. */
    static List<FitStatisticRow> of(final FittedModel fitted, final Progress progress) {
        final LevelTree tree = LevelTree.of(fitted.fit().model());
        final boolean intercepts = fitted.mixed().groups().stream()
            .allMatch(group -> group.names().contains(RandomGroup.INTERCEPT));
        if (!tree.nested() || !intercepts || !fitted.mixed().design().fixed().intercept()
            || fitted.mixed().design().fixed().terms().isEmpty()) {
            return List.of();
        }
        return new ExplainedVariance(fitted, progress).rows(tree.innermostFirst());
    }

    private List<FitStatisticRow> rows(final int[] order) {
        final double[] full = variances(true);
        final double[] empty = variances(false);
        if (full == null || empty == null) {
            return List.of();
        }
        final List<FitStatisticRow> rows = new ArrayList<>();
        rows.add(row("rows", 1 - sum(full) / sum(empty), "Of the variance of a single row."));
        // variance of a unit's mean: what lies inside it counts by 1 / its size
        final double[] weight = new double[full.length];
        weight[full.length - 1] = 1;
        for (int at = 0; at < order.length; at++) {
            final double size = harmonicMean(order[at], at == 0 ? -1 : order[at - 1]);
            Matrices.divide(weight, size);
            weight[order[at]] = 1;
            double above = 0;
            double aboveEmpty = 0;
            for (int i = 0; i < full.length; i++) {
                final boolean outer = weight[i] == 0;
                above += outer ? full[i] : weight[i] * full[i];
                aboveEmpty += outer ? empty[i] : weight[i] * empty[i];
            }
            rows.add(row(fitted.mixed().groups().get(order[at]).name(), 1 - above / aboveEmpty,
                "Of the variance of the mean of a unit."));
        }
        return rows;
    }

    private static FitStatisticRow row(final String name, final double value, final String note) {
        return FitStatisticRow.of(Category.FIT, "R2 Snijders-Bosker " + name, Math.max(0, value), note + " Random "
            + "intercepts only, with and without the fixed effects." + (value < -NEGATIVE ? String.format(Locale.ROOT,
                " Estimated as %.3g and taken as 0: the fixed effects explain no more than chance does.", value) : ""));
    }

    private static double sum(final double[] x) {
        double sum = 0;
        for (final double v : x) {
            sum += v;
        }
        return sum;
    }

    /** Harmonic mean, over the units of a level, of the number of rows or of units of the next level in. */
    private double harmonicMean(final int k, final int inner) {
        int[] counts = fitted.fit().model().counts(k);
        if (inner >= 0) {
            counts = new int[counts.length];
            for (final int unit : fitted.fit().model().products().within(inner, k)) {
                counts[unit]++;
            }
        }
        double reciprocal = 0;
        for (final int count : counts) {
            reciprocal += 1.0 / count;
        }
        return counts.length / reciprocal;
    }

    /**
     * Intercept variances of each factor and the residual variance, with the fixed effects or the intercept alone; null
     * if it cannot be fitted.
     */
    private double[] variances(final boolean mean) {
        final List<RandomGroup> groups = fitted.mixed().groups();
        final int[] intercepts =
            groups.stream().mapToInt(group -> group.names().indexOf(RandomGroup.INTERCEPT)).toArray();
        final boolean same = mean && groups.stream().allMatch(group -> group.effects() == 1);
        final MixedFit fit = same ? fitted.fit() : fitted.fit().interceptsOnly(intercepts, mean, progress);
        if (fit == null) {
            return null;
        }
        final double[] variances = new double[groups.size() + 1];
        for (int k = 0; k < groups.size(); k++) {
            variances[k] = fit.covariance(k)[0][0];
        }
        variances[groups.size()] = fit.sigma2();
        return variances;
    }
}
