package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.Contrast;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.model.ModelFile;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sandwich standard errors of all models, against one another and against clubSandwich. */
class RobustModelsTest {
    private static final Set<FixedCovariance> SANDWICHES = EnumSet.complementOf(EnumSet.of(FixedCovariance.MODEL));
    /** What two optimiser runs leave between the models. */
    private static final double SAME = 1e-6;

    private static Frame frame(final TestData data, final Set<String> nominal, final IntPredicate row) {
        final FrameBuilder builder = new FrameBuilder(0);
        for (final String name : data.names()) {
            if (nominal.contains(name)) {
                builder.addNominal(name);
            } else if (!name.equals("site")) {
                builder.addNumeric(name);
            }
        }
        for (int i = 0; i < data.rows(); i++) {
            int column = 0;
            for (final String name : data.names()) {
                if (!row.test(i) || !nominal.contains(name) && name.equals("site")) {
                    continue;
                }
                final String cell = data.strings(name)[i];
                if (nominal.contains(name)) {
                    builder.text(column++, cell);
                } else {
                    builder.number(column++, Double.parseDouble(cell));
                }
            }
            if (row.test(i)) {
                builder.endRow();
            }
        }
        return builder.build();
    }

    private static Frame simulated(final int subjects, final double effect) {
        final Random random = new Random(31);
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int arm = builder.addNominal("arm");
        final int subject = builder.addNominal("subject");
        final int site = builder.addNominal("site");
        final int rater = builder.addNominal("rater");
        final int visit = builder.addInteger("visit");
        for (int s = 0; s < subjects; s++) {
            final double level = effect * random.nextGaussian();
            for (int v = 1; v <= 5; v++) {
                if (random.nextDouble() < 0.8) {
                    final double value = random.nextGaussian();
                    builder.number(y, 100 + level + 0.5 * value + s % 2 + random.nextGaussian() * (1 + s % 3));
                    builder.number(x, value);
                    builder.text(arm, s % 2 == 0 ? "a" : "b");
                    builder.text(subject, "s" + s);
                    builder.text(site, "c" + s / 4);
                    builder.text(rater, "r" + random.nextInt(4));
                    builder.integer(visit, v);
                    builder.endRow();
                }
            }
        }
        return builder.build();
    }

