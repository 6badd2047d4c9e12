package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.FormulaBuilder;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.TimeCourse;
import dev.mixedmodels.engine.frame.RowSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A multilevel model by columns: the mean, the levels from the outermost in, and how covariates enter.
 *
 * @param response numeric column
 * @param fixedEffects columns of the mean
 * @param interactions pairs of columns of the mean
 * @param levels the levels, outermost first
 * @param crossed whether the levels are crossed factors; otherwise each is nested in those before it
 * @param centerings how covariates enter; raw unless named
 */
public record LevelSpecification(String response, List<String> fixedEffects, List<List<String>> interactions,
    List<Level> levels, boolean crossed, List<Centering> centerings) implements ModelSpecification {

    /**
     * A level: its units have random intercepts and slopes.
     *
     * @param column says which unit a row belongs to
     * @param slopes numeric columns whose slopes vary over the units
     * @param covariance of intercept and slopes: UNSTRUCTURED or DIAGONAL
     */
    public record Level(String column, List<String> slopes, RandomStructure covariance) {
    }

    /** How a covariate enters the mean. */
    public enum Mode {
        /** As it is. */
        RAW,
        /** Less its mean over all rows. */
        GRAND_MEAN,
        /** Less its mean in the row's unit of a level. */
        WITHIN,
        /** In two parts, that and the unit's mean (Mundlak 1978, Econometrica 46:69-85). */
        WITHIN_AND_BETWEEN
    }

    /**
     * @param column numeric column of the mean
     * @param mode how it enters
     * @param level column of the level for the modes with one, else null
     */
    public record Centering(String column, Mode mode, String level) {
    }

    /**
     * @param values settings by the keys of the node
     * @return the same
     * @throws ModelException if a value is impossible
     */
    static LevelSpecification of(final SettingValues values) {
        final List<List<String>> interactions = values.groups("interactions").stream()
            .map(pair -> List.of(pair.text("first"), pair.text("second"))).toList();
        final List<Level> levels = values.groups("levels").stream().map(level -> new Level(level.text("column"),
            level.texts("slopes"), level.choice("covariance", RandomStructure.class))).toList();
        final List<Centering> centerings = values.groups("centering").stream().map(choice -> {
            final Mode mode = choice.choice("mode", Mode.class);
            return new Centering(choice.text("column"), mode,
                mode == Mode.WITHIN || mode == Mode.WITHIN_AND_BETWEEN ? choice.text("level") : null);
        }).toList();
        return new LevelSpecification(values.text("response"), List.copyOf(
            new MeanColumns(TimeCourse.NONE, values.texts("fixedEffects"), interactions).mainEffects()), interactions,
            levels, values.flag("crossed"), centerings);
    }

    @Override
    public Resolved resolve(final RowSource source, final DesignOptions options, final Progress progress) {
        if (levels.isEmpty()) {
            throw new ModelException("No level is chosen. Add at least one column that says which unit a row belongs "
                + "to, for instance the school.");
        }
        requireDistinctLevels();
        final CenteredColumns centered = CenteredColumns.of(this, source, options, progress);
        final Map<Grouping, RandomStructure> structures = new HashMap<>();
        for (int k = 0; k < levels.size(); k++) {
            structures.put(grouping(k),
                levels.get(k).slopes().isEmpty() || !correlated(k) ? RandomStructure.UNSTRUCTURED : levels.get(k)
                .covariance());
        }
        return new Resolved(centered.source(), formula(centered::replacements),
            (final RandomTerm term) -> structures.get(term.grouping()), centered.all());
    }

    @Override
    public Formula formula() {
        return formula(List::of);
    }

    /** The model with the columns that stand for each column; the first does in interactions and slopes. */
    private Formula formula(final Function<String, List<String>> columns) {
        final FormulaBuilder builder = new FormulaBuilder(response);
        for (final String column : fixedEffects) {
            columns.apply(column).forEach(builder::fixed);
        }
        for (final List<String> pair : interactions) {
            builder.fixed(pair.stream().map(column -> columns.apply(column).get(0)).toArray(String[]::new));
        }
        for (int k = 0; k < levels.size(); k++) {
            final List<Term> slopes =
                levels.get(k).slopes().stream().map(slope -> Term.of(columns.apply(slope).get(0))).toList();
            builder.random(new TermList(true, slopes), grouping(k), correlated(k));
        }
        return builder.build();
    }

    private boolean correlated(final int level) {
        return levels.get(level).slopes().isEmpty() || levels.get(level).covariance().correlated();
    }

    private void requireDistinctLevels() {
        final Set<String> seen = new LinkedHashSet<>();
        for (final Level level : levels) {
            if (!seen.add(level.column())) {
                throw new ModelException("The column \"" + level.column() + "\" is chosen for two levels. Every level "
                    + "needs a column of its own.");
            }
            if (level.column().equals(response) || level.slopes().contains(response)) {
                throw new ModelException("The response \"" + response + "\" cannot also be a level or a slope.");
            }
        }
    }

    /** The grouping of a level: its own column, or all columns from the outermost in. */
    Grouping grouping(final int level) {
        return crossed ? Grouping.of(levels.get(level).column())
            : Grouping.nested(levels.subList(0, level + 1).stream().map(Level::column).toList());
    }

    /** Names of the columns that are used. */
    List<String> columns() {
        final Set<String> columns = new LinkedHashSet<>();
        columns.add(response);
        columns.addAll(fixedEffects);
        interactions.forEach(columns::addAll);
        levels.forEach(level -> {
            columns.add(level.column());
            columns.addAll(level.slopes());
        });
        centerings.forEach(centering -> columns.add(centering.column()));
        return new ArrayList<>(columns);
    }
}
