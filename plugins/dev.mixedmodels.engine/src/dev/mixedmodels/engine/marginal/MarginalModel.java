package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.design.UsedRows;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Marginal Repeated Measures: y_i ~ N(X_i beta, V_i(theta)) for independent subjects i, V_i from a structure over the
 * visits or times of the subject, or W_i^-1/2 V_i W_i^-1/2 with weights of the rows. Rows of the same pattern of visits
 * are pooled in one pass; after that the fit does not depend on the number of subjects.
 */
public final class MarginalModel {
    static final String SINGULAR = "The estimated covariance matrix V is singular to working precision: a correlation "
        + "or a variance lies on the boundary of what is possible. The data do not bear this structure; choose one "
        + "with fewer parameters.";

    private MarginalModel() {
    }

    /**
     * Fits the model.
     *
     * @param settings mean, structure, inference
     * @param source the table, which need not be in memory
     * @param progress of the fit
     * @param warnings takes what the user should know: rows left out, singular V, no convergence
     * @return the output tables and the computer of fitted values
     * @throws ModelException if columns do not fit together or the rows do not bear the structure
     */
    public static ModelFit fit(final MarginalSettings settings, final RowSource source, final Progress progress,
        final Warnings warnings) {
        return fitted(settings, source, progress, warnings).fit();
    }

    /**
     * Fits the model, as above.
     *
     * @param settings mean, structure, inference
     * @param source the table, which need not be in memory
     * @param progress of the fit
     * @param warnings takes what the user should know
     * @return the fit, with what it says of blocks that have all rows of their subjects, which the source may give
     * @throws ModelException as above
     */
    public static MarginalFit fitted(final MarginalSettings settings, final RowSource source, final Progress progress,
        final Warnings warnings) {
        settings.check();
        return settings.layout().subject() != null ? ofSubjects(settings, source, progress, warnings)
            : ofSubjects(WholeTable.in(settings), WholeTable.in(source.frame(progress.sub(0, 0.05))), progress,
            warnings);
    }

    /**
     * @param settings the model
     * @return which rows it uses
     */
    public static UsedRows usedRows(final MarginalSettings settings) {
        return UsedRows.of(settings.formula(), options(settings));
    }

    private static MarginalFit ofSubjects(final MarginalSettings settings, final RowSource source,
        final Progress progress, final Warnings warnings) {
        progress.report(0, "Design");
        final MarginalSettings.Layout layout = settings.layout();
        UnitRoles.requireNotFixed(settings.formula(), layout.subject(), "subject");
        final List<String> roles =
            Stream.of(layout.subject(), layout.visit(), layout.structureBy()).filter(Objects::nonNull).toList();
        final ModelDesign design = ModelDesign.of(source, settings.formula(), options(settings), roles,
            progress.sub(0, 0.05), warnings);
        LayoutCheck.response(design);
        LayoutCheck.visits(design, layout, settings.structure());
        final OrdinaryLeastSquares naive = OrdinaryLeastSquares.of(design);
        final RepeatedData data = new RepeatedData(source, design, settings, progress.sub(0.05, 0.1));
        VisitOrder.warn(settings, data, warnings);
        final StructureSearch estimator = new StructureSearch(data, settings);
        final StructureFit estimates = estimator.fit(settings.structure(), progress.sub(0.1, 0.4));
        return new MarginalTables(settings, data, naive, estimator, estimates).fit(progress.sub(0.4, 1), warnings);
    }

    /** Subject, visit, time and grouping column must not be missing; a visit is a factor unless it is the time. */
    private static DesignOptions options(final MarginalSettings settings) {
        final MarginalSettings.Layout layout = settings.layout();
        final DesignOptions options = settings.options().withAlsoUsed(
            Stream.concat(Stream.of(layout.subject(), layout.visit(), layout.time(), layout.structureBy()),
                layout.coordinates().stream()).filter(Objects::nonNull).distinct().toArray(String[]::new))
            .withOwnUnit();
        return layout.visit() == null || layout.visit().equals(layout.time()) ? options
            : options.withNominal(layout.visit());
    }
}
