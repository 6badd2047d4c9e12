package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Warnings;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/** The quadratic forms and traces of P against a dense P in 80-digit arithmetic. */
class WeightedSumsTest {
    private static final MathContext DIGITS = new MathContext(80);
    private static final double[] Y = {1, 2.5, -3, 4, 0.5, 7};
    /** Two units of leverage 1 but for 1e-16, which a difference from 1 does not see. */
    private static final double[] HEAVY = {1, 1e-8, 2, 3e-8, 0.5, 1};
    private static final double[] X = {0.5, -1, 0.25, 2, 1, -0.75};

    private static BigDecimal[][] matrix(final int rows, final int columns) {
        final BigDecimal[][] m = new BigDecimal[rows][columns];
        for (final BigDecimal[] row : m) {
            java.util.Arrays.fill(row, BigDecimal.ZERO);
        }
        return m;
    }

    private static BigDecimal[][] times(final BigDecimal[][] a, final BigDecimal[][] b) {
        final BigDecimal[][] c = matrix(a.length, b[0].length);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int l = 0; l < b.length; l++) {
                    c[i][j] = c[i][j].add(a[i][l].multiply(b[l][j], DIGITS), DIGITS);
                }
            }
        }
        return c;
    }

    private static BigDecimal[][] transpose(final BigDecimal[][] a) {
        final BigDecimal[][] t = matrix(a[0].length, a.length);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    private static BigDecimal trace(final BigDecimal[][] a) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < a.length; i++) {
            sum = sum.add(a[i][i], DIGITS);
        }
        return sum;
    }

    /** Inverse of a matrix of one or two rows. */
    private static BigDecimal[][] inverse(final BigDecimal[][] a) {
        final BigDecimal[][] inverse = matrix(a.length, a.length);
        if (a.length == 1) {
            inverse[0][0] = BigDecimal.ONE.divide(a[0][0], DIGITS);
            return inverse;
        }
        final BigDecimal determinant =
            a[0][0].multiply(a[1][1], DIGITS).subtract(a[0][1].multiply(a[1][0], DIGITS), DIGITS);
        inverse[0][0] = a[1][1].divide(determinant, DIGITS);
        inverse[1][1] = a[0][0].divide(determinant, DIGITS);
        inverse[0][1] = a[0][1].negate().divide(determinant, DIGITS);
        inverse[1][0] = a[1][0].negate().divide(determinant, DIGITS);
        return inverse;
    }

    /** Squares of P between two units of leverage nearly 1 lose the digits by which their variances are smaller. */
    private static void check(final double[] stdErrors, final int p, final double tau2, final double ofSquares) {
        final int k = Y.length;
        final double[] v = new double[k];
        final double[] design = new double[k * p];
        final BigDecimal[][] x = matrix(k, p);
        final BigDecimal[][] y = matrix(k, 1);
        final BigDecimal[][] w = matrix(k, k);
        for (int i = 0; i < k; i++) {
            v[i] = stdErrors[i] * stdErrors[i];
            for (int j = 0; j < p; j++) {
                design[i * p + j] = j == 0 ? 1 : X[i];
                x[i][j] = new BigDecimal(design[i * p + j]);
            }
            y[i][0] = new BigDecimal(Y[i]);
            w[i][i] = BigDecimal.ONE.divide(new BigDecimal(v[i]).add(new BigDecimal(tau2)), DIGITS);
        }
        final BigDecimal[][] wx = times(w, x);
        final BigDecimal[][] c = inverse(times(transpose(x), wx));
        final BigDecimal[][] hat = times(times(wx, c), transpose(wx));
        final BigDecimal[][] projector = matrix(k, k);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                projector[i][j] = w[i][j].subtract(hat[i][j], DIGITS);
            }
        }
        final BigDecimal[][] py = times(projector, y);
        final BigDecimal[][] ppy = times(projector, py);
        final WeightedSums sums = new WeightedRegression(Y, v, design, p).at(tau2).sums();
        final String at = p + " columns at " + tau2;
        close(times(transpose(y), py)[0][0], sums.q(), 1e-9, at + " q");
        close(times(transpose(py), py)[0][0], sums.q2(), 1e-9, at + " q2");
        close(times(transpose(py), ppy)[0][0], sums.q3(), ofSquares, at + " q3");
        close(trace(projector), sums.traceP(), 1e-9, at + " trace P");
        close(trace(times(projector, projector)), sums.traceP2(), ofSquares, at + " trace PP");
        close(trace(times(c, times(transpose(wx), wx))), sums.traceHat2(), 1e-9, at + " trace of the hat matrix");
        final BigDecimal[][] slope = times(c, times(transpose(wx), py));
        for (int j = 0; j < p; j++) {
            close(slope[j][0].negate(), sums.slope()[j], ofSquares, at + " slope");
        }
    }

    private static void close(final BigDecimal expected, final double actual, final double relative,
        final String what) {
        assertEquals(expected.doubleValue(), actual, relative * Math.abs(expected.doubleValue()), what);
    }

    @Test
    void sumsKeepTheirDigitsWhateverTheLeverage() {
        for (final double tau2 : new double[] {0, 1e-12, 1e-3, 2, 1e6}) {
            check(new double[] {1, 0.7, 2, 1.5, 0.5, 1}, 1, tau2, 1e-9);
            check(new double[] {1, 0.7, 2, 1.5, 0.5, 1}, 2, tau2, 1e-9);
            check(new double[] {1, 1e-8, 2, 1.5, 0.5, 1}, 1, tau2, 1e-9);
            check(new double[] {1, 1e-8, 2, 1.5, 0.5, 1}, 2, tau2, 1e-9);
            check(new double[] {1, 1e-5, 2, 3e-5, 0.5, 1}, 2, tau2, 1e-6);
            check(HEAVY, 2, tau2, 0.02);
        }
    }

    @Test
    void heterogeneityStaysInItsRange() {
        final double[] design = new double[12];
        for (int i = 0; i < 6; i++) {
            design[2 * i] = 1;
            design[2 * i + 1] = X[i];
        }
        for (final PriorEstimator estimator : new PriorEstimator[] {PriorEstimator.DERSIMONIAN_LAIRD, PriorEstimator.REML,
            PriorEstimator.HUNTER_SCHMIDT}) {
            final UnitFit result = Fits.of(Fits.gaussian().estimator(estimator), new Units("unit",
                i -> "u" + i, Y, HEAVY, new MeanDesign(java.util.List.of("(Intercept)", "x"), new int[] {0, 1}, design,
                    java.util.Map.of()), null), new Warnings());
            assertTrue(Fits.statistic(result, "I2").value() >= 0 && Fits.statistic(result, "I2").value() <= 100);
            assertTrue(Fits.statistic(result, "H2").value() >= 1);
            assertTrue(Fits.parameter(result, "tau2").stdError() > 0, estimator.toString());
        }
    }
}
