package dev.mixedmodels.engine.consistency;


import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Models with bootstrapped intervals.
 *
 * @param method of estimation
 * @param replicates drawn responses
 * @param seed of the random numbers
 * @param tests whether random terms are tested
 * @param weights column of weights; null for none
 * @param maxIterations of each search
 * @param warnings of the runs
 */
record Bootstraps(Method method, int replicates, long seed, boolean tests, String weights, int maxIterations,
    Warnings warnings) {

    static Bootstraps of(final int replicates, final long seed) {
        return new Bootstraps(Method.REML, replicates, seed, false, null, 100, new Warnings());
    }

    Bootstraps with(final Method other) {
        return new Bootstraps(other, replicates, seed, tests, weights, maxIterations, warnings);
    }

    Bootstraps withTests() {
        return new Bootstraps(method, replicates, seed, true, weights, maxIterations, warnings);
    }

    Bootstraps withWeights(final String column) {
        return new Bootstraps(method, replicates, seed, tests, column, maxIterations, warnings);
    }

    Bootstraps withIterations(final int most) {
        return new Bootstraps(method, replicates, seed, tests, weights, most, warnings);
    }

    private VarianceIntervals intervals() {
        return VarianceIntervals.bootstrap(replicates, seed);
    }

    static Frame data(final String name) {
        return GoldenFrame.of(TestData.read(name), switch (name) {
            case "sleepstudy" -> Set.of("Subject");
            case "penicillin" -> Set.of("plate", "sample");
            case "orthodont" -> Set.of("Subject", "Sex");
            default -> name.startsWith("pastes") ? Set.of("batch", "cask", "sample") : Set.of("Batch");
        });
    }

    ModelTables longitudinal(final String formula, final Frame frame) {
        return longitudinal(LongitudinalSettings.of(Formula.parse(formula)), frame);
    }

    ModelTables longitudinal(final String formula, final Frame frame, final ResidualStructure residual, final String time,
        final String subject) {
        return longitudinal(LongitudinalSettings.of(Formula.parse(formula)).withResidual(residual, time, subject), frame);
    }

    ModelTables longitudinal(final LongitudinalSettings settings, final Frame frame) {
        return LongitudinalModel.fit(settings.withReml(method == Method.REML).withOptions(DesignOptions.DEFAULT.withWeights(weights))
            .withInference(i -> i.withVariances(intervals(), tests)), frame, Progress.NONE, warnings)
            .tables(Progress.NONE, warnings);
    }

    ModelTables multilevel(final String formula, final Frame frame) {
        return MultilevelModel.fit(MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula)))
            .withOptions(DesignOptions.DEFAULT.withWeights(weights))
            .withEstimation(e -> new EstimationSettings(method == Method.REML, maxIterations, 1e-12))
            .withInference(i -> i.withVariances(intervals(), tests)), frame, Progress.NONE, warnings).tables();
    }

    ModelTables oneWay(final String response, final String group, final Frame frame) {
        final GroupStatistics statistics = weights == null ? new GroupStatistics() : GroupStatistics.weighted(weights);
        final List<String> levels = new ArrayList<>();
        for (int row = 0; row < frame.rows(); row++) {
            final String name = ((NominalColumn) frame.column(group)).text(row);
            if (!levels.contains(name)) {
                levels.add(name);
            }
            if (weights == null) {
                statistics.add(levels.indexOf(name), frame.column(response).value(row));
            } else {
                statistics.add(levels.indexOf(name), frame.column(response).value(row), frame.column(weights).value(row));
            }
        }
        return RandomInterceptModel.fit(new RandomInterceptSettings(response, group, method,
            new InferenceSettings(DfMethod.ASYMPTOTIC, FixedCovariance.MODEL, InfluenceMethod.NONE, 95, intervals(), tests), 1), GroupedData.of(statistics, levels), Progress.NONE, warnings)
            .tables();
    }

    static FitStatisticRow row(final ModelTables tables, final String statistic) {
        return tables.modelFit().stream().filter(r -> r.statistic().equals(statistic)).findFirst().orElseThrow();
    }

    static double figure(final ModelTables tables, final String name) {
        return row(tables, "Bootstrap " + name).value();
    }

    static CovarianceParameterRow parameter(final ModelTables tables, final String name) {
        return tables.covarianceParameters().stream().filter(r -> r.parameter().equals(name)).findFirst().orElseThrow();
    }

    /** Everything that comes of the bootstrap, as the text of its numbers. */
    static List<String> bits(final ModelTables tables) {
        final List<String> found = new ArrayList<>();
        tables.modelFit().stream().filter(r -> r.statistic().startsWith("Bootstrap"))
            .forEach(r -> found.add(r.statistic() + " " + r.value() + " " + r.pValue()));
        tables.covarianceParameters().forEach(r -> found.add(r.parameter() + " " + r.lower() + " " + r.upper()));
        return found;
    }
}
