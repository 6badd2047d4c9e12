package dev.mixedmodels.knime.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnDomain;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.LongValue;

/**
 * Guesses which columns play which part, from types and names, for a dialog that nobody has opened yet. Each gives an
 * empty text if no column fits.
 */
public final class ColumnGuesses {
    private static final Pattern TIME = Pattern.compile("(?i).*(visit|time|week|month|hour|minute).*"
        + "|(.*[^a-z])?(days?|date|years?|age|wave|session|occasion|period)([^a-z].*)?");
    private static final Pattern PERSON = Pattern.compile("(?i).*(subj|patient|person|participant|proband|respondent|"
        + "individual|animal|child|pupil|student).*|rat|mouse|dog|horse|mare|plot|tree");
    private static final Pattern ID = Pattern.compile("(?i)(.*[^a-z])?id([^a-z].*)?|.*id");
    private static final Pattern UNIT = Pattern.compile("(?i).*(school|class|hospital|clinic|site|cent(er|re)|batch|"
        + "district|region|country|cluster|family|litter|herd|ward|team|firm|company|teacher|lecturer|physician|"
        + "group|block).*|lea");
    /** A nominal column with fewer known levels is rather a covariate than a sample of units. */
    private static final int FEWEST_UNITS = 4;

    private ColumnGuesses() {
    }

    private static Stream<DataColumnSpec> columns(final DataTableSpec spec) {
        return spec == null ? Stream.empty() : spec.stream();
    }

    @SafeVarargs
    private static String first(final DataTableSpec spec, final List<String> taken,
        final Predicate<DataColumnSpec>... inOrderOfPreference) {
        for (final Predicate<DataColumnSpec> wanted : inOrderOfPreference) {
            final Optional<DataColumnSpec> found =
                columns(spec).filter(column -> !taken.contains(column.getName())).filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get().getName();
            }
        }
        return "";
    }

    /**
     * @param column a column
     * @return whether its type and name are those of a time, an age, a date or a visit
     */
    public static boolean looksLikeTime(final DataColumnSpec column) {
        return ColumnChecks.isUsable(column)
            && (TIME.matcher(column.getName()).matches() || ColumnChecks.isDate(column));
    }

    private static Predicate<DataColumnSpec> groupingNamed(final Pattern name) {
        return column -> ColumnChecks.isGrouping(column) && name.matcher(column.getName()).matches();
    }

    private static boolean looksLikeUnit(final DataColumnSpec column) {
        return groupingNamed(PERSON).or(groupingNamed(ID)).or(groupingNamed(UNIT)).test(column);
    }

    /**
     * @param spec the input table, null if none is connected
     * @return who was measured: a column named like a subject, else the first nominal one, else the first whole numbers
     */
    public static String subject(final DataTableSpec spec) {
        final Predicate<DataColumnSpec> noTime = column -> !looksLikeTime(column);
        return first(spec, List.of(), noTime.and(groupingNamed(PERSON)), noTime.and(groupingNamed(ID)),
            noTime.and(ColumnChecks::isNominal), noTime.and(ColumnChecks::isGrouping));
    }

    /**
     * @param spec the input table, null if none is connected
     * @param subject the subject column
     * @return the last numeric column that looks neither like time nor like a name of subjects; else the last numeric
     *         one
     */
    public static String response(final DataTableSpec spec, final String subject) {
        final List<DataColumnSpec> candidates = columns(spec).filter(ColumnChecks::isNumeric)
            .filter(column -> !column.getName().equals(subject) && !looksLikeTime(column) && !looksLikeUnit(column))
            .toList();
        return candidates.isEmpty() ? ColumnChecks.lastNumeric(spec)
            : candidates.get(candidates.size() - 1).getName();
    }

    /**
     * @param spec the input table, null if none is connected
     * @param taken columns that play another part
     * @return when a row was measured: a column of numbers or dates that is named so, else the first other numeric one
     */
    public static String time(final DataTableSpec spec, final List<String> taken) {
        return first(spec, taken, column -> ColumnChecks.isTime(column) && looksLikeTime(column),
            ColumnChecks::isNumeric);
    }

    /**
     * @param spec the input table, null if none is connected
     * @param taken columns that play another part
     * @return at which visit a row was measured: a column of texts or whole numbers that is named so
     */
    public static String visit(final DataTableSpec spec, final List<String> taken) {
        return first(spec, taken, column -> ColumnChecks.isGrouping(column) && looksLikeTime(column));
    }

    /**
     * @param spec the input table
     * @param name a column of texts or whole numbers
     * @return how many levels its domain shows, at most; the largest number if it does not say
     */
    public static int levelsAtMost(final DataTableSpec spec, final String name) {
        final DataColumnDomain domain = spec.getColumnSpec(name).getDomain();
        if (domain.hasValues()) {
            return domain.getValues().size();
        }
        final DataCell lower = domain.getLowerBound();
        final DataCell upper = domain.getUpperBound();
        if (lower instanceof LongValue from && upper instanceof LongValue to) {
            return (int) Math.min(Integer.MAX_VALUE, (double) to.getLongValue() - from.getLongValue() + 1);
        }
        return Integer.MAX_VALUE;
    }

    /**
     * Guesses the levels of a hierarchy: the first two columns that may name many units, that with fewer of them
     * outside.
     *
     * @param spec the input table, null if none is connected
     * @param response a column that plays another part
     * @return names of columns, outermost first
     */
    public static List<String> levels(final DataTableSpec spec, final String response) {
        final List<String> units = columns(spec)
            .filter(column -> ColumnChecks.isNominal(column) || looksLikeUnit(column)).map(DataColumnSpec::getName)
            .filter(name -> !name.equals(response) && levelsAtMost(spec, name) >= FEWEST_UNITS).limit(2).toList();
        if (units.isEmpty()) {
            final String only = first(spec, List.of(response), ColumnChecks::isNominal,
                column -> ColumnChecks.isGrouping(column) && !looksLikeTime(column));
            return only.isEmpty() ? List.of() : List.of(only);
        }
        return units.stream().sorted(Comparator.comparingInt(name -> levelsAtMost(spec, name))).toList();
    }
}
