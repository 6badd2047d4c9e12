package dev.mixedmodels.engine.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Centering;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Mode;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons against lme4 and pbkrtest. */
class ModelComparisonTest {
    private static final Golden GOLDEN = Golden.read("compare_lmer");
    private static final Frame SLEEP = Fitted.frame("sleepstudy", "Subject");
    private static final Frame ORTHODONT = Fitted.frame("orthodont", "Subject", "Sex");
    private static final int REPLICATES = 2000;

    private static ModelComparison compare(final Frame data, final StoredModel... models) {
        return ModelComparison.of(List.of(models), ModelComparison.Pairs.ALL,
            data == null ? null : new BootstrapSettings(model -> data, REPLICATES, 1), Progress.NONE, new Warnings());
    }

    private static ComparisonTest test(final ModelComparison comparison, final String name) {
        return comparison.tests().stream().filter(test -> test.test().equals(name)).findFirst().orElseThrow();
    }

    private static StoredModel mixed(final Frame frame, final String formula, final boolean reml, final DfMethod df) {
        return Fitted.multilevel(frame, new ModelSpecification.ByFormula(Formula.parse(formula)), reml, df);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void randomEffectsOfSleepstudy(final boolean reml) {
        final Golden golden = GOLDEN.at(reml ? "sleep_reml" : "sleep_ml");
        final ModelComparison found = compare(null, Fitted.longitudinal(SLEEP, "Reaction ~ Days + (1 | Subject)", reml),
            Fitted.longitudinal(SLEEP, "Reaction ~ Days + (1 + Days || Subject)", reml),
            Fitted.longitudinal(SLEEP, "Reaction ~ Days + (1 + Days | Subject)", reml));
        final double[] aic = golden.at("ri_rsu", "AIC").numbers();
        final double[] bic = golden.at("rsu_rs", "BIC").numbers();
        for (int i = 0; i < 2; i++) {
            assertEquals(aic[i], found.models().get(i).aic(), 1e-6);
            assertEquals(bic[i], found.models().get(i + 1).bic(), 1e-6);
            assertEquals(golden.at("ri_rsu", "npar").numbers()[i], found.models().get(i).parameters());
        }
        assertEquals(aic[0] - aic[1], found.models().get(0).aicDifference(), 1e-6);
        final double weight = found.models().get(0).aicWeight() / found.models().get(1).aicWeight();
        assertEquals(Math.exp((aic[1] - aic[0]) / 2), weight, 1e-6 * weight);
        ratio(golden.at("ri_rsu"), found.tests().get(0), Tail.chiSquare(golden.at("ri_rsu", "chisq").number(), 1) / 2);
        final double both = golden.at("ri_rs", "chisq").number();
        ratio(golden.at("ri_rs"), found.tests().get(1), (Tail.chiSquare(both, 1) + Tail.chiSquare(both, 2)) / 2);
        ratio(golden.at("rsu_rs"), found.tests().get(2), Tail.chiSquare(golden.at("rsu_rs", "chisq").number(), 1));
    }

    private static void ratio(final Golden golden, final ComparisonTest found, final double p) {
        assertEquals("Likelihood ratio", found.test());
        assertEquals(golden.at("chisq").number(), found.statistic(), 1e-6);
        assertEquals(golden.at("df").number(), found.numDf());
        assertEquals(p, found.pValue(), 1e-5 * p);
    }

    private static void fTests(final Golden golden, final Frame frame, final String large, final String small) {
        for (final boolean kenwardRoger : new boolean[] {true, false}) {
            final DfMethod df = kenwardRoger ? DfMethod.KENWARD_ROGER : DfMethod.SATTERTHWAITE;
            final ComparisonTest found =
                test(compare(null, mixed(frame, small, true, df), mixed(frame, large, true, df)), "F");
            final Golden expected = golden.at(kenwardRoger ? "KR" : "SAT");
            assertEquals(expected.at("F").number(), found.statistic(), 1e-5 * expected.at("F").number());
            assertEquals(expected.at("ndf").number(), found.numDf());
            assertEquals(expected.at("ddf").number(), found.denDf(), 1e-3 * expected.at("ddf").number());
            assertEquals(0, Math.log(expected.at("p").number() / found.pValue()), 1e-3);
        }
    }

    /**
     * Restricted fits are fitted by ML again, here and there. pbkrtest leaves ratios of 0 out of its p-value, which belong to
     * the distribution of a variance at its bound: its ratios are counted here.
     */
    private static void bootstrap(final Golden golden, final Frame data, final StoredModel large, final StoredModel small) {
        final ComparisonTest found = test(compare(data, small, large), "Parametric bootstrap");
        assertEquals(golden.at("LRT").number(), found.statistic(), 1e-5);
        final double p = (golden.at("extreme").number() + 1) / (golden.at("nsim").number() + 1);
        final double error = Math.sqrt(p * (1 - p) * (1 / golden.at("nsim").number() + 1.0 / REPLICATES));
        assertEquals(p, found.pValue(), 4 * error + 1.0 / REPLICATES);
    }

    @Test
    void fixedEffectsOfSleepstudy() {
        final String random = " + (1 + Days | Subject)";
        fTests(GOLDEN.at("sleep_days"), SLEEP, "Reaction ~ Days" + random, "Reaction ~ 1" + random);
        fTests(GOLDEN.at("sleep_square"), SLEEP, "Reaction ~ Days + I(Days^2)" + random, "Reaction ~ Days" + random);
        ratio(GOLDEN.at("sleep_days", "ml"), test(compare(null, Fitted.multilevel(SLEEP, "Reaction ~ Days" + random, false),
            Fitted.multilevel(SLEEP, "Reaction ~ 1" + random, false)), "Likelihood ratio"),
            Tail.chiSquare(GOLDEN.at("sleep_days", "ml", "chisq").number(), 1));
        bootstrap(GOLDEN.at("sleep_square", "pb"), SLEEP, Fitted.longitudinal(SLEEP, "Reaction ~ Days + I(Days^2)" + random, true),
            Fitted.longitudinal(SLEEP, "Reaction ~ Days" + random, true));
    }

    @Test
    void interactionsOfOrthodont() {
        fTests(GOLDEN.at("orthodont_sex"), ORTHODONT, "distance ~ age * Sex + (1 | Subject)", "distance ~ age + (1 | Subject)");
        bootstrap(GOLDEN.at("orthodont_sex", "pb"), ORTHODONT,
            Fitted.longitudinal(ORTHODONT, "distance ~ age * Sex + (1 | Subject)", true),
            Fitted.longitudinal(ORTHODONT, "distance ~ age + (1 | Subject)", true));
    }

    @Test
    void fewSubjects() {
        final Frame few = few();
        final Golden golden = GOLDEN.at("few", "test");
        fTests(golden, few, "distance ~ age * Sex + (1 | Subject)", "distance ~ age + (1 | Subject)");
        bootstrap(golden.at("pb"), few, Fitted.multilevel(few, "distance ~ age * Sex + (1 | Subject)", true),
            Fitted.multilevel(few, "distance ~ age + (1 | Subject)", true));
    }

    private static Frame few() {
        final TestData data = TestData.read("orthodont");
        final List<String> subjects = GOLDEN.at("few", "subjects").texts();
        final FrameBuilder builder = new FrameBuilder(0);
        final int distance = builder.addNumeric("distance");
        final int age = builder.addNumeric("age");
        final int subject = builder.addNominal("Subject");
        final int sex = builder.addNominal("Sex");
        for (int i = 0; i < data.rows(); i++) {
            if (subjects.contains(data.strings("Subject")[i])) {
                builder.number(distance, data.numbers("distance")[i]);
                builder.number(age, data.numbers("age")[i]);
                builder.text(subject, data.strings("Subject")[i]);
                builder.text(sex, data.strings("Sex")[i]);
                builder.endRow();
            }
        }
        return builder.build();
    }

    @Test
    void variancesAtTheirBound() {
        bootstrap(GOLDEN.at("sleep_random_pb"), SLEEP, Fitted.longitudinal(SLEEP, "Reaction ~ Days + (1 + Days | Subject)", false),
            Fitted.longitudinal(SLEEP, "Reaction ~ Days + (1 | Subject)", false));
        final Frame pastes = Fitted.frame("pastes", "batch", "cask", "sample");
        final StoredModel large = Fitted.multilevel(pastes, "strength ~ 1 + (1 | batch/cask)", false);
        final StoredModel small = Fitted.multilevel(pastes, "strength ~ 1 + (1 | batch:cask)", false);
        final double ratio = GOLDEN.at("pastes_batch", "ml", "chisq").number();
        ratio(GOLDEN.at("pastes_batch", "ml"), test(compare(null, large, small), "Likelihood ratio"), Tail.chiSquare(ratio, 1) / 2);
        bootstrap(GOLDEN.at("pastes_batch", "pb"), pastes, large, small);
    }

    /** The centred covariate is computed from the table again. */
    @Test
    void centredCovariates() {
        final Frame school = Fitted.frame("egsingle", "schoolid", "childid", "female");
        final ModelComparison found = ModelComparison.of(List.of(Fitted.centred(school),
            Fitted.centred(school, new Centering("year", Mode.WITHIN_AND_BETWEEN, "schoolid"))), ModelComparison.Pairs.ALL,
            new BootstrapSettings(model -> school, 20, 1), Progress.NONE, new Warnings());
        final ComparisonTest drawn = test(found, "Parametric bootstrap");
        assertEquals(test(found, "Likelihood ratio").statistic(), drawn.statistic(), 1e-5);
    }

    @Test
    void otherDataAreRefused() {
        final StoredModel one = Fitted.longitudinal(ORTHODONT, "distance ~ age * Sex + (1 | Subject)", false);
        final StoredModel two = Fitted.longitudinal(ORTHODONT, "distance ~ age + (1 | Subject)", false);
        final ModelException table = assertThrows(ModelException.class, () -> compare(few(), one, two));
        assertTrue(table.getMessage().contains("not the one that Model"), table.getMessage());
        final StoredModel logs = Fitted.longitudinal(ORTHODONT, "log(distance) ~ age + (1 | Subject)", false);
        assertTrue(assertThrows(ModelException.class, () -> compare(null, one, logs)).getMessage().contains("log(distance)"));
        final StoredModel others = two.withRows(new RowFingerprint(one.rows().rows(), new long[] {1, 2}, one.rows().ids()));
        assertTrue(assertThrows(ModelException.class, () -> compare(null, one, others)).getMessage()
            .contains("other values of \"distance\""));
        final Warnings warnings = new Warnings();
        ModelComparison.of(List.of(one, two.withRows(new RowFingerprint(one.rows().rows(), one.rows().responses(),
            new long[] {1, 2}))), ModelComparison.Pairs.ALL, null, Progress.NONE, warnings);
        assertTrue(warnings.list().get(0).contains("other row ids"), warnings.list().toString());
    }
}
