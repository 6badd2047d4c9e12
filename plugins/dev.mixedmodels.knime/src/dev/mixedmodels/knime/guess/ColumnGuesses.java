package dev.mixedmodels.knime.guess;

import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.NodeParametersInput;

/**
 * Which columns play which part in a model where nobody has said so: from names and types, and from values where these
 * are known. A guess never takes a column that is taken; it is an empty text if no column fits.
 */
public final class ColumnGuesses {
    /** A column with fewer levels is rather a covariate than a sample of units. */
    private static final int FEWEST_UNITS = 4;
    /** A whole number with more levels is a time rather than a visit, and a nominal column no treatment. */
    private static final int MOST_VISITS = 20;
    /** So many candidates for a response have their values looked at. */
    private static final int LOOKED_AT = 16;
    private static final Predicate<DataColumnSpec> NO_TIME = column -> !ColumnNames.looksLikeTime(column);
    private static final Predicate<DataColumnSpec> NO_TREATMENT =
        column -> !ColumnNames.looksLikeTreatment(column) && !ColumnNames.looksLikeTrait(column);

    private final TableFacts facts;

    /**
     * @param facts what is known of the table
     */
    public ColumnGuesses(final TableFacts facts) {
        this.facts = facts;
    }

    /**
     * @param input what is known when a node is made
     * @return guesses by names and types only
     */
    public static ColumnGuesses byNames(final NodeParametersInput input) {
        return new ColumnGuesses(TableFacts.of(input.getInTableSpec(0).orElse(new DataTableSpec())));
    }

    /**
     * @param taken columns that play another part
     * @return guesses for a table with one row per unit
     */
    public UnitGuesses units(final Collection<String> taken) {
        return new UnitGuesses(facts, taken);
    }

    private List<DataColumnSpec> free(final Collection<String> taken) {
        return facts.columns().stream().filter(column -> !taken.contains(column.getName())).toList();
    }

    private static String first(final List<DataColumnSpec> columns, final Predicate<DataColumnSpec> wanted) {
        return columns.stream().filter(wanted).map(DataColumnSpec::getName).findFirst().orElse("");
    }

    /**
     * @param taken columns that play another part
     * @return the columns that may name groups, those most likely first: persons, ids, units by their names, then texts
     *         and, if it is the first of its kind, a column of whole numbers
     */
    private List<String> groups(final Collection<String> taken) {
        final List<DataColumnSpec> columns = free(taken);
        final Set<String> names = new LinkedHashSet<>();
        final String whole = first(columns, NO_TIME.and(NO_TREATMENT).and(ColumnNames::isWhole));
        for (final Predicate<DataColumnSpec> wanted : List.<Predicate<DataColumnSpec>>of(ColumnNames::looksLikePerson,
            ColumnNames::looksLikeId, NO_TREATMENT.and(ColumnNames::looksLikeUnit),
            NO_TREATMENT.and(ColumnChecks::isNominal), column -> column.getName().equals(whole),
            ColumnChecks::isNominal)) {
            columns.stream().filter(NO_TIME.and(wanted)).forEach(column -> names.add(column.getName()));
        }
        columns.stream().filter(ColumnChecks::isNominal).forEach(column -> names.add(column.getName()));
        return List.copyOf(names);
    }

    /**
     * @param taken columns that play another part
     * @return the column that names groups or subjects: the most likely one whose values repeat
     */
    public String group(final Collection<String> taken) {
        return group(taken, Long.MAX_VALUE);
    }

    /**
     * @param taken columns that play another part
     * @param mostRows so many rows may one of them have
     * @return the column that names subjects: the most likely one whose values repeat, but not more often than that
     */
    public String group(final Collection<String> taken, final long mostRows) {
        final List<String> candidates = groups(taken);
        return candidates.stream()
            .filter(name -> facts.known() && facts.repeats(name) && facts.mostRows(name) <= mostRows).findFirst()
            .orElse(candidates.isEmpty() ? "" : candidates.get(0));
    }

    /**
     * @param group the column of the groups, empty for none
     * @param taken columns that play another part
     * @return the numeric column that is explained: one that varies within the groups, of which the table has a
     *         baseline, by its name a measurement, decimals before whole numbers, the last one where several are left
     */
    public String response(final String group, final Collection<String> taken) {
        final List<DataColumnSpec> numeric = new ArrayList<>(free(taken));
        numeric.removeIf(column -> !ColumnChecks.isNumeric(column) || column.getName().equals(group));
        Collections.reverse(numeric);
        final List<String> candidates = numeric.stream()
            .sorted(Comparator.<DataColumnSpec, Boolean>comparing(column -> !hasBaseline(column))
                .thenComparing(column -> !ColumnNames.looksLikeMeasurement(column))
                .thenComparing(ColumnNames::isWhole))
            .map(DataColumnSpec::getName).limit(LOOKED_AT).toList();
        if (facts.known() && candidates.size() > 1 && !group.isEmpty()) {
            final Set<String> varying = facts.varying(group, candidates);
            if (!varying.isEmpty()) {
                return varying.iterator().next();
            }
        }
        return candidates.isEmpty() ? "" : candidates.get(0);
    }

