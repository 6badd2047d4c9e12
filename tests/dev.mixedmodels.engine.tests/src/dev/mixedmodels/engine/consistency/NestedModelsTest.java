package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The models contain one another: what two of them call by different names must come out the same. Each has an engine
 * and an optimiser run of its own, so estimates agree to 1e-7 of themselves or of their standard error, and -2 log
 * likelihoods, which are flat at the optimum, to 1e-9.
 */
class NestedModelsTest {
    private static final double LIKELIHOOD = 1e-9;
    private static final double ESTIMATE = 1e-7;
    /** Degrees of freedom depend on second derivatives. */
    private static final double DF = 1e-5;

    private static final int SUBJECTS = 24;
    private static final int VISITS = 5;

    /** Unbalanced repeated measures; effect is the standard deviation of the subjects' own levels. */
    private static Frame frame(final double effect, final long seed) {
        final Random random = new Random(seed);
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int arm = builder.addNominal("arm");
        final int subject = builder.addNominal("subject");
        final int visit = builder.addInteger("visit");
        for (int s = 0; s < SUBJECTS; s++) {
            final double level = effect * random.nextGaussian();
            for (int v = 1; v <= VISITS; v++) {
                final double value = random.nextGaussian();
                final double noise = random.nextGaussian();
                if (random.nextDouble() < 0.8) {
                    builder.number(y, 10 + level + 0.5 * value + s % 2 + noise);
                    builder.number(x, value);
                    builder.text(arm, s % 2 == 0 ? "a" : "b");
                    builder.text(subject, "s" + s);
                    builder.integer(visit, v);
                    builder.endRow();
                }
            }
        }
        return builder.build();
    }

    private static ModelTables longitudinal(final String formula, final Frame frame, final boolean reml,
        final ResidualStructure residual) {
        final LongitudinalSettings d = LongitudinalSettings.of(Formula.parse(formula));
        final LongitudinalSettings settings = d.withResidual(residual, null, "subject").withReml(reml);
        return LongitudinalModel.fit(settings, frame, Progress.NONE, new Warnings())
            .tables(Progress.NONE, new Warnings());
    }

