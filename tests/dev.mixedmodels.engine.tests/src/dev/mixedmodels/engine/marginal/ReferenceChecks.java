package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.model.ModelFit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.DynamicTest;

/** How figures are compared with a reference: the project's tolerances. */
final class ReferenceChecks {
    static final double ESTIMATE = 1e-6;
    static final double STD_ERROR = 1e-5;
    static final double DF = 1e-3;
    static final double LOG_P = 0.05;

    private ReferenceChecks() {
    }

    static List<DynamicTest> forAll(final Predicate<Reference> which, final Consumer<Reference> check) {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Reference reference : Reference.all()) {
            if (which.test(reference)) {
                tests.add(DynamicTest.dynamicTest(reference.id(), () -> check.accept(reference)));
            }
        }
        return tests;
    }

    static boolean wellDetermined(final Reference reference) {
        return !reference.id().startsWith("marg_bodyweight_toep");
    }

    static boolean hasMmrm(final Reference reference) {
        return reference.golden().has("mmrm");
    }

    static ModelFit fit(final Reference reference) {
        return reference.fit(DfMethod.SATTERTHWAITE, FixedCovariance.MODEL);
    }

    static void relative(final double expected, final double actual, final double tolerance,
        final String what) {
        assertEquals(expected, actual, tolerance * Math.abs(expected), what);
    }

    static void pValue(final double expected, final double actual, final String what) {
        assertEquals(Math.log(expected), Math.log(actual), LOG_P, what);
    }
}
