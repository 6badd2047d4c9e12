package dev.mixedmodels.engine.report;

import dev.mixedmodels.engine.bootstrap.BootstrapInterval;
import dev.mixedmodels.engine.bootstrap.LikelihoodRatioTest;
import dev.mixedmodels.engine.bootstrap.ParametricBootstrap;
import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.bootstrap.Refits.Refit;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Intervals of parameters from fits to responses drawn from a model, which doc/bootstrap.md explains.
 *
 * @param parameters rows of the covariance parameters in the unit of the computation, with percentile intervals
 * @param rows of the table of the model fit, in the response's own unit: standard error, percentile and shortest
 *            interval of every parameter
 */
public record BootstrapIntervals(List<CovarianceParameterRow> parameters, List<FitStatisticRow> rows) {
    private static final String NAME = "Bootstrap ";

    /**
     * What the replicates hold, in their order.
     *
     * @param coefficients names of the coefficients
     * @param parameters rows of the covariance parameters
     * @param further names of what follows these and has no unit
     * @param unit of the replicates
     */
    public record Reported(List<String> coefficients, List<CovarianceParameterRow> parameters, List<String> further,
        ResponseUnit unit) {
    }

    /**
     * @param how what intervals are wanted
     * @param confidence confidence level in (0, 1)
     * @param reported what of
     * @param model gives the model, for a bootstrap only
     * @param progress of the whole
     * @param warnings takes how many replicates are left out
     * @return the intervals; without a bootstrap the parameters as they are, and no rows
     */
    public static BootstrapIntervals of(final VarianceIntervals how, final double confidence, final Reported reported,
        final Supplier<Refits> model, final Progress progress, final Warnings warnings) {
        if (!how.bootstrap()) {
            return new BootstrapIntervals(reported.parameters, List.of());
        }
        final Refits refits = model.get();
        final List<Refit> fits = Arrays.stream(ParametricBootstrap.run(refits, List.of(refits), how.replicates(),
            how.seed(), progress)).filter(Objects::nonNull).map(fit -> fit[0]).filter(Refit::converged).toList();
        final int failed = how.replicates() - fits.size();
        leftOut(failed, how, "intervals", warnings);
        final Writer writer = new Writer(fits, confidence);
        writer.row("Replicates", fits.size(), String.format(Locale.ROOT,
            "Responses drawn from the fitted model, each of "
            + "which was fitted anew: %d with seed %d, less %d without convergence. Bounds hold %s %% of the "
            + "estimates, between percentiles (for covariance parameters in their table too) or in the shortest "
            + "interval.",
            how.replicates(), how.seed(), failed, Words.number(100 * confidence)));
        writer.all(reported);
        return new BootstrapIntervals(writer.parameters, writer.rows);
    }

    private static void leftOut(final int failed, final VarianceIntervals how, final String what,
        final Warnings warnings) {
        if (failed > 0) {
            warnings.add("Bootstrap of the " + what + ": " + Words.count(failed, "replicate") + " of "
                + how.replicates() + " did not converge and " + (failed == 1 ? "is" : "are") + " left out.");
        }
    }

    /**
     * The p-value of a likelihood ratio among those of responses drawn from the smaller model.
     *
     * @param name of the test by theory
     * @param large the model
     * @param small the model under the hypothesis
     * @param how replicates and seed
     * @param progress of the test
     * @param warnings takes how many replicates are left out
     * @return a row of the table of the model fit
     */
    public static FitStatisticRow test(final String name, final Refits large, final Refits small,
        final VarianceIntervals how, final Progress progress, final Warnings warnings) {
        final LikelihoodRatioTest test = LikelihoodRatioTest.of(large, small, how.replicates(), how.seed(), progress);
        leftOut(test.failed(), how, "test " + name, warnings);
        return new FitStatisticRow(Category.TEST, NAME + name, test.statistic(), Double.NaN, Double.NaN, test.pValue(),
            test.words("Likelihood ratio", "the model without it")
                + (test.failed() == 0 ? "" : ", " + test.failed() + " without convergence left out")
                + (test.used() == 0 ? "." : String.format(Locale.ROOT, "; Monte Carlo standard error of p %.2g.",
                    test.error())));
    }

    /** Writes the rows. */
    private static final class Writer {
        private final List<Refit> fits;
        private final double confidence;
        private final List<CovarianceParameterRow> parameters = new ArrayList<>();
        private final List<FitStatisticRow> rows = new ArrayList<>();

        Writer(final List<Refit> fits, final double confidence) {
            this.fits = fits;
            this.confidence = confidence;
        }

        void all(final Reported reported) {
            for (int k = 0; k < reported.coefficients.size(); k++) {
                final int at = k;
                interval(reported.coefficients.get(k), fit -> fit.coefficients()[at], reported.unit, 1);
            }
            int k = 0;
            for (final CovarianceParameterRow row : reported.parameters) {
                final String name = row.group().equals("Residual") ? row.parameter() : row.group() + ": "
                    + row.parameter();
                final BootstrapInterval found =
                    interval(name, parameter(k++), reported.unit, ResponseUnit.power(row.parameter()));
                parameters.add(row.withBounds(found.lower(), found.upper()));
            }
            for (final String name : reported.further) {
                interval(name, parameter(k++), reported.unit, 0);
            }
        }

        private static ToDoubleFunction<Refit> parameter(final int k) {
            return fit -> fit.parameters()[k];
        }

        private BootstrapInterval interval(final String name, final ToDoubleFunction<Refit> value,
            final ResponseUnit unit, final int power) {
            final BootstrapInterval found = BootstrapInterval.of(fits.stream().mapToDouble(value).toArray(),
                confidence);
            row(name + " Std. Error", unit.back(found.stdError(), power), "Standard deviation of the estimates"
                + (Double.isNaN(found.mean()) ? "." : String.format(Locale.ROOT, "; their mean is %.6g.",
                    unit.back(found.mean(), power)))
                + (found.used() == fits.size() ? "" : " It exists in " + Words.count(found.used(), "replicate")
                + " only."));
            row(name + " Lower Bound", unit.back(found.lower(), power), "");
            row(name + " Upper Bound", unit.back(found.upper(), power), "");
            row(name + " Shortest Lower Bound", unit.back(found.shortestLower(), power), "");
            row(name + " Shortest Upper Bound", unit.back(found.shortestUpper(), power), "");
            return found;
        }

        void row(final String name, final double value, final String note) {
            rows.add(FitStatisticRow.of(Category.FIT, NAME + name, value, note));
        }
    }
}
