package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.picture.RowSample.Ranked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Charts of the random effects, from the rows of table 3 as they are written. */
public final class BlupCharts {
    private static final String INTERCEPT = "(Intercept)";

    private final Map<Effect, Sample> samples = new LinkedHashMap<>();

    /** A random effect of a grouping factor. */
    record Effect(String group, String name) {
    }

    private record Sample(RowSample<BlupRow> byBlup, RowSample<BlupRow> byStandardised) {
    }

    /**
     * @param row the next row of the table
     */
    public void add(final BlupRow row) {
        final Sample sample = samples.computeIfAbsent(new Effect(row.group(), row.effect()), e -> new Sample(
            new RowSample<>(BlupRow::blup, r -> r.level().hashCode()),
            new RowSample<>(BlupCharts::standardised, r -> r.level().hashCode())));
        sample.byBlup.add(row);
        sample.byStandardised.add(row);
    }

    /** The effects that have predictions, in the order of the table. */
    List<Effect> effects() {
        return samples.entrySet().stream().filter(e -> e.getValue().byBlup.count() > 0).map(Map.Entry::getKey).toList();
    }

    /** Number of levels that have a prediction of the effect. */
    long levels(final Effect effect) {
        return samples.get(effect).byBlup.count();
    }

    /** The rows that were kept, in the order of their BLUPs. */
    List<BlupRow> kept(final Effect effect) {
        return samples.get(effect).byBlup.kept();
    }

    /** Levels to be looked at one by one: the extremes and others evenly over the ranks. */
    List<BlupRow> selected(final Effect effect, final int most) {
        return samples.get(effect).byBlup.thinned(most).stream().map(Ranked::row).toList();
    }

    /** The deviations of the levels with the bounds of the table. */
    Chart deviations(final Effect effect, final int marks) {
        final List<BlupRow> rows = selected(effect, marks);
        final String title = effect.name.equals(INTERCEPT) ? "Levels of " + effect.group
            : effect.name + " by " + effect.group;
        return Chart.of(Topic.UNITS, "caterpillar", "caterpillar", title).of(effect.group + ", " + effect.name)
            .caption("Predicted deviation of each " + effect.group + " from the mean, with its prediction interval, in "
                + "the order of size. Where an interval does not reach 0, the unit differs from the mean.")
            .shown(rows.size(), levels(effect), "levels of " + effect.group)
            .x("Deviation in " + effect.name, Units.DIFFERENCE)
            .texts("level", effect.group, rows, BlupRow::level)
            .numbers("estimate", "BLUP", Units.DIFFERENCE, rows, BlupRow::blup)
            .numbers("lower", "Lower Bound", Units.DIFFERENCE, rows, BlupRow::lower)
            .numbers("upper", "Upper Bound", Units.DIFFERENCE, rows, BlupRow::upper)
            .numbers("rows", "N", Units.PLAIN, rows, BlupRow::n)
            .line(Line.vertical("Mean", 0)).build();
    }

    /**
     * The levels' own means, raw and shrunken, where the mean of the model is one number.
     *
     * @param response name of the response
     * @param marks largest number of marks, two a level
     */
    Chart means(final Effect effect, final String response, final int marks) {
        final List<BlupRow> rows = selected(effect, marks / 2);
        return Chart.of(Topic.UNITS, "caterpillar", "caterpillar", "Means of " + effect.group)
            .caption("Raw mean of each " + effect.group + " and its mean shrunken towards the common one, with "
                + "prediction interval, in the order of size. The fewer rows a group has, the more it is shrunken.")
            .shown(rows.size(), levels(effect), "levels of " + effect.group)
            .x(response, Units.RESPONSE)
            .texts("level", effect.group, rows, BlupRow::level)
            .numbers("observed", "Raw mean", Units.RESPONSE, rows, r -> fixed(r) + r.blup() / r.reliability())
            .numbers("estimate", "Shrunken mean", Units.RESPONSE, rows, BlupRow::coefficient)
            .numbers("lower", "Lower Bound", Units.RESPONSE, rows, r -> r.coefficient() - half(r))
            .numbers("upper", "Upper Bound", Units.RESPONSE, rows, r -> r.coefficient() + half(r))
            .numbers("rows", "N", Units.PLAIN, rows, BlupRow::n)
            .line(Line.vertical("Common mean", rows.isEmpty() ? Double.NaN : fixed(rows.get(0)))).build();
    }

    private static double fixed(final BlupRow row) {
        return row.coefficient() - row.blup();
    }

    /** Half the length of the coefficient's prediction interval, with the quantile of the table's bounds. */
    private static double half(final BlupRow row) {
        return (row.upper() - row.lower()) / (2 * row.stdError()) * row.coefficientStdError();
    }

    /** BLUP / sd(BLUP): Var(BLUP) = k Var(effect) and conditional variance = (1 - k) Var(effect), k the reliability. */
    private static double standardised(final BlupRow row) {
        final double k = row.reliability();
        return k > 0 && k < 1 ? row.blup() / (row.conditionalStdDev() * Math.sqrt(k / (1 - k))) : Double.NaN;
    }

    /** All effects in one normal quantile plot, each over its own standard deviation. */
    List<Chart> quantiles(final int marks) {
        final List<String> series = new ArrayList<>();
        final List<String> levels = new ArrayList<>();
        final List<Double> x = new ArrayList<>();
        final List<Double> y = new ArrayList<>();
        final List<Map.Entry<Effect, Sample>> all =
            samples.entrySet().stream().filter(e -> e.getValue().byStandardised.count() > 2).toList();
        long total = 0;
        for (final Map.Entry<Effect, Sample> entry : all) {
            final Effect effect = entry.getKey();
            total += entry.getValue().byStandardised.count();
            for (final Ranked<BlupRow> ranked : entry.getValue().byStandardised.thinned(marks / all.size())) {
                series.add(effect.name.equals(INTERCEPT) ? effect.group : effect.group + ", " + effect.name);
                levels.add(ranked.row().level());
                x.add(-Tail.normalQuantile(ranked.probability()));
                y.add(standardised(ranked.row()));
            }
        }
        if (x.isEmpty()) {
            return List.of();
        }
        return List.of(Chart.of(Topic.ASSUMPTIONS, "quantiles", "scatter", "Normal quantiles of random effects")
            .of("random effects")
            .caption("Standardised predictions against the quantiles of the normal distribution; near the line where "
                + "the random effects are normal. Shrinkage makes departures look smaller than they are.")
            .shown(x.size(), total, "random effects")
            .x("Normal quantile", Units.PLAIN).y("Standardised prediction", Units.PLAIN)
            .texts("series", "Effect", series).texts("label", "Level", levels)
            .numbers("x", "Normal quantile", Units.PLAIN, array(x))
            .numbers("y", "Standardised prediction", Units.PLAIN, array(y))
            .line(ResidualCharts.identity(x)).build());
    }

    private static double[] array(final List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