    private boolean hasBaseline(final DataColumnSpec column) {
        return facts.columns().stream().anyMatch(other -> ColumnNames.isBaselineOf(other, column));
    }

    /**
     * @param subject the subjects, empty for none
     * @param taken columns that play another part
     * @return when a row was measured: a column of numbers or dates that is named so and varies within subjects
     */
    public String time(final String subject, final Collection<String> taken) {
        final List<String> candidates = free(taken).stream()
            .filter(column -> ColumnChecks.isTime(column) && ColumnNames.looksLikeTime(column))
            .map(DataColumnSpec::getName).filter(name -> !name.equals(subject)).toList();
        if (facts.known() && !candidates.isEmpty() && !subject.isEmpty()) {
            return facts.varying(subject, candidates).stream().findFirst().orElse("");
        }
        return candidates.isEmpty() ? "" : candidates.get(0);
    }

    /**
     * @param subject the subjects, empty for none
     * @param taken columns that play another part
     * @return at which visit a row was measured: a column of texts or a few whole numbers that is named so, with one
     *         row for each subject and visit
     */
    public String visit(final String subject, final Collection<String> taken) {
        return first(free(taken), column -> ColumnChecks.isGrouping(column) && ColumnNames.looksLikeTime(column)
            && !column.getName().equals(subject) && isVisit(column, subject));
    }

    private boolean isVisit(final DataColumnSpec column, final String subject) {
        final boolean few = !facts.known()
            || (ColumnChecks.isNominal(column) || facts.levels(column.getName()) <= MOST_VISITS)
                && 2 * facts.levels(column.getName()) <= facts.rows(column.getName());
        return few && (!facts.known() || subject.isEmpty() || facts.oneRowEach(subject, column.getName()));
    }

    /**
     * @param visit column of the visits, empty for none
     * @param taken columns that play another part
     * @return what a trial has in its mean: the visit, nominal columns named like an arm, numeric ones named like a
     *         baseline
     */
    public List<String> trialMean(final String visit, final Collection<String> taken) {
        return free(taken).stream().filter(column -> column.getName().equals(visit)
            || ColumnNames.looksLikeBaseline(column)
            || ColumnChecks.isNominal(column) && ColumnNames.looksLikeTreatment(column) && hasFewLevels(column))
            .map(DataColumnSpec::getName).toList();
    }

    private boolean hasFewLevels(final DataColumnSpec column) {
        return !facts.known()
            || facts.levels(column.getName()) > 1 && facts.levels(column.getName()) <= MOST_VISITS;
    }

    /**
     * @param visits column of the visits
     * @param subject column of the subjects
     * @param most number of visits up to which a covariance of their own for any two is a sensible guess
     * @return whether the visits are so few, and the subjects at least twice as many
     */
    public boolean hasFewVisits(final String visits, final String subject, final int most) {
        return !facts.known() || facts.levels(visits) <= most && facts.levels(subject) >= 2 * facts.levels(visits);
    }

    /**
     * @param group column of the groups, empty for none
     * @param effects number of random effects of a group
     * @return whether some group has more rows than that, or its rows are not known
     */
    public boolean hasRowsFor(final String group, final int effects) {
        return !facts.known() || group.isEmpty() || facts.mostRows(group) > effects;
    }

    /**
     * The levels of a hierarchy: the first two columns that may name many units, that with fewer of them outside. Whole
     * numbers without a telling name do so only where the table begins with them.
     *
     * @param taken columns that play another part
     * @return names of columns, outermost first
     */
    public List<String> levels(final Collection<String> taken) {
        final List<String> named = free(taken).stream()
            .filter(NO_TIME.and(NO_TREATMENT).and(column -> ColumnChecks.isNominal(column)
                || ColumnNames.looksLikePerson(column) || ColumnNames.looksLikeId(column)
                || ColumnNames.looksLikeUnit(column)))
            .map(DataColumnSpec::getName).filter(this::mayBeLevel).limit(2).toList();
        final List<String> units = !named.isEmpty() ? named : free(taken).stream()
            .takeWhile(column -> ColumnNames.isWhole(column) && mayBeLevel(column.getName()))
            .map(DataColumnSpec::getName).limit(2).toList();
        if (units.isEmpty()) {
            final String only = group(taken);
            return only.isEmpty() ? List.of() : List.of(only);
        }
        if (!facts.known() || units.size() == 1) {
            return units;
        }
        final long combinations = facts.combinations(units.get(0), units.get(1))[0];
        if (combinations == facts.levels(units.get(0)) && combinations == facts.levels(units.get(1))) {
            return units.subList(0, 1); // two names of the same units
        }
        return units.stream().sorted(Comparator.comparingLong(facts::levels)).toList();
    }

    private boolean mayBeLevel(final String column) {
        return !facts.known() || facts.levels(column) >= FEWEST_UNITS && facts.repeats(column);
    }

    /**
     * @param levels two columns
     * @return whether they must be crossed, since every combination of them has one row only and nesting would leave
     *         nothing to the residuals
     */
    public boolean crossed(final List<String> levels) {
        return facts.known() && levels.size() == 2 && facts.oneRowEach(levels.get(0), levels.get(1));
    }
}
