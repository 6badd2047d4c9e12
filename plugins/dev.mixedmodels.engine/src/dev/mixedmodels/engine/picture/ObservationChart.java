package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.picture.RowSample.Ranked;
import dev.mixedmodels.engine.result.BlupRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The observations of some groups: those of the smallest and largest means and others evenly over the ranks between.
 * The groups are chosen when their means are known, the observations are gathered in a second pass.
 */
public final class ObservationChart {
    private static final int GROUPS = 40;
    private static final int CAPACITY = 500;

    private final String group;
    private final String response;
    private final long groups;
    private final List<BlupRow> selected;
    private final Map<String, RowSample<Double>> samples = new HashMap<>();

    ObservationChart(final BlupCharts blups, final BlupCharts.Effect effect, final String response) {
        group = effect.group();
        this.response = response;
        groups = blups.levels(effect);
        selected = blups.selected(effect, GROUPS);
        selected.forEach(r -> samples.put(r.level(), new RowSample<>(y -> y, null, CAPACITY)));
    }

    /**
     * @param level a level
     * @return whether its observations are wanted
     */
    public boolean wants(final String level) {
        return samples.containsKey(level);
    }

    /**
     * @param level a level that is wanted
     * @param y an observation of it
     */
    public void add(final String level, final double y) {
        samples.get(level).add(y);
    }

    Chart chart(final int marks) {
        final List<String> levels = new ArrayList<>();
        final List<Double> values = new ArrayList<>();
        final int each = Math.max(1, marks / Math.max(1, selected.size()));
        long rows = 0;
        for (final BlupRow row : selected) {
            final RowSample<Double> sample = samples.get(row.level());
            rows += sample.count();
            for (final Ranked<Double> y : sample.thinned(each)) {
                levels.add(row.level());
                values.add(y.row());
            }
        }
        final boolean allGroups = selected.size() >= groups;
        return Chart.of(Topic.UNITS, "observations", "strip", "Observations by " + group)
            .caption("The observations of each " + group + ", in the order of the groups' means. How much do the "
                + "groups differ, compared with the rows within?")
            .shown(allGroups ? values.size() : selected.size(), allGroups ? rows : groups,
                allGroups ? "rows" : "levels of " + group)
            .x(response, Units.RESPONSE)
            .texts("level", group, levels)
            .numbers("value", response, Units.RESPONSE, values, Double::doubleValue).build();
    }
}
