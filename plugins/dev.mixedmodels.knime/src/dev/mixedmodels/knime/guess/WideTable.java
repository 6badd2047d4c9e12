package dev.mixedmodels.knime.guess;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.knime.core.data.DataColumnSpec;

/** Recognises tables with repeated measurements side by side, one row per subject, where models need one row each. */
public final class WideTable {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)[^\\p{L}\\p{N}]*\\d+");

    private static final String REMEDY = " Models need one row per measurement: put an Unpivot node before this one, "
        + "with these as value columns";

    private WideTable() {
    }

    /**
     * @param facts what is known of the table
     * @param unit the column whose values should repeat, empty if there is none, null if none should
     * @return what to do about a wide table; empty for others
     */
    public static String advice(final TableFacts facts, final String unit) {
        if (unit == null) {
            return "";
        }
        final List<DataColumnSpec> numeric = facts.columns().stream()
            .filter(column -> ColumnChecks.isNumeric(column) && !column.getName().equals(unit)).toList();
        final List<String> series = series(numeric);
        if (unit.isEmpty() || facts.column(unit) == null) {
            final List<String> measured = orMeasurements(series, numeric);
            return measured.size() < 2 ? "" : "The table may be wide, with measurements side by side in "
                + Words.quoted(measured) + "." + REMEDY + ".";
        }
        if (!facts.known() || !ColumnChecks.isGrouping(facts.column(unit))) {
            return "";
        }
        final boolean once = isOnce(facts, unit);
        final List<String> measured = once ? orMeasurements(series, numeric) : series;
        final String subject = once ? unit : measured.size() < 2 ? "" : subject(facts);
        return measured.size() < 2 || subject.isEmpty() ? "" : "The table looks wide: \"" + subject
            + "\" has one row for each of its values, and " + Words.quoted(measured)
            + " look like repeated measurements side by side." + REMEDY + " and the others as retained columns.";
    }

    /** A column that names persons or is called an id and has one row for each of its values; empty for none. */
    private static String subject(final TableFacts facts) {
        return facts.columns().stream()
            .filter(column -> ColumnNames.looksLikePerson(column) || ColumnNames.looksLikeId(column))
            .map(DataColumnSpec::getName).filter(name -> isOnce(facts, name)).findFirst().orElse("");
    }

    private static boolean isOnce(final TableFacts facts, final String unit) {
        return facts.levels(unit) > 1 && facts.levels(unit) == facts.rows(unit);
    }

    /** The most columns with the same name but for a number at its end; empty if there are no two. */
    private static List<String> series(final List<DataColumnSpec> numeric) {
        final Map<String, List<String>> series = new LinkedHashMap<>();
        for (final DataColumnSpec column : numeric) {
            final Matcher numbered = NUMBERED.matcher(column.getName());
            if (numbered.matches()) {
                series.computeIfAbsent(numbered.group(1), stem -> new ArrayList<>()).add(column.getName());
            }
        }
        return series.values().stream().filter(names -> names.size() > 1)
            .reduce((a, b) -> b.size() > a.size() ? b : a).orElse(List.of());
    }

    private static List<String> orMeasurements(final List<String> series, final List<DataColumnSpec> numeric) {
        return !series.isEmpty() ? series
            : numeric.stream().filter(ColumnNames::looksLikeMeasurement).map(DataColumnSpec::getName).toList();
    }
}
