package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.picture.RowSample.Ranked;
import dev.mixedmodels.engine.result.InfluenceRow;
import java.util.ArrayList;
import java.util.List;

/** Cook's distance of units against their leverage, from table 8. */
final class InfluenceChart {
    private InfluenceChart() {
    }

    /** Two figures of a unit. */
    private record Unit(String level, long n, double leverage, double cook) {
    }

    /** None where the table is empty. */
    static List<Chart> of(final List<InfluenceRow> rows, final int marks) {
        if (rows.isEmpty()) {
            return List.of();
        }
        final RowSample<Unit> sample = new RowSample<>(Unit::cook, null);
        double cook = Double.NaN;
        for (final InfluenceRow row : rows) {
            if (row.measure().equals(InfluenceRow.COOK)) {
                cook = row.value();
            } else if (row.measure().equals(InfluenceRow.LEVERAGE)) {
                sample.add(new Unit(row.level(), row.n(), row.value(), cook));
            }
        }
        final String group = rows.get(0).group();
        final List<Unit> units = new ArrayList<>(sample.thinned(marks).stream().map(Ranked::row).toList());
        return List.of(Chart.of(Topic.ASSUMPTIONS, "influence", "scatter", "Influence of units").of(group)
            .caption("How far all coefficients together move when a " + group
            + " is left out (Cook's distance), against the share of the coefficients that its rows can tell "
            + "(leverage). Single points high above the others decide the result: look at their rows, and at the table "
            + "Influence for what they change.")
            .shown(units.size(), sample.count(), "levels of " + group)
            .x("Leverage", Units.PLAIN).y("Cook's distance", Units.PLAIN)
            .texts("label", group, units, Unit::level)
            .numbers("x", "Leverage", Units.PLAIN, units, Unit::leverage)
            .numbers("y", "Cook's Distance", Units.PLAIN, units, Unit::cook)
            .numbers("", "N", Units.PLAIN, units, Unit::n).build());
    }
}
