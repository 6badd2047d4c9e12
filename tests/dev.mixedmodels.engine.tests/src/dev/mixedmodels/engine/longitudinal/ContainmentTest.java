package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Degrees of freedom by containment: subjects less one of an intercept and a slope that each subject has its own of. */
class ContainmentTest {
    private static Stream<Double> df(final String formula, final FixedCovariance covariance) {
        final LongitudinalSettings settings = LongitudinalSettings.of(Formula.parse(formula))
            .withInference(i -> i.withDf(DfMethod.CONTAINMENT).withFixedCovariance(covariance));
        return LongitudinalModel.fit(settings,
            Frames.of(TestData.read("sleepstudy"), List.of("Reaction", "Days"), List.of("Subject")), Progress.NONE,
            new Warnings()).tables(Progress.NONE, new Warnings()).fixedEffects().stream().map(FixedEffectRow::df);
    }

    @Test
    void slopesOfSubjects() {
        assertEquals(List.of(17.0, 17.0), df("Reaction ~ Days + (Days | Subject)", FixedCovariance.MODEL).toList());
        assertEquals(List.of(17.0, 161.0), df("Reaction ~ Days + (1 | Subject)", FixedCovariance.CR0).toList());
    }

    @Test
    void withoutRandomEffectsThereIsNothingThatContains() {
        final LongitudinalSettings settings = LongitudinalSettings.of(Formula.parse("y ~ x"))
            .withInference(i -> i.withDf(DfMethod.CONTAINMENT));
        assertTrue(assertThrows(ModelException.class, settings::check).getMessage().contains("no random effects"));
    }
}
