package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Simulated longitudinal data, y ~ time * arm with random intercepts and slopes, REML, 10,000 sets a design unless told
 * otherwise (argument: sets, seed). For each design and method of degrees of freedom it prints the bias of the fixed
 * effects in Monte Carlo standard errors, the coverage of the 95 % intervals of the slope, and the share of singular
 * fits. In the interior designs with Kenward-Roger, bias beyond 3 Monte Carlo standard errors or a coverage outside 94
 * to 96 % is an error.
 */
public final class LongitudinalSimulation {
    private static final String[] TERMS = {"(Intercept)", "time", "armB", "time:armB"};
    private static final double[] TRUTH = {10, 1, 0.5, 0.4};

    /**
     * A design.
     *
     * @param name for the table
     * @param subjects number of subjects
     * @param visits scheduled visits
     * @param missing probability that a visit is missed
     * @param slopeDeviation standard deviation of the slopes; that of the intercepts is 1.5, of the residuals 1
     * @param rho AR(1) correlation of the residuals, which are then modelled so
     * @param strict whether deviations are errors
     */
    private record Design(String name, int subjects, int visits, double missing, double slopeDeviation, double rho,
        boolean strict) {
    }

    private static final List<Design> DESIGNS = List.of(
        new Design("24 subjects x 6 visits", 24, 6, 0, 0.6, 0, true),
        new Design("40 subjects x 5 visits, 20 % missed", 40, 5, 0.2, 0.7, 0, true),
        new Design("10 subjects x 4 visits", 10, 4, 0, 0.5, 0, false),
        new Design("12 subjects x 4 visits, slopes hardly vary", 12, 4, 0, 0.1, 0, false),
        new Design("30 subjects x 8 visits, AR(1) 0.4", 30, 8, 0, 0.4, 0.4, false));

    private LongitudinalSimulation() {
    }

    /**
     * @param arguments number of sets, seed
     */
    public static void main(final String[] arguments) {
        final int sets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        final long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 20_261_123;
        print("%-44s %-16s %9s | bias in Monte Carlo standard errors            | coverage of 95 %% intervals (%%)", "design",
            "df", "singular");
        print("%-44s %-16s %9s | %11s %11s %11s %11s | %9s %9s", "", "", "fits (%)", TERMS[0], TERMS[1], TERMS[2],
            TERMS[3], TERMS[1], TERMS[3]);
        boolean failed = false;
        for (final Design design : DESIGNS) {
            for (final DfMethod method : List.of(DfMethod.KENWARD_ROGER, DfMethod.SATTERTHWAITE)) {
                failed |= run(design, method, sets, seed) && design.strict && method == DfMethod.KENWARD_ROGER;
            }
        }
        if (failed) {
            throw new IllegalStateException("bias or coverage out of bounds");
        }
    }

    private static boolean run(final Design design, final DfMethod method, final int sets, final long seed) {
        final LongitudinalSettings plain = LongitudinalSettings.of(
            Formula.parse("y ~ time * arm + (1 + time | subject)"))
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false).withDf(method));
        final LongitudinalSettings settings =
            design.rho == 0 ? plain : plain.withResidual(ResidualStructure.AR1, "time", "subject");
        final double[] sum = new double[TERMS.length];
        final double[] squares = new double[TERMS.length];
        final int[] covered = new int[TERMS.length];
        int singular = 0;
        final SplittableRandom random = new SplittableRandom(seed);
        for (int set = 0; set < sets; set++) {
            final LongitudinalFit fit = LongitudinalModel.fit(settings, data(design, random), Progress.NONE, new Warnings());
            final ModelTables tables = fit.tables(Progress.NONE, new Warnings());
            singular += tables.covarianceParameters().stream().anyMatch(CovarianceParameterRow::onBoundary) ? 1 : 0;
            for (int k = 0; k < TERMS.length; k++) {
                final FixedEffectRow row = tables.fixedEffects().get(k);
                final double error = row.estimate() - TRUTH[k];
                sum[k] += error;
                squares[k] += error * error;
                covered[k] += row.lower() <= TRUTH[k] && TRUTH[k] <= row.upper() ? 1 : 0;
            }
        }
        final double[] bias = new double[TERMS.length];
        boolean out = false;
        for (int k = 0; k < TERMS.length; k++) {
            final double mean = sum[k] / sets;
            bias[k] = mean / Math.sqrt((squares[k] / sets - mean * mean) / sets);
            out |= Math.abs(bias[k]) > 3;
        }
        final double slope = 100.0 * covered[1] / sets;
        final double difference = 100.0 * covered[3] / sets;
        print("%-44s %-16s %9.2f | %11.2f %11.2f %11.2f %11.2f | %9.2f %9.2f", design.name, method, 100.0 * singular / sets,
            bias[0], bias[1], bias[2], bias[3], slope, difference);
        return out || slope < 94 || slope > 96;
    }

    private static Frame data(final Design design, final SplittableRandom random) {
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int time = builder.addNumeric("time");
        final int arm = builder.addNominal("arm");
        final int subject = builder.addNominal("subject");
        for (int i = 0; i < design.subjects; i++) {
            final boolean second = i % 2 == 1;
            final double u = random.nextGaussian();
            final double intercept = 1.5 * u;
            final double slope = design.slopeDeviation * (0.3 * u + Math.sqrt(0.91) * random.nextGaussian());
            double error = random.nextGaussian();
            for (int visit = 0; visit < design.visits; visit++) {
                if (visit < 2 || random.nextDouble() >= design.missing) {
                    builder.number(y, TRUTH[0] + intercept + (second ? TRUTH[2] : 0)
                        + visit * (TRUTH[1] + slope + (second ? TRUTH[3] : 0)) + error);
                    builder.number(time, visit);
                    builder.text(arm, second ? "B" : "A");
                    builder.text(subject, "S" + i);
                    builder.endRow();
                }
                error = design.rho * error + Math.sqrt(1 - design.rho * design.rho) * random.nextGaussian();
            }
        }
        return builder.build();
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
