package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that follows from the parameters, against one dense N x N covariance matrix of all rows. */
class DenseModelTest {
    private static final List<Growth.Row> ROWS = Growth.rows(16, 23);
    private static final int P = 3;
    private static final int Q = 2;

    static Stream<LongitudinalSettings> models() {
        final LongitudinalSettings slopes =
            Growth.settings("y ~ time + arm + (1 + time | subject)")
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false));
        return Stream.of(slopes.withResidual(ResidualStructure.CONTINUOUS_AR1, "time", "subject"),
            slopes.withRandom(RandomStructure.DIAGONAL).withResidual(ResidualStructure.AR1, "time", "subject")
                .withVariance("arm", null),
            slopes.withRandom(RandomStructure.IDENTITY).withVariance(null, "x"), slopes);
    }

    /** Random effects, residuals and the mean as dense matrices; rows as in the table. */
    private static final class Dense {
        final double[][] x = new double[ROWS.size()][P];
        final double[][] z = new double[ROWS.size()][Q];
        final double[] y = new double[ROWS.size()];
        final double[][] d;
        final double[][] v;
        final double[][] phi;
        final double[][] toBeta;

        Dense(final LongitudinalFit fit, final LongitudinalSettings settings, final double[] residual) {
            d = times(fit.estimate().d(), Math.pow(fit.data().design().responseUnit(), 2));
            final int n = ROWS.size();
            v = new double[n][n];
            for (int i = 0; i < n; i++) {
                final Growth.Row a = ROWS.get(i);
                x[i] = new double[] {1, a.time(), a.arm().equals("B") ? 1 : 0};
                z[i] = new double[] {1, a.time()};
                y[i] = a.y();
                for (int j = 0; j <= i; j++) {
                    final Growth.Row b = ROWS.get(j);
                    if (a.subject().equals(b.subject())) {
                        v[i][j] = Matrices.bilinear(d, z[i], z[j])
                            + deviation(settings, residual, a) * deviation(settings, residual, b)
                                * correlation(settings, residual, i, j);
                        v[j][i] = v[i][j];
                    }
                }
            }
            final double[][] inverse = Matrices.inversePositiveDefinite(v);
            final double[][] xv = Matrices.multiply(Matrices.transpose(x), inverse);
            phi = Matrices.inversePositiveDefinite(Matrices.multiply(xv, x));
            toBeta = Matrices.multiply(phi, xv);
        }

        private static double deviation(final LongitudinalSettings settings, final double[] residual,
            final Growth.Row row) {
            if (settings.covariance().varianceBy() != null) {
                return Math.sqrt(residual[row.arm().equals("B") ? 1 : 0]);
            }
            return Math.sqrt(residual[0])
                * (settings.covariance().powerOf() != null ? Math.pow(row.x(), residual[1]) : 1);
        }

        private static double correlation(final LongitudinalSettings settings, final double[] residual, final int i,
            final int j) {
            final double rho = residual[residual.length - 1];
            return switch (settings.covariance().residual()) {
                case AR1 -> Math.pow(rho, i - j);
                case CONTINUOUS_AR1 -> Math.pow(rho, ROWS.get(i).time() - ROWS.get(j).time());
                default -> i == j ? 1 : 0;
            };
        }
    }

    private static double[] residualParameters(final LongitudinalFit fit) {
        final double[] all = FitFigures.covarianceParameters(fit);
        return Arrays.copyOfRange(all, fit.estimate().model().random().parameters(), all.length);
    }

    @ParameterizedTest
    @MethodSource("models")
    void meanPredictionsAndResidualsFollowFromTheDenseMatrix(final LongitudinalSettings settings) {
        final LongitudinalFit fit = Growth.fit(settings, ROWS);
        final Dense dense = new Dense(fit, settings, residualParameters(fit));
        final double[] beta = Matrices.multiply(dense.toBeta, dense.y);
        for (int k = 0; k < P; k++) {
            assertEquals(beta[k], FitFigures.coefficients(fit)[k], 1e-8 * Math.abs(beta[k]));
            assertEquals(Math.sqrt(dense.phi[k][k]), FitFigures.standardErrors(fit)[k], 1e-8);
        }
        final double[][] inverse = Matrices.inversePositiveDefinite(dense.v);
        final int n = ROWS.size();
        // b^ = D Z'V^-1 (I - X A) y with A y = beta^
        final double[][] annihilator = Matrices.multiply(dense.x, dense.toBeta);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                annihilator[i][j] = (i == j ? 1 : 0) - annihilator[i][j];
            }
        }
        final ModelTables tables = fit.tables(Progress.NONE, new Warnings());
        for (final BlupRow row : tables.blups()) {
            final int effect = row.effect().equals("time") ? 1 : 0;
            final double[][] zi = new double[n][Q];
            for (int i = 0; i < n; i++) {
                if (ROWS.get(i).subject().equals(row.level())) {
                    zi[i] = dense.z[i];
                }
            }
            final double[][] dz = Matrices.multiply(dense.d, Matrices.transpose(zi)); // Cov(b_i, y)
            final double[] weights =
                Matrices.multiply(Matrices.transpose(Matrices.multiply(inverse, annihilator)), dz[effect]);
            assertEquals(Matrices.dot(weights, dense.y), row.blup(), 1e-8);
            assertEquals(Math.sqrt(error(dense, weights, dz[effect], effect)), row.stdError(), 1e-8);
            final double known = dense.d[effect][effect] - Matrices.bilinear(inverse, dz[effect], dz[effect]);
            assertEquals(Math.sqrt(known), row.conditionalStdDev(), 1e-7);
            for (int i = 0; i < n; i++) {
                weights[i] += dense.toBeta[effect][i];
            }
            assertEquals(Math.sqrt(error(dense, weights, dz[effect], effect)), row.coefficientStdError(), 1e-8);
            assertEquals(beta[effect] + row.blup(), row.coefficient(), 1e-8);
        }
        normalizedResiduals(fit, dense, beta);
    }

    /** Var(w'y - b_j) with Cov(b_j, y) given. */
    private static double error(final Dense dense, final double[] weights, final double[] covariance,
        final int effect) {
        return Matrices.bilinear(dense.v, weights, weights) - 2 * Matrices.dot(weights, covariance)
            + dense.d[effect][effect];
    }

    private static void normalizedResiduals(final LongitudinalFit fit, final Dense dense, final double[] beta) {
        final double[] l = Matrices.flat(dense.v);
        assertTrue(Cholesky.factor(l, ROWS.size()));
        final double[] r = dense.y.clone();
        for (int i = 0; i < r.length; i++) {
            r[i] -= Matrices.dot(dense.x[i], beta);
        }
        Cholesky.solveLower(l, r.length, r);
        final IntFunction<FittedRow> fitted = FitFigures.fittedValues(fit);
        for (int i = 0; i < r.length; i++) {
            assertEquals(r[i], fitted.apply(i).normalized(), 1e-8);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void covarianceMatricesOfASubjectAreThoseOfTheDenseMatrix(final LongitudinalSettings settings) {
        final LongitudinalFit fit = Growth.fit(settings, ROWS);
        final Dense dense = new Dense(fit, settings, residualParameters(fit));
        final List<CovarianceEntryRow> entries = new ArrayList<>();
        fit.tables(Progress.NONE, new Warnings()).covarianceMatrices().forEach(entries::add);
        final List<CovarianceEntryRow> v = entries.stream().filter(row -> row.matrix().equals("V")).toList();
        final String subject = v.get(0).block();
        int at = 0;
        for (int i = 0; i < ROWS.size(); i++) {
            for (int j = 0; j < ROWS.size(); j++) {
                if (ROWS.get(i).subject().equals(subject) && ROWS.get(j).subject().equals(subject)) {
                    assertEquals(dense.v[i][j], v.get(at++).covariance(), 1e-9);
                }
            }
        }
        assertEquals(v.size(), at);
    }

    /** P_k, Q_kl and R_kl in the reported residual parameters, with derivatives of the dense V by differences. */
    @ParameterizedTest
    @MethodSource("models")
    void kenwardRogersMatricesFollowFromTheDenseMatrix(final LongitudinalSettings settings) {
        final LongitudinalFit fit = Growth.fit(settings, ROWS);
        final GaussianCriterion natural = new GaussianCriterion(fit.estimate().naturalJet(), true);
        final double[] residual = residualParameters(fit);
        final int ofD = fit.estimate().model().random().parameters();
        final Dense dense = new Dense(fit, settings, residual);
        final double[][] inverse = Matrices.inversePositiveDefinite(dense.v);
        final double[][] xv = Matrices.multiply(Matrices.transpose(dense.x), inverse);
        final double square = Math.pow(fit.data().scale() * fit.data().design().responseUnit(), 2);
        final double[][] t = fit.data().design().fixed().basis().matrix(); // X T = W
        for (int k = 0; k < residual.length; k++) {
            final double[][] vk = difference(fit, settings, residual, k);
            check(times(Matrices.sandwich(xv, vk), -1), t, natural.p()[ofD + k], unit(fit, ofD + k), square);
            for (int l = 0; l < residual.length; l++) {
                final double[][] vl = difference(fit, settings, residual, l);
                final double[][] q = Matrices.multiply(Matrices.multiply(Matrices.multiply(xv, vk), inverse),
                    Matrices.multiply(vl, Matrices.transpose(xv)));
                final double[][] symmetric = new double[P][P];
                for (int i = 0; i < P; i++) {
                    for (int j = 0; j < P; j++) {
                        symmetric[i][j] = (q[i][j] + q[j][i]) / 2;
                    }
                }
                final double units = unit(fit, ofD + k) * unit(fit, ofD + l);
                check(symmetric, t, natural.q()[ofD + k][ofD + l], units, square);
                final double h = 1e-4 * Math.max(0.1, Math.abs(residual[l]));
                final double[] up = residual.clone();
                final double[] down = residual.clone();
                up[l] += h;
                down[l] -= h;
                final double[][] vkl = difference(fit, settings, up, k);
                final double[][] lower = difference(fit, settings, down, k);
                for (int i = 0; i < vkl.length; i++) {
                    for (int j = 0; j < vkl.length; j++) {
                        vkl[i][j] = (vkl[i][j] - lower[i][j]) / (2 * h);
                    }
                }
                check(Matrices.sandwich(xv, vkl), t, natural.r()[ofD + k][ofD + l], units, square);
            }
        }
    }

    private static double unit(final LongitudinalFit fit, final int parameter) {
        return fit.estimate().unitOf(parameter)
            * (fit.estimate().isVariance(parameter) ? Math.pow(fit.data().design().responseUnit(), 2) : 1);
    }

    private static double[][] times(final double[][] a, final double factor) {
        Arrays.stream(a).forEach(row -> Arrays.setAll(row, j -> factor * row[j]));
        return a;
    }

    /**
     * Expected is in the user's columns and units, where W = X T; actual is for the response over its unit, which
     * multiplies every X'V^-1 .. V^-1 X by the unit's square.
     */
    private static void check(final double[][] expected, final double[][] t, final double[][] actual,
        final double parameterUnits, final double square) {
        final double[][] inBasis = Matrices.sandwich(Matrices.transpose(t), expected);
        double size = 1;
        for (int i = 0; i < P; i++) {
            size = Math.max(size, Math.abs(inBasis[i][i]));
        }
        for (int i = 0; i < P; i++) {
            for (int j = 0; j < P; j++) {
                // differences of second order: relative error 1e-6
                assertEquals(inBasis[i][j] * parameterUnits, actual[i][j] / square,
                    2e-5 * size * Math.max(1, parameterUnits));
            }
        }
    }

    private static double[][] difference(final LongitudinalFit fit, final LongitudinalSettings settings,
        final double[] residual, final int k) {
        final double h = 1e-4 * Math.max(0.1, Math.abs(residual[k]));
        final double[] up = residual.clone();
        final double[] down = residual.clone();
        up[k] += h;
        down[k] -= h;
        final double[][] v = new Dense(fit, settings, up).v;
        final double[][] lower = new Dense(fit, settings, down).v;
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                v[i][j] = (v[i][j] - lower[i][j]) / (2 * h);
            }
        }
        return v;
    }
}
