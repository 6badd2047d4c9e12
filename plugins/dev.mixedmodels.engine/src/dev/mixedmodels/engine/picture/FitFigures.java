package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks figures up in the table Model fit. */
record FitFigures(List<FitStatisticRow> rows) {
    /** The row of a statistic. */
    Optional<FitStatisticRow> find(final String statistic) {
        return rows.stream().filter(r -> r.statistic().equals(statistic)).findFirst();
    }

    /** Its value; NaN if there is no such row. */
    double value(final String statistic) {
        return find(statistic).map(FitStatisticRow::value).orElse(Double.NaN);
    }

    /** Its note; empty if there is no such row. */
    String note(final String statistic) {
        return find(statistic).map(FitStatisticRow::note).orElse("");
    }

    /** All rows whose statistic begins so. */
    List<FitStatisticRow> startingWith(final String prefix) {
        return rows.stream().filter(r -> r.statistic().startsWith(prefix)).toList();
    }

    /** A count as text with groups of three digits. */
    String count(final String statistic) {
        return String.format(Locale.ROOT, "%,d", Math.round(value(statistic)));
    }

    /** The response, with which the formula begins. */
    String response() {
        final String formula = note("Formula");
        final int end = formula.indexOf(" ~ ");
        final String name = end < 0 ? "" : formula.substring(0, end);
        return name.startsWith("`") && name.endsWith("`") ? name.substring(1, name.length() - 1) : name;
    }

    /** The first words of the method's note: REML, ML ... */
    String method() {
        final String note = note("Method");
        final int end = note.indexOf(':');
        return end < 0 ? note : note.substring(0, end);
    }
}
