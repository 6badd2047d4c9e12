package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.FormulaBuilder;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredResidual;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.Arrays;
import java.util.List;

/** A fitted model without its data, in the unit of the group statistics. */
final class StoredFit {
    private StoredFit() {
    }

    static StoredModel of(final OneWayFit fit, final FixedInference inference, final BlupPredictor predictor,
        final ModelTables tables) {
        final RandomInterceptSettings settings = fit.settings();
        final GroupStatistics statistics = fit.data().statistics();
        final int[] groups = fit.data().groups();
        final double unit = fit.classes().unit();
        final VarianceEstimates e = fit.estimates();
        final double mean = fit.anova().grandMean() + (fit.anova().grandMeanLow() + e.mean() * unit);
        final int[] rows = new int[groups.length];
        final double[] blup = new double[groups.length];
        final float[] half = new float[groups.length];
        final float[] onMean = new float[groups.length];
        for (int i = 0; i < groups.length; i++) {
            rows[i] = (int) statistics.n(groups[i]);
            blup[i] = predictor.blup(groups[i]);
            final double size = statistics.size(groups[i]);
            onMean[i] = (float) e.reliability(size);
            half[i] = (float) (unit * Math.sqrt(e.sigma2() * e.tau2() / (e.tau2() + size * e.sigma2())));
        }
        final StoredUnits units = new StoredUnits(settings.group(), new int[] {0},
            List.of(RandomStructure.UNSTRUCTURED), List.of("(Intercept)"), new double[][] {{e.sigma2() * unit * unit}},
            blup, half, onMean, rows,
            List.of());
        return new StoredModel(ModelKind.RANDOM_INTERCEPT, settings.inference().confidence(),
            settings.method() == Method.REML, fit.anova().unit().exponent(), design(settings, groups, fit.data()),
            inference.stored().rescaled(new double[] {mean}, unit), List.of(units),
            StoredResidual.of(e.tau2() * unit * unit), null, List.of(), List.of(), null,
            StoredModel.Tables.of(tables), null);
    }

    private static StoredDesign design(final RandomInterceptSettings settings, final int[] groups,
        final GroupedData data) {
        final Formula formula = new FormulaBuilder(settings.response())
            .random(new TermList(true, List.of()), Grouping.of(settings.group()), true).build();
        final List<String> levels = Arrays.stream(groups).mapToObj(data.levels()::get).toList();
        return new StoredDesign(formula, Coding.TREATMENT, List.of(), List.of(),
            List.of(new StoredDesign.Levels(settings.group(), levels, 0, null)), List.of(), List.of(), List.of(), 0, 1,
            new int[] {0}, new double[][] {null}, new double[] {0}, new double[][] {{1}}, null,
            data.statistics().weights() == null ? null : data.statistics().weights().column());
    }
}
