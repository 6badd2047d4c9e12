package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Fits of small tables and what stands in their tables. */
final class Fits {
    /** REML, Satterthwaite, neither intervals nor tests of random terms. */
    static final UnaryOperator<MultilevelSettings> QUICK = df(DfMethod.SATTERTHWAITE);
    static final UnaryOperator<MultilevelSettings> ML = settings -> QUICK.apply(settings).withReml(false);
    /** As the node has it unless told otherwise. */
    static final UnaryOperator<MultilevelSettings> DEFAULT = UnaryOperator.identity();

    private Fits() {
    }

    static UnaryOperator<MultilevelSettings> df(final DfMethod df) {
        return settings -> settings.withInference(i -> i.withDf(df).withVariances(VarianceIntervals.NONE, false));
    }

    static Frame frame(final String data, final String... nominal) {
        return GoldenFrame.of(TestData.read(data), Set.of(nominal));
    }

    static ModelFit fit(final String formula, final Frame frame, final UnaryOperator<MultilevelSettings> how) {
        return fit(formula, frame, how, DesignOptions.DEFAULT, new Warnings());
    }

    static ModelFit fit(final String formula, final Frame frame, final UnaryOperator<MultilevelSettings> how,
        final DesignOptions options, final Warnings warnings) {
        return MultilevelModel.fit(how.apply(MultilevelSettings.of(
            new ModelSpecification.ByFormula(Formula.parse(formula))).withOptions(options)), frame, Progress.NONE, warnings);
    }

    static FitStatisticRow statistic(final ModelFit fit, final String name) {
        return fit.tables().modelFit().stream().filter(row -> row.statistic().equals(name)).findFirst().orElseThrow(
            () -> new AssertionError(name + " is not in Model fit"));
    }

    static CovarianceParameterRow parameter(final ModelFit fit, final String group, final String name) {
        return fit.tables().covarianceParameters().stream()
            .filter(row -> row.group().equals(group) && row.parameter().equals(name)).findFirst().orElseThrow(
                () -> new AssertionError(group + " " + name + " is not among the covariance parameters"));
    }
}
