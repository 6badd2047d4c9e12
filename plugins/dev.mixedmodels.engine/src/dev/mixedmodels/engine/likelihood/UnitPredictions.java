package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Matrices;

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
     * @param collector takes the units one by one
     */
    public static void each(final MixedFit fit, final int k, final Collector collector) {
        final UnitEffects units = fit.point().unitEffects(k);
        final int q = units.effects();
        final int p = units.fixedEffects();
        final double[][] back = Matrices.square(fit.model().coordinates().effectsBack(k), q);
        final double[][] forward = Matrices.square(fit.model().coordinates().fixedForward(), p);
        final double[] own = new double[q];
        final double[][] variance = new double[q][q];
        final double[][] onFixed = new double[q][p];
        for (int u = 0; u < units.blup().length / q; u++) {
            for (int c = 0; c < q; c++) {
                own[c] = units.blup()[u * q + c];
                for (int d = 0; d < q; d++) {
                    variance[c][d] = fit.scaledSigma2() * units.conditional()[(u * q + c) * q + d];
                }
                System.arraycopy(units.onFixed(), (u * q + c) * p, onFixed[c], 0, p);
            }
            collector.put(u, Matrices.multiply(back, own), Matrices.sandwich(back, variance),
                p == 0 ? onFixed : Matrices.multiply(Matrices.multiply(back, onFixed), forward));
        }
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
        final UnitEffects units = fit.point().unitEffects(k);
        final int q = units.effects();
        final int p = units.fixedEffects();
        final int n = units.blup().length;
        final double[] back = fit.model().coordinates().effectsBack(k);
        final double[] fixedBack = fit.model().coordinates().fixedBack();
        final double[] beta = fit.beta();
        final double[] centre = new double[q];
        final double[][] direction = new double[q][p]; // l'B, what l'beta is in the model's own coordinates
        for (int c = 0; c < q; c++) {
            for (int i = 0; fixed[c] != null && i < p; i++) {
                centre[c] += fixed[c][i] * beta[i];
                for (int j = 0; j < p; j++) {
                    direction[c][j] += fixed[c][i] * fixedBack[i * p + j];
                }
            }
        }
        final UnitPredictions result = new UnitPredictions(q, new double[n], new double[n], new double[n],
            new double[n], new double[n]);
        final double s2 = fit.scaledSigma2();
        final double[] onFixed = new double[p];
        final double[] phi = fit.solution().phi();
        for (int u = 0; u < n / q; u++) {
            for (int c = 0; c < q; c++) {
                final int at = u * q + c;
                java.util.Arrays.fill(onFixed, 0);
                for (int d = 0; d < q; d++) {
                    result.blup[at] += back[c * q + d] * units.blup()[u * q + d];
                    for (int e = 0; e < q; e++) {
                        result.conditional[at] += s2 * back[c * q + d] * units.conditional()[(u * q + d) * q + e]
                            * back[c * q + e];
                    }
                    for (int j = 0; j < p; j++) {
                        onFixed[j] -= back[c * q + d] * units.onFixed()[(u * q + d) * p + j];
                    }
                }
                result.prediction[at] = result.conditional[at] + s2 * SmallMatrix.bilinear(phi, onFixed, onFixed);
                for (int j = 0; j < p; j++) {
                    onFixed[j] += direction[c][j];
                }
                result.coefficient[at] = centre[c] + result.blup[at];
                result.coefficientError[at] = result.conditional[at]
                    + s2 * SmallMatrix.bilinear(phi, onFixed, onFixed);
            }
        }
        return result;
    }
}
