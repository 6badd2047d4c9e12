package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.MeanColumns;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.TableSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Settings of a marginal model for repeated measures.
 *
 * @param formula the mean, without a random part
 * @param options coding, order of levels and of visits, missing values
 * @param layout who the subject is and what orders a subject's rows
 * @param structure covariance of a subject's rows
 * @param compareStructures further structures to be fitted for comparison
 * @param estimation how the likelihood is maximised
 * @param inference standard errors, intervals and tests, among them one of the structure against independence
 * @param tables what tables are about; means at the visit if it is a factor of the mean, and a subject with the most
 *            complete pattern, unless others are named
 */
public record MarginalSettings(Formula formula, DesignOptions options, Layout layout, VisitStructure structure,
    List<VisitStructure> compareStructures, EstimationSettings estimation, InferenceSettings inference,
    TableSettings tables) {
    /** The methods of degrees of freedom that this model has. */
    public static final Set<DfMethod> DF_METHODS = Set.of(DfMethod.SATTERTHWAITE, DfMethod.KENWARD_ROGER,
        DfMethod.KENWARD_ROGER_LINEAR, DfMethod.BETWEEN_WITHIN, DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC);

    /** Most visits of a structure over visits: matrices over more would no longer be small. */
    public static final int MOST_VISITS = 200;

    /** Most rows of a subject under a structure over places, whose matrices have as many rows. */
    public static final int MOST_PLACES = 2000;

    /** Most coordinates in which the correlations over places are positive definite. */
    public static final int MOST_COORDINATES = 3;

    /**
     * Columns that say how rows belong together; null where there is none.
     *
     * @param subject whose rows are correlated; null under spatial structures if all rows are
     * @param visit which visit a row is, nominal or whole numbers
     * @param time when it was, a number
     * @param coordinates columns of numbers that say where it was, up to three; empty for none
     * @param structureBy nominal column, constant within subjects, each level of which has covariance parameters of
     *            its own
     */
    public record Layout(String subject, String visit, String time, List<String> coordinates, String structureBy) {

        /** Without coordinates; the components are as above. */
        public Layout(final String subject, final String visit, final String time, final String structureBy) {
            this(subject, visit, time, List.of(), structureBy);
        }

        /** The columns that a structure goes by: that of the time or the coordinates; none if it goes by visits. */
        List<String> places(final VisitStructure structure) {
            return structure.spatial() ? coordinates : structure.overPlaces() != null ? List.of(time) : List.of();
        }
    }

    /**
     * @throws ModelException if Kenward-Roger is asked for without REML, or a bootstrap
     * @throws IllegalArgumentException if the model does not have the degrees of freedom
     */
    public MarginalSettings {
        inference.check(DF_METHODS, estimation.reml());
        if (inference.varianceIntervals().bootstrap()) {
            throw new ModelException("There is no bootstrap of marginal models. Choose profile or Wald intervals.");
        }
    }

    /**
     * Compares the parts with each other: what can be said before there are rows.
     *
     * @throws ModelException if the formula has a random part, or the structure needs a column that is not chosen
     */
    public void check() {
        if (!formula.random().isEmpty()) {
            throw new ModelException("The formula has a random part, " + formula.random().get(0)
                + ", which a marginal model has not: subject and visit are settings, and the covariance of a subject's "
                + "rows is the structure. Remove the part in parentheses.");
        }
        LayoutCheck.columns(layout, structure);
    }

    /**
     * @param values settings by the keys of the node
     * @param isColumn whether the table has a column of a name
     * @return the same for this model
     * @throws ModelException if a value is impossible, or if settings contradict one another
     */
    public static MarginalSettings of(final SettingValues values, final Predicate<String> isColumn) {
        final MarginalSettings settings = new MarginalSettings(
            values.text("modelSpecification").equals("FORMULA") ? Formula.parse(values.text("formula"))
                : MeanColumns.of(values).formula(values.text("response")).build(),
            options(values),
            new Layout(values.textOrNull("subject"), values.textOrNull("visit"), values.textOrNull("time"),
                values.texts("coordinates"), values.textOrNull("structureBy")),
            structure(values), compared(values), EstimationSettings.of(values),
            InferenceSettings.of(values, "randomTests"), TableSettings.of(values, isColumn));
        settings.check();
        return settings;
    }

    private static DesignOptions options(final SettingValues values) {
        final DesignOptions options = DesignOptions.of(values);
        final String visit = values.text("visit");
        final List<String> order = values.texts("visitOrder");
        return visit.isEmpty() || order.isEmpty() ? options : options.withOrder(visit,
            new LevelOrder(options.orders().getOrDefault(visit, LevelOrder.NATURAL).reference(), order));
    }

    /** The nugget is a setting of its own. */
    private static VisitStructure structure(final SettingValues values) {
        final VisitStructure chosen = values.choice("structure", VisitStructure.class);
        return chosen.spatial() && values.flag("nugget") ? VisitStructure.valueOf(chosen.name() + "_NUGGET") : chosen;
    }

    /**
     * @param values settings by the keys of the node
     * @return structures to be fitted for comparison
     * @throws ModelException if a text names none
     */
    public static List<VisitStructure> compared(final SettingValues values) {
        return values.texts("compareStructures").stream().map(name -> Arrays.stream(VisitStructure.values())
            .filter(structure -> structure.name().equals(name)).findFirst()
            .orElseThrow(() -> new ModelException("\"" + name + "\" under \"Compare with structures\" is no covariance "
                + "structure. Choose from " + Words.quoted(Arrays.stream(VisitStructure.values())
                    .map(VisitStructure::toString).toList()) + "."))).toList();
    }

    /**
     * @param formula the mean
     * @param layout who the subject is
     * @param structure covariance of a subject's rows
     * @return default settings for these
     */
    public static MarginalSettings of(final Formula formula, final Layout layout, final VisitStructure structure) {
        return new MarginalSettings(formula, DesignOptions.DEFAULT, layout, structure, List.of(),
            new EstimationSettings(true, 200, 1e-10), InferenceSettings.DEFAULT, TableSettings.DEFAULT);
    }

    /** These settings with other columns that say how rows belong together. */
    MarginalSettings withLayout(final Layout other) {
        return new MarginalSettings(formula, options, other, structure, compareStructures, estimation, inference,
            tables);
    }

    /**
     * @param other coding, order of levels and of visits, missing values
     * @return these settings with it
     */
    public MarginalSettings withOptions(final DesignOptions other) {
        return new MarginalSettings(formula, other, layout, structure, compareStructures, estimation, inference,
            tables);
    }

    /**
     * @param others structures to be fitted for comparison
     * @return these settings with them
     */
    public MarginalSettings withComparison(final List<VisitStructure> others) {
        return new MarginalSettings(formula, options, layout, structure, List.copyOf(others), estimation, inference,
            tables);
    }

    /**
     * @param change of how the likelihood is maximised
     * @return these settings with it
     */
    public MarginalSettings withEstimation(final UnaryOperator<EstimationSettings> change) {
        return new MarginalSettings(formula, options, layout, structure, compareStructures, change.apply(estimation),
            inference, tables);
    }

    /**
     * @param reml whether restricted maximum likelihood
     * @return these settings with it
     */
    public MarginalSettings withReml(final boolean reml) {
        return withEstimation(e -> e.withReml(reml));
    }

    /**
     * @param change of standard errors, intervals and tests
     * @return these settings with it
     */
    public MarginalSettings withInference(final UnaryOperator<InferenceSettings> change) {
        return new MarginalSettings(formula, options, layout, structure, compareStructures, estimation,
            change.apply(inference), tables);
    }

    /**
     * @param other what tables are about
     * @return these settings with it
     */
    public MarginalSettings withTables(final TableSettings other) {
        return new MarginalSettings(formula, options, layout, structure, compareStructures, estimation, inference,
            other);
    }
}
