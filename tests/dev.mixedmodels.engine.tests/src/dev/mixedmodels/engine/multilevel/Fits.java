package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.EstimationMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.multilevel.MultilevelSettings.Inference;
import dev.mixedmodels.engine.multilevel.MultilevelSettings.Means;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Set;

/** Fits of small tables and what stands in their tables. */
final class Fits {
    /** REML, Satterthwaite, neither intervals nor tests of random terms. */
    static final Inference QUICK = inference(EstimationMethod.REML, DfMethod.SATTERTHWAITE);
    static final Inference ML = inference(EstimationMethod.ML, DfMethod.SATTERTHWAITE);
    /** As the node has it unless told otherwise. */
    static final Inference DEFAULT = Inference.DEFAULT;

    private Fits() {
    }

    static Inference inference(final EstimationMethod method, final DfMethod df) {
        return new Inference(method, df, FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.NONE, false);
    }

    static Frame frame(final String data, final String... nominal) {
        return GoldenFrame.of(TestData.read(data), Set.of(nominal));
    }

    static MultilevelFit fit(final String formula, final Frame frame, final Inference inference) {
        return fit(formula, frame, inference, DesignOptions.DEFAULT, new Warnings());
    }

    static MultilevelFit fit(final String formula, final Frame frame, final Inference inference,
        final DesignOptions options, final Warnings warnings) {
        return MultilevelModel.fit(new MultilevelSettings(new ModelSpecification.ByFormula(Formula.parse(formula)),
            options, inference, new Means(null, null, Adjustment.NONE), null, 100, 1e-12), frame, Progress.NONE, warnings);
    }

    static FitStatisticRow statistic(final MultilevelFit fit, final String name) {
        return fit.tables().modelFit().stream().filter(row -> row.statistic().equals(name)).findFirst().orElseThrow(
            () -> new AssertionError(name + " is not in Model fit"));
    }

    static CovarianceParameterRow parameter(final MultilevelFit fit, final String group, final String name) {
        return fit.tables().covarianceParameters().stream()
            .filter(row -> row.group().equals(group) && row.parameter().equals(name)).findFirst().orElseThrow(
                () -> new AssertionError(group + " " + name + " is not among the covariance parameters"));
    }
}
