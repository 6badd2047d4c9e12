package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.ResidualStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Trials with thousands of subjects, whose arms may follow any pattern in the table. */
class ManySubjectsTest {
    private static final int SUBJECTS = 2400;
    private static final int VISITS = 5;
    private static final String SLOPES = "y ~ arm + x + time + (1 + time | subject)";

    private static List<Growth.Row> trial(final IntFunction<String> arm) {
        final Random random = new Random(17);
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < SUBJECTS; i++) {
            final double level = random.nextGaussian();
            final double slope = 0.3 * random.nextGaussian();
            final double x = random.nextGaussian();
            final String armOf = arm.apply(i);
            for (int t = 0; t < VISITS; t++) {
                rows.add(new Growth.Row(10 + armOf.charAt(0) - 'A' + 0.5 * x + level + slope * t + random.nextGaussian(), t,
                    x, armOf, "S" + i));
            }
        }
        return rows;
    }

    private static String letter(final int index) {
        return Character.toString('A' + index);
    }

    private static Arguments pattern(final String name, final IntFunction<String> arm) {
        return Arguments.of(name, arm);
    }

    static Stream<Arguments> patterns() {
        return Stream.of(pattern("alternating", i -> letter(i % 2)),
            pattern("in blocks", i -> letter(2 * i / SUBJECTS)),
            pattern("1 in 500", i -> letter(i % 500 == 499 ? 1 : 0)),
            pattern("1 in 500, at the end", i -> letter(i >= SUBJECTS - SUBJECTS / 500 ? 1 : 0)),
            pattern("period 3", i -> letter(i % 3)), pattern("period 4", i -> letter(i % 4)),
            pattern("period 12", i -> letter(i % 12)));
    }

    /** Estimates are within 5 standard errors of the truth, the search is short, and shuffled rows give the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void anyPatternOfArmsIsFitted(final String name, final IntFunction<String> arm) {
        final List<Growth.Row> rows = trial(arm);
        final LongitudinalFit fit = Growth.fit(Growth.settings(SLOPES), rows);
        final double[] b = FitFigures.coefficients(fit);
        final double[] error = FitFigures.standardErrors(fit);
        for (int k = 1; k < b.length - 2; k++) {
            assertEquals(k, b[k], 5 * error[k], "arm " + letter(k));
        }
        assertEquals(0.5, b[b.length - 2], 5 * error[b.length - 2]);
        final double[] found = FitFigures.covarianceParameters(fit);
        assertEquals(1, found[0], 0.2);
        assertEquals(0.09, found[2], 0.02);
        assertEquals(1, found[3], 0.1);
        final int evaluations = fit.estimate().minimum().optimum().evaluations();
        assertTrue(evaluations <= 20, "evaluations " + evaluations);
        final LongitudinalFit shuffled = Growth.fit(Growth.settings(SLOPES), Growth.shuffled(rows));
        assertEquals(fit.criterion(), shuffled.criterion(), 1e-9 * Math.abs(fit.criterion()));
        assertEquals(b[1], FitFigures.coefficients(shuffled)[1], 1e-8);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void soItIsWithStructuredResiduals(final String name, final IntFunction<String> arm) {
        final LongitudinalFit fit = Growth.fit(Growth.settings("y ~ arm + x + time + (1 | subject)")
            .withResidual(ResidualStructure.AR1, "time", "subject"), trial(arm));
        for (int k = 1; k < FitFigures.coefficients(fit).length - 2; k++) {
            assertEquals(k, FitFigures.coefficients(fit)[k], 5 * FitFigures.standardErrors(fit)[k], "arm " + letter(k));
        }
    }

    /** A covariate of one subject only, which no sample would see. */
    @Test
    void aColumnOfOneSubjectIsFitted() {
        final List<Growth.Row> rows = trial(i -> letter(i % 2)).stream().map(row -> new Growth.Row(row.y(), row.time(),
            row.subject().equals("S1234") ? row.time() : 0, row.arm(), row.subject())).toList();
        final LongitudinalFit fit = Growth.fit(Growth.settings(SLOPES), rows);
        assertTrue(FitFigures.standardErrors(fit)[2] > 0.1);
        assertEquals(0, FitFigures.coefficients(fit)[2], 5 * FitFigures.standardErrors(fit)[2]);
    }
}