    private static ModelTables longitudinal(final String formula, final String time, final Frame frame,
        final ResidualStructure residual, final String subject, final FixedCovariance kind, final DfMethod df) {
        final LongitudinalSettings settings = LongitudinalSettings.of(Formula.parse(formula))
            .withResidual(residual, time, subject)
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false).withDf(df).withFixedCovariance(kind));
        return LongitudinalModel.fit(settings, frame, Progress.NONE, new Warnings())
            .tables(Progress.NONE, new Warnings());
    }

    private static ModelFit multilevel(final String formula, final Frame frame, final FixedCovariance kind,
        final DfMethod df, final Warnings warnings) {
        return MultilevelModel.fit(MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula)))
            .withInference(i -> i.withDf(df).withFixedCovariance(kind).withVariances(VarianceIntervals.NONE, false)), frame,
            Progress.NONE, warnings);
    }

    private static ModelTables marginal(final String formula, final Frame frame, final FixedCovariance kind,
        final DfMethod df) {
        return MarginalModel.fit(MarginalSettings
            .of(Formula.parse(formula), new MarginalSettings.Layout("subject", "visit", null, null),
                VisitStructure.COMPOUND_SYMMETRY)
            .withInference(i -> i.withDf(df).withFixedCovariance(kind).withVariances(VarianceIntervals.NONE, false)),
            frame, Progress.NONE, new Warnings()).tables();
    }

    private static void assertSame(final ModelTables expected, final ModelTables actual, final String what) {
        for (int i = 0; i < expected.fixedEffects().size(); i++) {
            final FixedEffectRow e = expected.fixedEffects().get(i);
            final FixedEffectRow a = actual.fixedEffects().get(i);
            assertEquals(e.stdError(), a.stdError(), SAME * e.stdError(), what + e.term());
            assertEquals(1 / e.df(), 1 / a.df(), SAME / e.df(), what + e.term());
        }
    }

    @ParameterizedTest
    @EnumSource(value = DfMethod.class, names = {"SATTERTHWAITE", "RESIDUAL", "ASYMPTOTIC"})
    void aRandomInterceptIsCompoundSymmetry(final DfMethod df) {
        final Frame frame = simulated(24, 1.5);
        for (final FixedCovariance kind : SANDWICHES) {
            final ModelTables marginal = marginal("y ~ x * arm", frame, kind, df);
            final String mixed = "y ~ x * arm + (1 | subject)";
            assertSame(marginal, longitudinal(mixed, null, frame, ResidualStructure.INDEPENDENT, null, kind, df), kind + " ");
            assertSame(marginal, longitudinal("y ~ x * arm", null, frame, ResidualStructure.COMPOUND_SYMMETRY, "subject",
                kind, df), kind + " ");
            assertSame(marginal, multilevel(mixed, frame, kind, df, new Warnings()).tables(), kind + " ");
        }
    }

    /** One factor is computed by rotation, several from blocked cross-products: a second factor of no weight joins them. */
    @Test
    void nestedLevelsAreClusteredByTheOutermost() {
        final Frame frame = simulated(40, 1.5);
        for (final FixedCovariance kind : SANDWICHES) {
            final ModelTables inner =
                multilevel("y ~ x * arm + (1 | site/subject)", frame, kind, DfMethod.SATTERTHWAITE, new Warnings()).tables();
            final ModelTables other = multilevel("y ~ x * arm + (1 | site:subject) + (1 | site)", frame, kind,
                DfMethod.SATTERTHWAITE, new Warnings()).tables();
            assertSame(inner, other, kind + " ");
            final String note = inner.modelFit().stream().filter(row -> row.statistic().equals("Method")).findFirst()
                .orElseThrow().note();
            assertTrue(note.contains("over the levels of site"), note);
        }
    }

    /** clubSandwich's CR2 takes another root of the working covariance, see doc/sandwich.md. */
    private static void compare(final String id, final ModelTables tables, final FixedCovariance kind) {
        final Golden golden =
            Golden.read("robust_sandwich").at(id, "robust", kind == FixedCovariance.CR2 ? "CR2_whitened" : kind.name());
        for (int i = 0; i < tables.fixedEffects().size(); i++) {
            final FixedEffectRow row = tables.fixedEffects().get(i);
            final double stdError = golden.at("se").numbers()[i];
            final double df = golden.at("df").numbers()[i];
            assertEquals(stdError, row.stdError(), 1e-5 * stdError, id + kind + row.term());
            assertEquals(df, row.df(), 1e-3 * df, id + kind + row.term());
        }
    }

    @ParameterizedTest
    @EnumSource(value = FixedCovariance.class, names = "MODEL", mode = EnumSource.Mode.EXCLUDE)
    void clubSandwichAgrees(final FixedCovariance kind) {
        final TestData arms = TestData.read("threearms");
        final Frame three = frame(arms, Set.of("id", "arm"), i -> true);
        final String formula = Golden.read("robust_sandwich").at("threearms", "formula").text();
        compare("threearms", longitudinal(formula, null, three, ResidualStructure.INDEPENDENT, null, kind,
            DfMethod.SATTERTHWAITE), kind);
        compare("threearms", multilevel(formula, three, kind, DfMethod.SATTERTHWAITE, new Warnings()).tables(), kind);
        compare("ovary", longitudinal("follicles ~ sin2pit + cos2pit + (1 | Mare)", "index",
            frame(TestData.read("ovary"), Set.of("Mare"), i -> true), ResidualStructure.AR1, null, kind,
            DfMethod.SATTERTHWAITE), kind);
        final TestData all = TestData.read("egsingle");
        final int[] schools = Arrays.stream(all.strings("schoolid")).mapToInt(Integer::parseInt).toArray();
        final int last = Arrays.stream(schools).distinct().sorted().toArray()[19];
        compare("egsingle", multilevel(Golden.read("robust_sandwich").at("egsingle", "formula").text(),
            frame(all, Set.of("schoolid", "childid", "female"), i -> schools[i] <= last), kind, DfMethod.SATTERTHWAITE,
            new Warnings()).tables(), kind);
    }

    @Test
    void aStoredModelGivesTheSameDegreesOfFreedom() throws IOException {
        final ModelFit fit = multilevel("y ~ x * arm + (1 | site/subject)", simulated(40, 1.5), FixedCovariance.CR2,
            DfMethod.SATTERTHWAITE, new Warnings());
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(fit.model().get(), out);
        final FixedInference stored = ModelFile.read(new ByteArrayInputStream(out.toByteArray())).fixedInference();
        for (int k = 0; k < 4; k++) {
            final double[] unit = new double[4];
            unit[k] = 1;
            final FixedEffectRow row = fit.tables().fixedEffects().get(k);
            assertEquals(row.df(), Contrast.of(stored, unit, 0.95).df(), 1e-12 * row.df());
            assertEquals(row.t(), Contrast.of(stored, unit, 0.95).t(), 1e-12 * Math.abs(row.t()));
        }
    }

    @Test
    void threadsChangeNothing() throws Exception {
        final Frame frame = simulated(1500, 1.5);
        final double[][] errors = new double[2][];
        for (int i = 0; i < 2; i++) {
            final ForkJoinPool pool = new ForkJoinPool(1 + 3 * i);
            errors[i] = pool.submit(() -> multilevel("y ~ x * arm + (1 | site/subject)", frame, FixedCovariance.CR2,
                DfMethod.SATTERTHWAITE, new Warnings()).tables().fixedEffects().stream()
                .flatMapToDouble(row -> Arrays.stream(new double[] {row.stdError(), row.df()})).toArray()).get();
            pool.shutdown();
        }
        assertArrayEquals(errors[0], errors[1]);
    }

    @Test
    void crossedLevelsHaveNoClusters() {
        final String message = assertThrows(ModelException.class, () -> multilevel("y ~ x + (1 | subject) + (1 | rater)",
            simulated(24, 1), FixedCovariance.CR2, DfMethod.SATTERTHWAITE, new Warnings())).getMessage();
        assertTrue(message.contains("\"subject\" and \"rater\" do not lie within one of them"), message);
    }

    @Test
    void kenwardRogerIsRefused() {
        final String message = assertThrows(ModelException.class, () -> LongitudinalSettings
            .of(Formula.parse("y ~ x + (1 | subject)"))
            .withInference(i -> i.withDf(DfMethod.KENWARD_ROGER).withFixedCovariance(FixedCovariance.CR1))).getMessage();
        assertTrue(message.contains("\"Sandwich CR1\""), message);
        assertThrows(ModelException.class, () -> InferenceSettings.DEFAULT.withFixedCovariance(FixedCovariance.CR0)
            .withDf(DfMethod.KENWARD_ROGER_LINEAR));
    }

    /** x varies in one subject only. */
    @Test
    void aUnitThatDeterminesACoefficientIsNamed() {
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int subject = builder.addNominal("subject");
        final Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            builder.number(y, i / 5 + random.nextGaussian());
            builder.number(x, i / 5 == 3 ? i : 0);
            builder.text(subject, "s" + i / 5);
            builder.endRow();
        }
        final Frame frame = builder.build();
        final Warnings warnings = new Warnings();
        for (final FixedCovariance kind : SANDWICHES) {
            final ModelFit fit = multilevel("y ~ x + (1 | subject)", frame, kind, DfMethod.SATTERTHWAITE, warnings);
            final boolean corrected = kind == FixedCovariance.CR2 || kind == FixedCovariance.CR3;
            assertEquals(corrected, Double.isNaN(fit.tables().fixedEffects().get(1).stdError()), kind.toString());
            assertEquals(corrected, Double.isNaN(fit.model().get().fixedInference().variance(new double[] {0, 1})));
            assertTrue(Double.isNaN(fit.tables().fixedEffects().get(1).pValue()) == corrected);
            assertTrue(fit.tables().fixedEffects().get(0).stdError() > 0);
        }
        assertTrue(warnings.list().stream().anyMatch(text -> text.contains("\"s3\" of \"subject\" the fixed "
            + "effect x would not be known")), warnings.list().toString());
    }

    @Test
    void fewUnitsAreSaid() {
        final Warnings warnings = new Warnings();
        multilevel("y ~ x * arm + (1 | subject)", simulated(4, 1), FixedCovariance.CR0, DfMethod.SATTERTHWAITE, warnings);
        assertTrue(warnings.list().stream().anyMatch(text -> text.contains("4 levels of \"subject\" for 4 fixed effects")),
            warnings.list().toString());
    }
}
