package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A random intercept alone is Random Intercept ANOVA, which is computed from group means in quite another way: estimates,
 * standard errors, degrees of freedom, profile intervals, tests and predictions agree, singular fits included.
 */
class RandomInterceptEquivalenceTest {
    static Stream<Arguments> fits() {
        return Stream.of("dyestuff:Batch:Yield", "dyestuff2:Batch:Yield", "pastes_unbalanced:batch:strength").flatMap(
            data -> Stream.of(Arguments.of(data, true, DfMethod.SATTERTHWAITE),
                Arguments.of(data, true, DfMethod.KENWARD_ROGER), Arguments.of(data, false, DfMethod.SATTERTHWAITE)));
    }

    private static ModelTables longitudinal(final TestData data, final String group, final String response,
        final boolean reml, final DfMethod df) {
        final LongitudinalSettings settings =
            LongitudinalSettings.of(Formula.parse(response + " ~ 1 + (1 | " + group + ")")).withReml(reml)
            .withInference(i -> i.withDf(df));
        return LongitudinalModel.fit(settings, Frames.of(data, List.of(response), List.of(group)), Progress.NONE,
            new Warnings()).tables(Progress.NONE, new Warnings());
    }

    private static ModelTables oneWay(final TestData data, final String group, final String response,
        final boolean reml, final DfMethod df) {
        final String[] groups = data.strings(group);
        final double[] y = data.numbers(response);
        final List<String> levels = new ArrayList<>(new java.util.TreeSet<>(List.of(groups)));
        final GroupStatistics statistics = new GroupStatistics();
        for (int i = 0; i < y.length; i++) {
            statistics.add(levels.indexOf(groups[i]), y[i]);
        }
        final RandomInterceptSettings settings = new RandomInterceptSettings(response, group, reml ? RandomInterceptSettings.Method.REML : RandomInterceptSettings.Method.ML,
            new InferenceSettings(DfMethod.valueOf(df.name()), FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.PROFILE, true), 1);
        return RandomInterceptModel.fit(settings, GroupedData.of(statistics, levels), Progress.NONE, new Warnings())
            .tables();
    }

    private static void near(final double expected, final double actual, final double relative, final double scale) {
        if (Double.isNaN(expected)) {
            assertEquals(expected, actual); // missing in both
        } else {
            assertEquals(expected, actual, relative * Math.max(Math.abs(expected), scale));
        }
    }

    private static FitStatisticRow row(final ModelTables tables, final String statistic) {
        return tables.modelFit().stream().filter(r -> r.statistic().equals(statistic)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("fits")
    void agrees(final String names, final boolean reml, final DfMethod df) {
        final String[] parts = names.split(":");
        final TestData data = TestData.read(parts[0]);
        final ModelTables ours = longitudinal(data, parts[1], parts[2], reml, df);
        final ModelTables theirs = oneWay(data, parts[1], parts[2], reml, df);
        for (final String statistic : List.of("-2 Log Likelihood", "AIC", "BIC", "Singular", "R2 Conditional")) {
            near(row(theirs, statistic).value(), row(ours, statistic).value(), 1e-9, 1e-6);
        }
        final FitStatisticRow theirTest = row(theirs, "Likelihood Ratio " + parts[1]);
        final FitStatisticRow ourTest = row(ours, "Random " + parts[1]);
        near(theirTest.value(), ourTest.value(), 1e-7, 1e-2);
        near(theirTest.pValue(), ourTest.pValue(), 1e-6, 0);
        final FixedEffectRow a = theirs.fixedEffects().get(0);
        final FixedEffectRow b = ours.fixedEffects().get(0);
        near(a.estimate(), b.estimate(), 1e-10, 0);
        near(a.stdError(), b.stdError(), 1e-7, 0);
        near(a.df(), b.df(), 1e-6, 0);
        near(a.pValue(), b.pValue(), 1e-6, 0);
        near(a.naiveStdError(), b.naiveStdError(), 1e-10, 0);
        for (int k = 0; k < 2; k++) {
            final CovarianceParameterRow v = theirs.covarianceParameters().get(k);
            final CovarianceParameterRow w = ours.covarianceParameters().get(k);
            near(v.estimate(), w.estimate(), 1e-7, 1e-12);
            near(v.stdError(), w.stdError(), 1e-6, 0);
            near(v.lower(), w.lower(), 1e-6, 1e-9);
            near(v.upper(), w.upper(), 1e-6, 0);
            near(v.share(), w.share(), 1e-7, 1e-12);
            assertEquals(v.onBoundary(), w.onBoundary());
        }
        final List<BlupRow> blups = new ArrayList<>();
        ours.blups().forEach(blups::add);
        int i = 0;
        for (final BlupRow expected : theirs.blups()) {
            final BlupRow actual = blups.get(i++);
            assertEquals(expected.level(), actual.level());
            near(expected.blup(), actual.blup(), 1e-7, 1e-6);
            near(expected.stdError(), actual.stdError(), 1e-7, 1e-6);
            near(expected.conditionalStdDev(), actual.conditionalStdDev(), 1e-7, 1e-6);
            near(expected.coefficientStdError(), actual.coefficientStdError(), 1e-7, 1e-6);
        }
    }
}
