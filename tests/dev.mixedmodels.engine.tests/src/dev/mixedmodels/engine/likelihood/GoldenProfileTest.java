package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.testing.Golden;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Profile intervals against lme4, which profiles the ML criterion, and so against ML fits only. */
class GoldenProfileTest {

    @ParameterizedTest
    @ValueSource(strings = {"long_sleep_ri_ml", "long_sleep_rs_ml", "long_sleep_rsu_ml", "long_orthodont_ri_ml",
        "long_orthodont_rs_ml", "long_orthodont_rsc_ml", "ml_pastes_nested_ml", "crossed_penicillin_ml"})
    void profileBoundsEqualTheReference(final String id) {
        final Golden golden = Golden.read(id);
        final ModelDesign design = ModelDesign.of(GoldenFrame.of(golden),
            Formula.parse(golden.at("model", "r_formula").text()), GoldenFrame.options(golden), new Warnings());
        final MixedDesign mixed = MixedDesign.of(design.rows().frame(), design, term -> RandomStructure.UNSTRUCTURED);
        final MixedFit fit = MixedFit.of(mixed.model(false, Progress.NONE),
            new EstimationSettings(false, 100, 1e-12), Progress.NONE);
        final MixedProfile profile = new MixedProfile(MixedInference.of(fit, Progress.NONE), 0.95);
        final Golden bounds = golden.at("profile_ci95");
        final List<String> names = bounds.at("parameters").texts();
        for (int i = 0; i < names.size(); i++) {
            final ProfileBounds own = bounds(names.get(i), mixed, profile);
            if (own != null) {
                final boolean correlation = names.get(i).startsWith("cor");
                final double lower = bounds.at("lower").numbers()[i];
                final double upper = bounds.at("upper").numbers()[i];
                final double tolerance = 1e-4 * Math.max(upper, upper - lower);
                assertEquals(lower, correlation ? own.lower() : Math.sqrt(own.lower()), tolerance, id + names.get(i));
                assertEquals(upper, correlation ? own.upper() : Math.sqrt(own.upper()), tolerance, id + names.get(i));
            }
        }
    }

    /** With many units two evaluations of the likelihood make a bound, three where the units of a factor are few. */
    @Test
    void aBoundOfManyUnitsTakesTwoOrThreeEvaluations() {
        final Golden golden = Golden.read("ml_chem97_gcse_reml");
        final ModelDesign design = ModelDesign.of(GoldenFrame.of(golden),
            Formula.parse(golden.at("model", "r_formula").text()), GoldenFrame.options(golden), new Warnings());
        final MixedFit fit = MixedFit.of(MixedDesign.of(design.rows().frame(), design,
            term -> RandomStructure.UNSTRUCTURED).model(false, Progress.NONE), new EstimationSettings(true, 100, 1e-12), Progress.NONE);
        final AtomicInteger evaluations = new AtomicInteger();
        final MixedProfile profile = new MixedProfile(MixedInference.of(fit, evaluations::incrementAndGet), 0.95);
        evaluations.set(0);
        profile.residual();
        assertTrue(evaluations.getAndSet(0) <= 2 * 3, evaluations::toString);
        profile.variance(1, 0);
        assertTrue(evaluations.getAndSet(0) <= 2 * 3, evaluations::toString);
        profile.variance(1, 0);
        assertEquals(0, evaluations.get());
    }

    private static ProfileBounds bounds(final String name, final MixedDesign design, final MixedProfile profile) {
        if (name.equals("sigma")) {
            return profile.residual();
        }
        for (int k = 0; k < design.groups().size(); k++) {
            final RandomGroup group = design.groups().get(k);
            for (int i = 0; i < group.effects(); i++) {
                if (name.equals("sd_" + group.names().get(i) + "|" + group.name())) {
                    return profile.variance(k, i);
                }
                for (int j = 0; j < i; j++) {
                    if (name.equals("cor_" + group.names().get(i) + "." + group.names().get(j) + "|" + group.name())) {
                        return profile.correlation(k, i, j);
                    }
                }
            }
        }
        return null;
    }
}