    private static ModelTables multilevel(final String formula, final Frame frame, final boolean reml) {
        return MultilevelModel.fit(
            MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula))).withReml(reml),
            frame, Progress.NONE, new Warnings()).tables();
    }

    private static ModelTables marginal(final String formula, final Frame frame, final boolean reml,
        final VisitStructure structure) {
        return MarginalModel.fit(
            MarginalSettings
                .of(Formula.parse(formula), new MarginalSettings.Layout("subject", "visit", null, null), structure)
                .withReml(reml),
            frame, Progress.NONE, new Warnings()).tables();
    }

    private static double statistic(final ModelTables tables, final String name) {
        return tables.modelFit().stream().filter(row -> row.statistic().equals(name)).findFirst().orElseThrow()
            .value();
    }

    private static void assertSame(final ModelTables expected, final ModelTables actual) {
        final double deviance = statistic(expected, "-2 Log Likelihood");
        assertEquals(deviance, statistic(actual, "-2 Log Likelihood"), LIKELIHOOD * Math.max(1, Math.abs(deviance)));
        assertEquals(expected.fixedEffects().size(), actual.fixedEffects().size());
        for (int i = 0; i < expected.fixedEffects().size(); i++) {
            final FixedEffectRow e = expected.fixedEffects().get(i);
            final FixedEffectRow a = actual.fixedEffects().get(i);
            assertEquals(e.term(), a.term());
            assertEquals(e.estimate(), a.estimate(), ESTIMATE * e.stdError(), e.term());
            assertEquals(e.stdError(), a.stdError(), ESTIMATE * e.stdError(), e.term());
            assertEquals(e.df(), a.df(), DF * e.df(), e.term());
            assertEquals(e.naiveStdError(), a.naiveStdError(), 1e-10 * e.naiveStdError());
        }
    }

    @Test
    void aRandomInterceptIsCompoundSymmetryOfNonNegativeCovariance() {
        for (final boolean reml : new boolean[] {true, false}) {
            final Frame frame = frame(1.5, 7);
            final ModelTables random = longitudinal("y ~ x * arm + (1 | subject)", frame, reml,
                ResidualStructure.INDEPENDENT);
            assertSame(random, marginal("y ~ x * arm", frame, reml, VisitStructure.COMPOUND_SYMMETRY));
            assertSame(random, longitudinal("y ~ x * arm", frame, reml, ResidualStructure.COMPOUND_SYMMETRY));
            assertSame(random, multilevel("y ~ x * arm + (1 | subject)", frame, reml));
        }
    }

    @Test
    void randomSlopesAreTheSameInTheLongitudinalAndTheMultilevelModel() {
        for (final String terms : List.of("(1 + x | subject)", "(1 + x || subject)")) {
            for (final boolean reml : new boolean[] {true, false}) {
                final Frame frame = frame(1.5, 8);
                assertSame(longitudinal("y ~ x + arm + " + terms, frame, reml, ResidualStructure.INDEPENDENT),
                    multilevel("y ~ x + arm + " + terms, frame, reml));
            }
        }
    }

    @Test
    void oneLevelAndOneMeanIsTheRandomInterceptAnova() {
        final Frame frame = frame(1, 9);
        for (final boolean reml : new boolean[] {true, false}) {
            final GroupStatistics statistics = new GroupStatistics();
            final List<String> levels = new ArrayList<>();
            for (int row = 0; row < frame.rows(); row++) {
                final String name =
                    ((NominalColumn) frame.column("subject")).text(row);
                if (!levels.contains(name)) {
                    levels.add(name);
                }
                statistics.add(levels.indexOf(name), frame.column("y").value(row));
            }
            final ModelTables oneWay = RandomInterceptModel
                .fit(RandomInterceptSettings.of("y", "subject", reml ? Method.REML : Method.ML),
                    GroupedData.of(statistics, levels), Progress.NONE, new Warnings())
                .tables();
            assertSame(oneWay, longitudinal("y ~ 1 + (1 | subject)", frame, reml, ResidualStructure.INDEPENDENT));
            assertSame(oneWay, multilevel("y ~ 1 + (1 | subject)", frame, reml));
            for (int i = 0; i < 2; i++) {
                final double variance = oneWay.covarianceParameters().get(i).estimate();
                assertEquals(variance,
                    multilevel("y ~ 1 + (1 | subject)", frame, reml).covarianceParameters().get(i).estimate(),
                    ESTIMATE * variance);
            }
        }
    }

    @Test
    void independentVisitsAreOrdinaryLeastSquares() {
        final Frame frame = frame(1, 10);
        final ModelTables tables = marginal("y ~ x + arm", frame, true, VisitStructure.INDEPENDENT);
        for (final FixedEffectRow row : tables.fixedEffects()) {
            assertEquals(row.naiveEstimate(), row.estimate(), 1e-12 * Math.abs(row.estimate()));
            assertEquals(row.naiveStdError(), row.stdError(), 1e-12 * row.stdError());
            assertEquals(frame.rows() - 3, row.df(), 1e-6); // Satterthwaite
            assertEquals(1, row.designEffect(), 1e-12);
        }
    }

    @Test
    void compoundSymmetryGoesOnWhereTheRandomInterceptStopsAtZero() {
        for (long seed = 11;; seed++) { // the first set whose rows of a subject are negatively correlated
            final Frame frame = frame(0, seed);
            final ModelTables marginal = marginal("y ~ x", frame, true, VisitStructure.COMPOUND_SYMMETRY);
            final ModelTables random =
                longitudinal("y ~ x + (1 | subject)", frame, true, ResidualStructure.INDEPENDENT);
            if (statistic(random, "Singular") == 1) {
                assertTrue(statistic(marginal, "-2 Log Likelihood") < statistic(random, "-2 Log Likelihood"));
                assertTrue(marginal.covarianceParameters().stream().anyMatch(row -> row.estimate() < 0));
                assertTrue(marginal.modelFit().stream().anyMatch(row -> row.note().contains("no model with a random")));
                final ModelTables independent = marginal("y ~ x", frame, true, VisitStructure.INDEPENDENT);
                assertEquals(statistic(independent, "-2 Log Likelihood"), statistic(random, "-2 Log Likelihood"),
                    1e-7);
                return;
            }
        }
    }
}
