package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.picture.BlupCharts.Effect;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scatter plots of two random effects of the same units, with the ellipse that holds most of them. */
final class EffectPairs {
    private static final double SHARE = 0.95;
    private static final int POINTS = 73;
    private static final int MOST = 6;

    private record Pair(String level, double x, double y) {
    }

    private EffectPairs() {
    }

    /** One chart for each two effects of a group, from their predictions and the table of covariance matrices. */
    static List<Chart> of(final BlupCharts blups, final Iterable<CovarianceEntryRow> matrices, final int marks) {
        final Map<String, List<CovarianceEntryRow>> blocks = MatrixCharts.blocks(matrices, "D");
        final List<Effect> effects = blups.effects();
        final List<Chart> charts = new ArrayList<>();
        for (int i = 0; i < effects.size(); i++) {
            for (int j = i + 1; j < effects.size() && charts.size() < MOST; j++) {
                if (effects.get(i).group().equals(effects.get(j).group())) {
                    charts.add(chart(blups, effects.get(i), effects.get(j),
                        blocks.getOrDefault(effects.get(i).group(), List.of()), marks));
                }
            }
        }
        return charts;
    }

    private static Chart chart(final BlupCharts blups, final Effect a, final Effect b,
        final List<CovarianceEntryRow> matrix, final int marks) {
        final Map<String, Double> second = new HashMap<>();
        blups.kept(b).forEach(r -> second.put(r.level(), r.blup()));
        final RowSample<Pair> sample = new RowSample<>(p -> p.x * p.x + p.y * p.y, p -> p.level.hashCode());
        for (final BlupRow row : blups.kept(a)) {
            if (second.containsKey(row.level())) {
                sample.add(new Pair(row.level(), row.blup(), second.get(row.level())));
            }
        }
        final List<Pair> pairs = sample.thinned(marks).stream().map(RowSample.Ranked::row).toList();
        final Chart.Builder chart = Chart.of(Topic.UNITS, "pairs", "scatter",
            b.name() + " against " + a.name() + " by " + a.group()).of(a.group() + ", " + a.name() + ", " + b.name())
            .caption("Predicted random effects of each " + a.group() + ", and the ellipse that holds 95 % of the units "
                + "of the estimated distribution. Predictions are shrunken, so most lie well within.")
            .shown(pairs.size(), blups.levels(a), "levels of " + a.group())
            .x("BLUP of " + a.name(), Units.DIFFERENCE).y("BLUP of " + b.name(), Units.DIFFERENCE)
            .texts("label", a.group(), pairs, Pair::level)
            .numbers("x", a.name(), Units.DIFFERENCE, pairs, Pair::x)
            .numbers("y", b.name(), Units.DIFFERENCE, pairs, Pair::y);
        final double xx = entry(matrix, a.name(), a.name());
        final double xy = entry(matrix, a.name(), b.name());
        final double yy = entry(matrix, b.name(), b.name());
        if (xx >= 0 && yy >= 0 && Double.isFinite(xy)) {
            chart.line(ellipse(xx, xy, yy));
        }
        return chart.build();
    }

    private static double entry(final List<CovarianceEntryRow> matrix, final String row, final String column) {
        return matrix.stream().filter(e -> e.row().equals(row) && e.column().equals(column)).findFirst()
            .map(CovarianceEntryRow::covariance).orElse(Double.NaN);
    }

    /** The contour (x, y) S^-1 (x, y)' = chi-square(2) quantile, by the Cholesky factor of S. */
    private static Line ellipse(final double xx, final double xy, final double yy) {
        final double radius = Math.sqrt(Tail.chiSquareQuantile(1 - SHARE, 2));
        final double l11 = Math.sqrt(xx);
        final double l21 = l11 > 0 ? xy / l11 : 0;
        final double l22 = Math.sqrt(Math.max(0, yy - l21 * l21));
        final double[] x = new double[POINTS];
        final double[] y = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            final double angle = 2 * Math.PI * i / (POINTS - 1);
            x[i] = radius * l11 * Math.cos(angle);
            y[i] = radius * (l21 * Math.cos(angle) + l22 * Math.sin(angle));
        }
        return new Line("95 % of the units", x, y);
    }
}
