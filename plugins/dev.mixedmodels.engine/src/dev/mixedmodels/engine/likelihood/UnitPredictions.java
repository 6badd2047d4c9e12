package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Best linear unbiased predictions of the effects of all units of one grouping factor, with their uncertainty, in the
 * units of the rows. Arrays hold the q effects of one unit after those of the one before.
 *
 * @param effects q
 * @param blup predictions
 * @param conditional variances given the data with all parameters known
 * @param prediction variances of the prediction errors, uncertainty of the fixed effects included
 * @param coefficient fixed coefficient + prediction
 * @param coefficientError variances of the errors of {@code coefficient}
 */
public record UnitPredictions(int effects, double[] blup, double[] conditional, double[] prediction,
    double[] coefficient, double[] coefficientError) {

    /**
     * Hands the predictions of every unit of a grouping factor to a collector, with all their covariances: unit, b, its
     * variance given the data, and K by the coefficients of the rows, b falling by K times a change of these.
     *
     * @param fit a fit
     * @param k index of a grouping factor
     * @param collector takes the units, in any order and from any thread
     */
    public static void each(final MixedFit fit, final int k, final Collector collector) {
        final int q = fit.model().structures().get(k).dimension();
        final int p = fit.solution().beta().length;
        final double[][] back = Matrices.square(fit.model().coordinates().effectsBack(k), q);
        final double unit = fit.model().coordinates().responseScale();
        fit.point().unitEffects(k, (u, blup, conditional, onFixed) -> {
            final double[][] onMean = new double[q][];
            Arrays.setAll(onMean, c -> Arrays.copyOfRange(onFixed, c * p, (c + 1) * p));
            collector.put(u, Matrices.multiply(back, blup),
                Matrices.sandwich(back, Matrices.scaled(Matrices.square(conditional, q), fit.scaledSigma2())),
                p == 0 ? onMean : Matrices.scaled(Matrices.multiply(back, onMean), 1 / unit));
        });
    }

    /**
     * Hands the covariances of the predictions of two grouping factors to a collector, given the data with all
     * parameters known.
     *
     * @param fit a fit
     * @param k index of a grouping factor
     * @param l index of a later one
     * @param collector takes the pairs, units of the first and for each those of the second in rising order
     */
    public static void eachPair(final MixedFit fit, final int k, final int l, final PairCollector collector) {
        final double[][] back = Matrices.square(fit.model().coordinates().effectsBack(k),
            fit.model().structures().get(k).dimension());
        final double[][] other = Matrices.transpose(Matrices.square(fit.model().coordinates().effectsBack(l),
            fit.model().structures().get(l).dimension()));
        fit.point().pairEffects(k, l, (first, second, covariance) -> {
            final double[][] relative = new double[back.length][];
            for (int i = 0; i < relative.length; i++) {
                relative[i] = Arrays.copyOfRange(covariance, i * other.length, (i + 1) * other.length);
            }
            collector.put(first, second, Matrices.scaled(
                Matrices.multiply(Matrices.multiply(back, relative), other), fit.scaledSigma2()));
        });
    }

    /** Takes the covariances of pairs of units. */
    @FunctionalInterface
    public interface PairCollector {
        /**
         * @param first index of a unit of the first factor
         * @param second index of a unit of the second factor
         * @param covariance of their predictions given the data, q_first x q_second
         */
        void put(int first, int second, double[][] covariance);
    }

    /** Takes the predictions of units. */
    @FunctionalInterface
    public interface Collector {
        /**
         * @param unit index of a unit
         * @param blup predictions, length q
         * @param conditional their variance given the data with all parameters known, q x q
         * @param onMean K, q x p
         */
        void put(int unit, double[] blup, double[][] conditional, double[][] onMean);
    }

    /**
     * @param fit a fit
     * @param k index of a grouping factor
     * @param fixed for each effect the function l'beta of the model's fixed effects that it varies about, null if there
     *            is none and the effect varies about 0
     * @return predictions for every unit
     */
    public static UnitPredictions of(final MixedFit fit, final int k, final double[][] fixed) {
        final int q = fixed.length;
        final int n = ArraySize.of(fit.model().levels(k), q);
        final double[] beta = fit.beta();
        final int p = beta.length;
        final double[] back = fit.model().coordinates().effectsBack(k);
        final double unit = fit.model().coordinates().responseScale();
        final double[] centre = new double[q];
        final double[][] direction = new double[q][p]; // what l'beta is in the model's own coordinates
        for (int c = 0; c < q; c++) {
            for (int i = 0; fixed[c] != null && i < p; i++) {
                centre[c] += fixed[c][i] * beta[i];
                direction[c][i] = fixed[c][i] * unit;
            }
        }
        final UnitPredictions result = new UnitPredictions(q, new double[n], new double[n], new double[n],
            new double[n], new double[n]);
        final double s2 = fit.scaledSigma2();
        final double[] phi = fit.solution().phi();
        fit.point().unitEffects(k, (u, blup, conditional, onFixed) -> {
            final double[] change = new double[p];
            for (int c = 0; c < q; c++) {
                final int at = u * q + c;
                Arrays.fill(change, 0);
                for (int d = 0; d < q; d++) {
                    result.blup[at] += back[c * q + d] * blup[d];
                    for (int e = 0; e < q; e++) {
                        result.conditional[at] += s2 * back[c * q + d] * conditional[d * q + e] * back[c * q + e];
                    }
                    Packed.add(-back[c * q + d], onFixed, d * p, change, 0, p);
                }
                result.prediction[at] = result.conditional[at] + s2 * SmallMatrix.bilinear(phi, change, change);
                Packed.add(1, direction[c], 0, change, 0, p);
                result.coefficient[at] = centre[c] + result.blup[at];
                result.coefficientError[at] = result.conditional[at] + s2 * SmallMatrix.bilinear(phi, change, change);
            }
        });
        return result;
    }
}
