package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Problems that are hard for a search: a nearly singular D, a slope scaled by 1e4, years, few subjects, quadratic growth,
 * AR(1) and a random slope, continuous AR(1) at irregular times, a variance by arm, compound symmetry and a slope, a tiny
 * slope variance with diagonal D. No random start finds a better fit.
 */
final class HardProblemsTest {
    private static final int KINDS = 10;
    private static final int RESTARTS = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void noRestartIsBetter(final int seed) {
        for (int kind = 0; kind < KINDS; kind++) {
            final LongitudinalFit fit = problem(kind, new Random(seed * 1_000_003L + kind));
            for (int restart = 0; restart < RESTARTS; restart++) {
                assertTrue(FitFigures.excessFromRandomStart(fit, seed * 7919L + restart) > -1e-6, "kind " + kind);
            }
        }
    }

    private static LongitudinalFit problem(final int kind, final Random random) {
        final int subjects = kind == 3 ? 3 + random.nextInt(4) : 6 + random.nextInt(30);
        final Frame frame = data(kind, subjects, random);
        final String effects = kind == 4 ? "time + I(time^2)" : "time";
        final String bar = kind == 9 ? "||" : "|";
        final String random1 = kind == 8 ? "0 + time" : "1 + " + effects;
        LongitudinalSettings settings = LongitudinalSettings.of(
            Formula.parse("y ~ " + effects + " + arm + (" + random1 + " " + bar + " subject)"))
            .withReml(random.nextBoolean());
        if (kind == 5) {
            settings = settings.withResidual(ResidualStructure.AR1, "time", "subject");
        } else if (kind == 6) {
            settings = settings.withResidual(ResidualStructure.CONTINUOUS_AR1, "time", "subject");
        } else if (kind == 7) {
            settings = settings.withVariance("arm", null);
        } else if (kind == 8) {
            settings = settings.withResidual(ResidualStructure.COMPOUND_SYMMETRY, "time", "subject");
        }
        return LongitudinalModel.fit(settings, frame, Progress.NONE, new Warnings());
    }

    private static Frame data(final int kind, final int subjects, final Random random) {
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int time = builder.addNumeric("time");
        final int arm = builder.addNominal("arm");
        final int subject = builder.addNominal("subject");
        final double unit = kind == 1 ? random.nextBoolean() ? 1e4 : 1e-4 : 1;
        final double origin = kind == 2 ? 2019.5 : 0;
        final double scale = Math.pow(10, random.nextInt(7) - 3);
        final double slopeSd = kind == 9 ? 0.01 : kind == 0 ? 0.3 : Math.exp(random.nextGaussian() - 1);
        final double correlation = kind == 0 ? random.nextBoolean() ? 0.999 : -0.98 : random.nextDouble() - 0.5;
        final double rho = 0.7 * random.nextDouble();
        for (int i = 0; i < subjects; i++) {
            final int visits = (kind == 4 ? 4 : 2) + random.nextInt(6) + (i == 0 ? 3 : 0);
            final double intercept = random.nextGaussian();
            final double slope = slopeSd * (correlation * intercept
                + Math.sqrt(1 - correlation * correlation) * random.nextGaussian());
            final double curve = 0.1 * random.nextGaussian();
            double t = 0;
            double error = random.nextGaussian();
            for (int visit = 0; visit < visits; visit++) {
                final double x = t;
                builder.number(time, origin + t * unit);
                builder.number(y, scale * (10 + intercept + (0.5 + slope) * x + (kind == 4 ? curve * x * x : 0)
                    + (i % 2 == 0 ? 0.4 : 0) + error * (kind == 7 && i % 2 == 0 ? 3 : 1)));
                builder.text(arm, i % 2 == 0 ? "A" : "B");
                builder.text(subject, "S" + i);
                builder.endRow();
                t += kind == 6 ? 0.05 + random.nextDouble() : 0.25 * (1 + (kind == 2 ? random.nextInt(3) : 0)) * 2;
                error = kind == 5 || kind == 6 ? rho * error + Math.sqrt(1 - rho * rho) * random.nextGaussian()
                    : random.nextGaussian();
            }
        }
        return builder.build();
    }
}
