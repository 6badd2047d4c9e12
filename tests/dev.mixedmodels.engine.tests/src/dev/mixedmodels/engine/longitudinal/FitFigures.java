package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Estimates of a fit without its tables, in the response's own unit, and whether there is a better fit. */
public final class FitFigures {
    private FitFigures() {
    }

    private static ResponseUnit unit(final LongitudinalFit fit) {
        return ResponseUnit.of(fit.design().responseUnit());
    }

    /**
     * @param fit a fit
     * @return its fixed effects, the kept columns of X
     */
    public static double[] coefficients(final LongitudinalFit fit) {
        final double[] working = fit.data().coefficients(fit.estimate().atMinimum().beta());
        return Arrays.stream(fit.design().fixed().basis().coefficients(working)).map(unit(fit)::back).toArray();
    }

    /**
     * @param fit a fit
     * @return model-based standard errors of the fixed effects
     */
    public static double[] standardErrors(final LongitudinalFit fit) {
        final double[][] phi = fit.design().fixed().basis().covariance(fit.estimate().atMinimum().phi());
        return IntStream.range(0, phi.length)
            .mapToDouble(k -> unit(fit).back(fit.data().scale() * Math.sqrt(phi[k][k]))).toArray();
    }

    /**
     * @param fit a fit
     * @return its covariance parameters: the elements of D by rows of the lower triangle as far as they are free, then
     *         the residual variances, delta, rho
     */
    public static double[] covarianceParameters(final LongitudinalFit fit) {
        final double[] computed = fit.estimate().parameters();
        return IntStream.range(0, computed.length)
            .mapToDouble(k -> unit(fit).back(computed[k], fit.estimate().isVariance(k) ? 2 : 0)).toArray();
    }

    /**
     * @param fit a fit
     * @return whether something of D vanished, or a residual correlation is at the limit of its range
     */
    public static boolean singular(final LongitudinalFit fit) {
        return fit.estimate().singular();
    }

    /**
     * @param fit a fit to a table in memory
     * @return computes fitted values and residuals of the rows of the table
     */
    public static IntFunction<FittedRow> fittedValues(final LongitudinalFit fit) {
        return fit.fittedRows(true).apply(fit.data().source().frame(Progress.NONE)).rows();
    }

    /**
     * Searches again from a random point, to see whether a fit is the best there is.
     *
     * @param fit a fit
     * @param seed of the random point: D over four orders of magnitude about the residual's, any correlations, residual
     *            parameters anywhere near the middle of their ranges
     * @return -2 log likelihood where that search ends, less that of the fit; negative if it is better
     */
    public static double excessFromRandomStart(final LongitudinalFit fit, final long seed) {
        final Sampler sampler = new Sampler(seed);
        final CovarianceModel model = fit.estimate().model();
        final AffineCoordinates coordinates = model.coordinates();
        final double[] x = new double[coordinates.size()];
        final double size = Math.pow(10, 2 * sampler.uniform() - 1.5);
        final int entries = model.q() * model.q();
        final double[] middle = model.residual().start();
        for (int k = 0; k < x.length; k++) {
            x[k] = sampler.normal();
            final int eta = k - (x.length - middle.length);
            if (eta >= 0) {
                x[k] += middle[eta];
            } else {
                x[k] *= size;
            }
        }
        final double[] z = coordinates.at(x);
        final double[] start = model.start();
        System.arraycopy(z, 0, start, 0, entries);
        System.arraycopy(z, entries, start, entries, middle.length);
        return new CovarianceSearch(model, fit.estimate().criterion(),
            fit.settings().estimation()).minimise(start).value()
            - fit.estimate().minimum().value();
    }
}
