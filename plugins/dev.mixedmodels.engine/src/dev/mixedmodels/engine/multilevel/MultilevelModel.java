package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedEffectsTable;
import dev.mixedmodels.engine.inference.LeastSquaresMeansTable;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedModel;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.report.BootstrapIntervals;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A multilevel model: y = X beta + sum over levels of Z_k b_k + e with independent units at each level,
 * b_k ~ N(0, D_k), e ~ N(0, sigma2), or N(0, sigma2 / w) with weights w of the rows; levels nested in one another,
 * crossed, or partly crossed.
 */
public final class MultilevelModel {
    private MultilevelModel() {
    }

    /**
     * Fits the model.
     *
     * @param settings what is to be fitted and how
     * @param source the table, which need not be in memory
     * @param progress of the whole
     * @param warnings takes what the user should know: rows and columns left out, singular fits, no convergence
     * @return the output tables and the fitted values
     * @throws ModelException if the model does not fit the table or the data do not determine it
     */
    public static ModelFit fit(final MultilevelSettings settings, final RowSource source, final Progress progress,
        final Warnings warnings) {
        progress.report(0, "Rows and columns");
        final RowSource table = keepsRows(settings) ? source.frame(progress.sub(0, 0.02)) : source;
        final ModelSpecification.Resolved resolved =
            settings.model().resolve(table, settings.options(), progress.sub(0.02, 0.04));
        UnitRoles.requireNotFixed(resolved.formula(), null, "level");
        final ModelDesign design = ModelDesign.of(resolved.source(), resolved.formula(),
            settings.options().withOwnUnit(), List.of(), progress.sub(0.04, 0.09), warnings);
        final MixedDesign mixed =
            MixedDesign.of(resolved.source(), design, part -> resolved.structure().apply(part.term()));
        progress.report(0.09, "Cross-products of the rows");
        final MixedModel model = mixed.model(settings.inference().byUnit(), progress.sub(0.09, 0.15));
        LevelChecks.data(settings.model(), mixed, model, progress.quiet(), warnings);
        progress.report(0.15, "Estimation");
        final MixedFit fit = MixedFit.of(model, settings.estimation(), progress);
        LevelChecks.estimate(design, model, fit, progress.quiet(), warnings);
        progress.report(0.4, "Standard errors and predictions");
        final FittedModel fitted = FittedModel.of(settings, mixed, fit, resolved.structure(), progress, warnings);
        Remarks.add(fitted, warnings);
        return tables(fitted, resolved, progress, warnings);
    }

    /** Whether something is asked for that needs all rows at once. */
    static boolean keepsRows(final MultilevelSettings settings) {
        return settings.inference().varianceIntervals().bootstrap()
            || settings.inference().dfMethod() == DfMethod.CONTAINMENT;
    }

    private static BootstrapIntervals bootstrap(final FittedModel fitted, final List<CovarianceParameterRow> parameters,
        final Progress progress, final Warnings warnings) {
        final IntraclassCorrelations correlations = new IntraclassCorrelations(fitted);
        return BootstrapIntervals.of(fitted.settings().inference().varianceIntervals(),
            fitted.settings().inference().confidence(), new BootstrapIntervals.Reported(
                fitted.mixed().design().fixed().names(), parameters, correlations.names(), fitted.unit()),
            () -> fitted.refits(fitted.fit(), fit -> DoubleStream.concat(ParameterTable.values(fitted, fit),
                Arrays.stream(correlations.at(fitted.parameters(fit)))).toArray(), progress), progress, warnings);
    }

    private static ModelFit tables(final FittedModel fitted, final ModelSpecification.Resolved resolved,
        final Progress progress, final Warnings warnings) {
        progress.report(0.5, "Intervals of the variances");
        final BootstrapIntervals intervals =
            bootstrap(fitted, new ParameterTable(fitted, progress).rows(), progress.sub(0.5, 0.7), warnings);
        progress.report(0.7, "Tests");
        final List<FitStatisticRow> tests = new ArrayList<>(intervals.rows());
        tests.addAll(FixedEffectsTable.tests(fitted.mixed().design().fixed(), fitted.fixed()));
        if (fitted.settings().inference().varianceTests()) {
            tests.addAll(RandomTests.of(fitted, progress.sub(0.7, 0.9), warnings));
        }
        if (fitted.sets() == null) {
            warnings.add("Normalized residuals are left out, for too many units are linked to one another by rows.");
        }
        progress.report(0.92, "Influence of units");
        final List<InfluenceRow> influence = UnitInfluence.of(fitted, progress.sub(0.92, 0.95), warnings);
        progress.report(0.95, "Tables");
        final double confidence = fitted.settings().inference().confidence();
        final List<MeansRow> means = LeastSquaresMeansTable.of(fitted.settings().tables(), fitted.mixed().design(),
            fitted.fixed(), confidence, progress, warnings);
        final ModelTables tables = new ModelTables(
            FixedEffectsTable.of(fitted.mixed().design().fixed(), fitted.fixed(), fitted.mixed().naive(), confidence),
            intervals.parameters(), new BlupTable(fitted), CovarianceMatrices.of(fitted, progress),
            ModelFitTable.of(fitted, resolved, tests, progress, warnings), means, List.of(), List.of());
        progress.report(1, "Tables");
        final ModelTables own = fitted.unit().back(tables).withInfluence(influence);
        return new ModelFit(own, new FittedRows(fitted, resolved.derived())::begin, fitted.mixed().design(),
            () -> StoredFit.of(fitted, resolved, own));
    }
}
