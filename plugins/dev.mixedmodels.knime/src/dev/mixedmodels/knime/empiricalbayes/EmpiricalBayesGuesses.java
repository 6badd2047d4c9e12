package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.knime.settings.ColumnChecks;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.LongValue;

/** Guesses which columns hold what, from their names, for a dialog that nobody has opened yet. */
final class EmpiricalBayesGuesses {
    private static final Pattern STANDARD_ERROR = Pattern.compile("(?i)(.*[^a-z])?(se|sei|s\\.e\\.|stderr|std|sem)"
        + "([^a-z].*)?|.*(standard|std)[^a-z]*err.*");
    private static final Pattern EXPOSURE = Pattern.compile("(?i).*(expos|expect|population|person|time|years?|hours?"
        + "|days|at.?risk|offset).*|pop|e|py");
    private static final Pattern EVENTS = Pattern.compile("(?i).*(count|event|fail|death|case|claim|accident|observed"
        + "|number).*|obs|y|o");
    private static final Pattern TRIALS = Pattern.compile("(?i).*(trial|total|tested|treated|at.?bats?|attempt|sample"
        + "|size).*|n|ab|rats");
    private static final Pattern SUCCESSES = Pattern.compile("(?i).*(success|hit|positive|respon|tumou?r|infect|event"
        + "|won|wins).*|y|x|h");

    private final List<DataColumnSpec> numbers;
    private final List<DataColumnSpec> counts;

    /**
     * @param spec the input table, null if none is connected
     * @param unit the unit column
     */
    EmpiricalBayesGuesses(final DataTableSpec spec, final String unit) {
        numbers = spec == null ? List.of() : spec.stream().filter(ColumnChecks::isNumeric)
            .filter(column -> !column.getName().equals(unit)).toList();
        final List<DataColumnSpec> whole =
            numbers.stream().filter(column -> column.getType().isCompatible(LongValue.class)).toList();
        counts = whole.isEmpty() ? numbers : whole; // counts may be stored as doubles
    }

    /** The first nominal column; else the first column of all if it holds whole numbers and leaves enough others. */
    static String unit(final DataTableSpec spec) {
        if (spec == null) {
            return "";
        }
        final List<DataColumnSpec> columns = spec.stream().toList();
        final String nominal = find(columns, ColumnChecks::isNominal);
        final boolean numbered = columns.size() > 2 && ColumnChecks.isGrouping(columns.get(0));
        return nominal.isEmpty() && numbered ? columns.get(0).getName() : nominal;
    }

    /** Counts if the only two numeric columns look like these; a third one may be an estimate. */
    FamilyMode family() {
        if (!standardError().isEmpty() || numbers.size() != 2) {
            return FamilyMode.GAUSSIAN;
        }
        if (!named(numbers, EXPOSURE, "").isEmpty() && !counts.isEmpty()) {
            return FamilyMode.POISSON_GAMMA;
        }
        return !named(counts, TRIALS, "").isEmpty() && counts.size() > 1 ? FamilyMode.BETA_BINOMIAL
            : FamilyMode.GAUSSIAN;
    }

    String standardError() {
        return named(numbers, STANDARD_ERROR, "");
    }

    String estimate() {
        final String standardError = standardError();
        final List<DataColumnSpec> rest =
            numbers.stream().filter(column -> !column.getName().equals(standardError)).toList();
        return rest.isEmpty() ? "" : rest.get(rest.size() - 1).getName();
    }

    String exposure() {
        final String named = named(numbers, EXPOSURE, "");
        return named.isEmpty() ? last(numbers) : named;
    }

    String count() {
        final String exposure = exposure();
        final String named = named(counts, EVENTS, exposure);
        return named.isEmpty() ? first(counts, exposure) : named;
    }

    String trials() {
        final String named = named(counts, TRIALS, "");
        return named.isEmpty() ? last(counts) : named;
    }

    String successes() {
        final String trials = trials();
        final String named = named(counts, SUCCESSES, trials);
        return named.isEmpty() ? first(counts, trials) : named;
    }

    private static String named(final List<DataColumnSpec> columns, final Pattern pattern, final String taken) {
        return find(columns, column -> !column.getName().equals(taken)
            && pattern.matcher(column.getName()).matches());
    }

    private static String first(final List<DataColumnSpec> columns, final String taken) {
        return find(columns, column -> !column.getName().equals(taken));
    }

    private static String find(final List<DataColumnSpec> columns, final Predicate<DataColumnSpec> wanted) {
        return columns.stream().filter(wanted).findFirst().map(DataColumnSpec::getName).orElse("");
    }

    private static String last(final List<DataColumnSpec> columns) {
        return columns.isEmpty() ? "" : columns.get(columns.size() - 1).getName();
    }
}
