package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.Grouping;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kenward-Roger, observed information and predictions from cross-products against the definitions with n x n matrices. */
class DenseInferenceTest {
    private static final int N = 60;

    private static DenseMixedModel data(final String design) {
        final int[] a = DenseMixedModel.drawn(41, N, 12);
        final int[] b = DenseMixedModel.drawn(42, N, 5);
        final int[] outer = new int[N];
        java.util.Arrays.setAll(outer, i -> a[i] / 4);
        return switch (design) {
            case "crossed" -> DenseMixedModel.random(43, N, 3, new int[] {2, 1}, new int[][] {a, b});
            case "nested" -> DenseMixedModel.random(44, N, 3, new int[] {1, 2}, new int[][] {outer, a});
            default -> DenseMixedModel.random(45, N, 3, new int[] {2}, new int[][] {a});
        };
    }

    private static List<LinearStructure> structures(final DenseMixedModel data) {
        final List<LinearStructure> structures = new ArrayList<>();
        for (final int q : data.randomEffects()) {
            structures.add(RandomStructure.UNSTRUCTURED.of(q));
        }
        return structures;
    }

    /** The derivative of V by each covariance parameter. */
    private static List<double[][]> derivatives(final DenseMixedModel data, final List<LinearStructure> structures) {
        final List<double[][]> result = new ArrayList<>();
        for (int k = 0; k < structures.size(); k++) {
            for (final double[] basis : structures.get(k).basis()) {
                final List<double[][]> d = new ArrayList<>();
                for (int l = 0; l < structures.size(); l++) {
                    final int q = structures.get(l).dimension();
                    d.add(l == k ? Matrices.square(basis, q) : new double[q][q]);
                }
                result.add(Matrices.square(data.v(d, 0), N));
            }
        }
        final double[][] identity = new double[N][N];
        for (int i = 0; i < N; i++) {
            identity[i][i] = 1;
        }
        result.add(identity);
        return result;
    }

    private static double[][] vInverse(final DenseMixedModel data, final MixedFit fit) {
        final List<double[][]> d = new ArrayList<>();
        for (int k = 0; k < data.z.size(); k++) {
            d.add(fit.covariance(k));
        }
        return Matrices.inversePositiveDefinite(Matrices.square(data.v(d, fit.sigma2()), N));
    }

    private static double[][] minus(final double[][] a) {
        final double[][] b = Matrices.copy(a);
        for (final double[] row : b) {
            for (int j = 0; j < row.length; j++) {
                row[j] = -row[j];
            }
        }
        return b;
    }

    @ParameterizedTest
    @ValueSource(strings = {"one factor", "nested", "crossed"})
    void kenwardRogerEqualsTheDefinition(final String design) {
        final DenseMixedModel data = data(design);
        final MixedModel model = data.model(structures(data));
        final MixedFit fit = MixedFit.of(model, new EstimationSettings(true, 100, 1e-12), Progress.NONE);
        final KenwardRoger own = MixedInference.of(fit, Progress.NONE).kenwardRoger(Progress.NONE).orElseThrow();
        final double[][] inverse = vInverse(data, fit);
        final List<double[][]> dv = derivatives(data, structures(data));
        final int m = dv.size();
        final double[][] xt = Matrices.transpose(data.x);
        final double[][] phi = Matrices.inversePositiveDefinite(Matrices.multiply(Matrices.multiply(xt, inverse), data.x));
        final double[][][] p = new double[m][][];
        final double[][][][] q = new double[m][m][][];
        final double[][] information = new double[m][m];
        final List<double[][]> left = dv.stream().map(v -> Matrices.multiply(inverse, v)).toList();
        for (int k = 0; k < m; k++) {
            p[k] = minus(Matrices.multiply(Matrices.multiply(Matrices.multiply(xt, left.get(k)), inverse), data.x));
        }
        for (int k = 0; k < m; k++) {
            for (int l = 0; l < m; l++) {
                final double[][] product = Matrices.multiply(left.get(k), left.get(l));
                q[k][l] = Matrices.multiply(Matrices.multiply(Matrices.multiply(xt, product), inverse), data.x);
                double trace = 0;
                for (int i = 0; i < N; i++) {
                    trace += product[i][i];
                }
                information[k][l] = (trace - 2 * Matrices.trace(phi, Matrices.transpose(q[k][l])) + Matrices.trace(
                    Matrices.multiply(phi, p[k]), Matrices.transpose(Matrices.multiply(phi, p[l])))) / 2;
            }
        }
        final KenwardRoger expected = new KenwardRoger(fit.beta(), phi, p, q, null,
            Matrices.inversePositiveDefinite(information));
        for (int c = 0; c < 3; c++) {
            final double[] l = new double[3];
            l[c] = 1;
            assertEquals(expected.covariance()[c][c], own.covariance()[c][c], 1e-8 * expected.covariance()[c][c]);
            assertEquals(expected.df(l), own.df(l), 1e-7 * expected.df(l));
        }
        final double[][] both = {{0, 1, 0}, {0, 0, 1}};
        assertEquals(expected.test(both).f(), own.test(both).f(), 1e-7 * own.test(both).f());
        assertEquals(expected.test(both).denDf(), own.test(both).denDf(), 1e-7 * own.test(both).denDf());
    }

