package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.ModelException.Row;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether rows that are kept fit together. */
record RowsCheck(RepeatedRows rows) {
    /** Whether the rows of another table fit together and to a fit: one row a visit, one set of parameters a subject. */
    void known(final VisitStructure structure, final List<String> places) {
        for (int s = 0; s < rows.subjects(); s++) {
            for (int i = rows.index().start(s) + 1; i < rows.index().start(s + 1); i++) {
                final int row = rows.index().row(i);
                final int before = rows.index().row(i - 1);
                if (rows.visit() != null && rows.visit(i) == rows.visit(i - 1)) {
                    throw LayoutCheck.twoRows(rows.subject().level(s), rows.visits().get(rows.visit(i)), row, before);
                }
                if (rows.by() != null && rows.by().code(row) != rows.by().code(before)) {
                    throw LayoutCheck.twoGroups(rows.subject().level(s), rows.by().name(),
                        rows.by().level(rows.by().code(before)), rows.by().level(rows.by().code(row)));
                }
            }
        }
        if (structure.overPlaces() != null) {
            samePlaces(structure, places);
        }
    }

    /** Whether some subject has rows at several places; without a nugget none may be at the place of another. */
    boolean samePlaces(final VisitStructure structure, final List<String> columns) {
        boolean several = false;
        for (int s = 0; s < rows.subjects(); s++) {
            final int[] own = rows.index().rows(s);
            final double[][] places = rows.places(structure, own);
            if (places.length == 1 && rising(places[0])) {
                several |= own.length > 1;
                continue;
            }
            final Map<List<Double>, Integer> taken = new HashMap<>();
            for (int i = 0; i < own.length; i++) {
                final int at = i;
                final Integer before = taken.putIfAbsent(Arrays.stream(places).map(place -> place[at] + 0.0).toList(), own[i]);
                if (before != null && !structure.overPlaces().nugget()) {
                    final String where = IntStream.range(0, places.length)
                        .mapToObj(d -> Words.number(places[d][at]) + " in \"" + columns.get(d) + "\"")
                        .collect(Collectors.joining(" and "));
                    throw ModelException.of("Subject \"" + rows.subject().level(s) + "\" has two rows at "
                        + (structure.spatial() ? "the place " : "time ") + where + " (rows ", new Row(before), " and ",
                        new Row(own[i]), "), whose correlation would be 1. Remove or average duplicates"
                            + (structure.spatial() ? ", or allow for a nugget." : "."));
                }
            }
            several |= taken.size() > 1;
        }
        return several;
    }

    /** Whether each number is greater than the one before it. */
    private static boolean rising(final double[] x) {
        boolean rising = true;
        for (int i = 1; i < x.length; i++) {
            rising &= x[i] > x[i - 1];
        }
        return rising;
    }
}
