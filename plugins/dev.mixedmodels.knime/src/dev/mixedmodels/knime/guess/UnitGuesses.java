package dev.mixedmodels.knime.guess;

import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.knime.core.data.DataColumnSpec;

/** Which columns tell what of a table with one row per unit: its estimate and standard error, or its counts. */
public final class UnitGuesses {
    private static final Pattern ESTIMATE = Pattern.compile("(?i)est|estimates?|.*effect.*|yi|theta|smd|difference"
        + "|log.?(or|rr|odds).*");
    private static final Pattern EXPOSURE = Pattern.compile("(?i).*(expos|expect|population|person|time|years?|hours?"
        + "|days|at.?risk|offset).*|pop|e|py");
    private static final Pattern EVENTS = Pattern.compile("(?i).*(count|event|fail|death|case|claim|accident|observed"
        + "|number).*|obs|y|o");
    private static final Pattern TRIALS = Pattern.compile("(?i).*(trial|total|tested|treated|at.?bats?|attempt|sample"
        + "|size).*|n|ab|rats");
    private static final Pattern SUCCESSES = Pattern.compile("(?i).*(success|hit|positive|respon|tumou?r|infect|event"
        + "|won|wins).*|y|x|h");

    private final TableFacts facts;
    private final List<DataColumnSpec> numbers;
    private final List<DataColumnSpec> counts;

    /**
     * @param facts what is known of the table
     * @param taken columns that play another part
     */
    UnitGuesses(final TableFacts facts, final Collection<String> taken) {
        this.facts = facts;
        numbers = facts.columns().stream().filter(ColumnChecks::isNumeric)
            .filter(column -> !taken.contains(column.getName())).toList();
        final List<DataColumnSpec> whole = numbers.stream().filter(ColumnNames::isWhole).toList();
        counts = whole.isEmpty() ? numbers : whole; // counts may be stored as doubles
    }

    /**
     * @return what names the units: a nominal column, or the first of all if it holds whole numbers and leaves enough
     *         others; one without repetitions if values are known
     */
    public String unit() {
        final List<DataColumnSpec> columns = facts.columns();
        final List<String> candidates =
            new ArrayList<>(columns.stream().filter(ColumnChecks::isNominal).map(DataColumnSpec::getName).toList());
        if (columns.size() > 2 && ColumnNames.isWhole(columns.get(0)) && numbers.contains(columns.get(0))) {
            candidates.add(columns.get(0).getName());
        }
        return candidates.stream().filter(name -> facts.known() && !facts.repeats(name)).findFirst()
            .orElse(candidates.isEmpty() ? "" : candidates.get(0));
    }

    /**
     * @return whether the only two numeric columns look like events and an exposure; a third one may be an estimate
     */
    public boolean looksLikeRates() {
        return isPair() && !named(numbers, EXPOSURE, "").isEmpty() && !counts.isEmpty();
    }

    /**
     * @return whether the only two numeric columns look like successes and trials
     */
    public boolean looksLikeProportions() {
        return isPair() && !looksLikeRates() && !named(counts, TRIALS, "").isEmpty() && counts.size() > 1;
    }

    private boolean isPair() {
        return numbers.size() == 2 && standardError().isEmpty() && variance().isEmpty();
    }

    /**
     * @return the column of standard errors
     */
    public String standardError() {
        return find(numbers, ColumnNames::looksLikeStandardError);
    }

    /**
     * @return a column that looks like sampling variances
     */
    public String variance() {
        return find(numbers, ColumnNames::looksLikeVariance);
    }

    /**
     * @return the column of estimates: by its name an estimate or at least a measurement, decimals before whole
     *         numbers, the last one
     */
    public String estimate() {
        final List<DataColumnSpec> candidates = new ArrayList<>(numbers);
        candidates.removeIf(
            column -> ColumnNames.looksLikeStandardError(column) || ColumnNames.looksLikeVariance(column));
        Collections.reverse(candidates);
        return candidates.stream()
            .min(Comparator
                .<DataColumnSpec, Boolean>comparing(column -> !ESTIMATE.matcher(column.getName()).matches())
                .thenComparing(column -> !ColumnNames.looksLikeMeasurement(column))
                .thenComparing(ColumnNames::isWhole))
            .map(DataColumnSpec::getName).orElse("");
    }

    /**
     * @return the column of exposures
     */
    public String exposure() {
        final String named = named(numbers, EXPOSURE, "");
        return named.isEmpty() ? last(numbers) : named;
    }

    /**
     * @param exposure the column of exposures
     * @return the column of events
     */
    public String count(final String exposure) {
        final String named = named(counts, EVENTS, exposure);
        return named.isEmpty() ? find(counts, column -> !column.getName().equals(exposure)) : named;
    }

    /**
     * @return the column of trials
     */
    public String trials() {
        final String named = named(counts, TRIALS, "");
        return named.isEmpty() ? last(counts) : named;
    }

    /**
     * @param trials the column of trials
     * @return the column of successes
     */
    public String successes(final String trials) {
        final String named = named(counts, SUCCESSES, trials);
        return named.isEmpty() ? find(counts, column -> !column.getName().equals(trials)) : named;
    }

    private static String named(final List<DataColumnSpec> columns, final Pattern pattern, final String taken) {
        return find(columns, column -> !column.getName().equals(taken)
            && pattern.matcher(column.getName()).matches());
    }

    private static String find(final List<DataColumnSpec> columns, final Predicate<DataColumnSpec> wanted) {
        return columns.stream().filter(wanted).findFirst().map(DataColumnSpec::getName).orElse("");
    }

    private static String last(final List<DataColumnSpec> columns) {
        return columns.isEmpty() ? "" : columns.get(columns.size() - 1).getName();
    }
}