    @ParameterizedTest
    @ValueSource(strings = {"one factor", "nested", "crossed"})
    void predictionsEqualTheDefinition(final String design) {
        final DenseMixedModel data = data(design);
        final MixedFit fit = MixedFit.of(data.model(structures(data)),
            new EstimationSettings(false, 100, 1e-12), Progress.NONE);
        final double[][] inverse = vInverse(data, fit);
        final double[][] phi = fit.phi();
        final double[] beta = fit.beta();
        final double[] residual = new double[N];
        for (int i = 0; i < N; i++) {
            residual[i] = data.y[i] - Matrices.dot(data.x[i], beta);
        }
        for (int k = 0; k < data.z.size(); k++) {
            final int q = data.randomEffects()[k];
            final double[][] fixed = new double[q][];
            fixed[0] = new double[] {1, 0, 0}; // slopes vary about 0
            final UnitPredictions own = UnitPredictions.of(fit, k, fixed);
            final Grouping grouping = data.groupings.get(k);
            for (int unit = 0; unit < grouping.levels(); unit++) {
                final double[][] zd = new double[q][N]; // D Z'
                for (int i = 0; i < N; i++) {
                    for (int c = 0; grouping.codes()[i] == unit && c < q; c++) {
                        zd[c][i] = Matrices.dot(fit.covariance(k)[c], data.z.get(k)[i]);
                    }
                }
                final double[][] weights = Matrices.multiply(zd, inverse); // D Z'V^-1
                final double[][] onFixed = Matrices.multiply(weights, data.x);
                final double[][] reduction = Matrices.multiply(weights, Matrices.transpose(zd));
                for (int c = 0; c < q; c++) {
                    final int at = unit * q + c;
                    final double d = fit.covariance(k)[c][c];
                    assertEquals(Matrices.dot(weights[c], residual), own.blup()[at], 1e-9 * Math.sqrt(d));
                    assertEquals(d - reduction[c][c], own.conditional()[at], 1e-9 * d);
                    assertEquals(d - reduction[c][c] + Matrices.bilinear(phi, onFixed[c], onFixed[c]),
                        own.prediction()[at], 1e-9 * d);
                    final double[] error = onFixed[c].clone();
                    error[0] -= c == 0 ? 1 : 0;
                    assertEquals(d - reduction[c][c] + Matrices.bilinear(phi, error, error), own.coefficientError()[at],
                        1e-9 * d);
                    assertEquals(own.blup()[at] + (c == 0 ? beta[0] : 0), own.coefficient()[at], 1e-12);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one factor", "nested", "crossed"})
    void theObservedInformationEqualsDifferencesOfTheDefinition(final String design) {
        final DenseMixedModel data = data(design);
        final List<LinearStructure> structures = structures(data);
        final MixedFit fit = MixedFit.of(data.model(structures),
            new EstimationSettings(true, 100, 1e-12), Progress.NONE);
        final MixedInference inference = MixedInference.of(fit, Progress.NONE);
        final double[] psi = inference.parameters();
        final double[][] covariance = inference.parameterCovariance();
        final int m = psi.length;
        final double[][] hessian = new double[m][m];
        final double[] h = new double[m];
        for (int a = 0; a < m; a++) {
            h[a] = 0.02 * Math.sqrt(covariance[a][a]);
        }
        for (int a = 0; a < m; a++) {
            for (int b = 0; b <= a; b++) {
                hessian[a][b] = (at(data, structures, psi, a, h[a], b, h[b]) - at(data, structures, psi, a, h[a], b, -h[b])
                    - at(data, structures, psi, a, -h[a], b, h[b]) + at(data, structures, psi, a, -h[a], b, -h[b]))
                    / (8 * h[a] * h[b]);
                hessian[b][a] = hessian[a][b];
            }
        }
        final double[][] expected = Matrices.inversePositiveDefinite(hessian);
        for (int a = 0; a < m; a++) {
            // second differences of the dense likelihood are good to about 1e-3
            assertEquals(expected[a][a], covariance[a][a], 3e-3 * covariance[a][a], "parameter " + a);
        }
    }

    private static double at(final DenseMixedModel data, final List<LinearStructure> structures, final double[] psi,
        final int a, final double stepA, final int b, final double stepB) {
        final double[] moved = psi.clone();
        moved[a] += stepA;
        moved[b] += stepB;
        final List<double[][]> d = new ArrayList<>();
        int first = 0;
        for (final LinearStructure structure : structures) {
            final double[] own = java.util.Arrays.copyOfRange(moved, first, first + structure.parameters());
            final double[] value = new double[structure.dimension() * structure.dimension()];
            structure.at(own).value(value);
            d.add(Matrices.square(value, structure.dimension()));
            first += structure.parameters();
        }
        return data.criterion(d, moved[moved.length - 1], true);
    }
}
