package dev.mixedmodels.engine.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every covariance structure has to hold, run over the whole table. */
class CovarianceContractTest {
    private static final double STEP = 1e-4;
    /** Central differences with Richardson's step are good to about 1e-10 of the size of the function. */
    private static final double DIFFERENCES = 1e-8;

    private static Map<String, CovarianceStructure> table() {
        final Map<String, CovarianceStructure> table = new LinkedHashMap<>();
        for (final VisitStructure structure : VisitStructure.values()) {
            for (int n = structure.leastVisits(); n <= 6 && structure.overPlaces() == null; n++) {
                table.put(structure + " over " + n, structure.over(n));
                table.put(structure + " for a search over " + n, structure.over(n).forSearch());
            }
        }
        for (int n = 2; n <= 6; n++) {
            table.put("Toeplitz by lag over " + n, new MappedToeplitzShape(n));
            if (n > 2) {
                table.put("ARMA(1,1) by gamma over " + n, new ArmaShape(n, true));
            }
        }
        return table;
    }

    /** A random theta within the bounds at which the matrix is positive definite. */
    private static double[] interior(final CovarianceStructure structure, final Random random) {
        final double[] theta = new double[structure.parameters()];
        final double[] l = new double[structure.dimension() * structure.dimension()];
        do {
            for (int k = 0; k < theta.length; k++) {
                theta[k] = Math.max(structure.lower(k) + 0.1, Math.min(structure.upper(k) - 0.1,
                    0.7 * random.nextGaussian()));
            }
        } while (!factor(structure, theta, l));
        return theta;
    }

    /** Puts the Cholesky factor of V into l and says whether there is one. */
    private static boolean factor(final CovarianceStructure structure, final double[] theta, final double[] l) {
        structure.at(theta).value(l);
        return Cholesky.factor(l, structure.dimension());
    }

    private static List<DynamicTest> forAll(final Consumer<CovarianceStructure> check) {
        final List<DynamicTest> tests = new ArrayList<>();
        table().forEach((name, structure) -> tests.add(DynamicTest.dynamicTest(name, () -> check.accept(structure))));
        return tests;
    }

    @TestFactory
    List<DynamicTest> isSymmetricAndFactorsIntoItself() {
        return forAll(structure -> {
            final Random random = new Random(1);
            final int n = structure.dimension();
            for (int repeat = 0; repeat < 5; repeat++) {
                final double[] theta = interior(structure, random);
                final double[] v = value(structure, theta);
                final double[] l = new double[n * n];
                assertTrue(factor(structure, theta, l));
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j <= i; j++) {
                        assertEquals(v[i * n + j], v[j * n + i]);
                        double sum = 0;
                        for (int k = 0; k <= j; k++) {
                            sum += l[i * n + k] * l[j * n + k];
                        }
                        assertEquals(v[i * n + j], sum, 1e-13 * Math.sqrt(v[i * n + i] * v[j * n + j]));
                    }
                }
            }
        });
    }

    /** Whatever the other parameters of the form are, the figure is the stated function of its own, and rises with it. */
    @TestFactory
    List<DynamicTest> profileFormsHoldTheirFigure() {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final VisitStructure structure : VisitStructure.values()) {
            for (int n = structure.leastVisits(); n <= 5 && structure.overPlaces() == null; n++) {
                final int size = n;
                tests.add(DynamicTest.dynamicTest(structure + " over " + n, () -> holdTheirFigure(structure, size)));
            }
        }
        return tests;
    }

    private static void holdTheirFigure(final VisitStructure structure, final int n) {
        final List<String> visits = IntStream.range(0, n).mapToObj(Integer::toString).toList();
        final Random random = new Random(5);
        for (final ReportedParameter parameter : structure.reported(visits)) {
            final ProfileForm form = ProfileForm.of(structure, parameter, n);
            for (int repeat = 0; form != null && repeat < 5; repeat++) {
                final double[] theta = interior(form.structure(), random);
                final double figure = form.value().applyAsDouble(theta[form.index()]);
                final double[] v = value(form.structure(), theta);
                assertEquals(parameter.value(v, n), figure, 1e-12 * Math.max(1, Math.abs(figure)), parameter.name());
                assertTrue(form.value().applyAsDouble(theta[form.index()] + STEP) > figure, parameter.name());
                assertArrayEquals(v, value(form.structure(), form.structure().near(v)),
                    1e-9 * Arrays.stream(v).map(Math::abs).max().orElse(1), parameter.name());
            }
        }
    }

    @TestFactory
    List<DynamicTest> firstDerivativesAgreeWithDifferences() {
        return forAll(structure -> {
            final double[] theta = interior(structure, new Random(2));
            final int size = structure.dimension() * structure.dimension();
            final double[] exact = new double[size];
            for (int k = 0; k < theta.length; k++) {
                structure.at(theta).first(k, exact);
                final int parameter = k;
                assertArrayEquals(difference(theta, k, at -> value(structure, at)), exact, DIFFERENCES,
                    () -> "parameter " + parameter);
            }
        });
    }

    @TestFactory
    List<DynamicTest> secondDerivativesAgreeWithDifferences() {
        return forAll(structure -> {
            final double[] theta = interior(structure, new Random(3));
            final int size = structure.dimension() * structure.dimension();
            for (int k = 0; k < theta.length; k++) {
                for (int l = 0; l < theta.length; l++) {
                    final double[] exact = new double[size];
                    structure.at(theta).second(k, l, exact);
                    final int first = k;
                    assertArrayEquals(difference(theta, l, at -> {
                        final double[] d = new double[size];
                        structure.at(at).first(first, d);
                        return d;
                    }), exact, DIFFERENCES, "parameters " + k + ", " + l);
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> recognisesItsOwnMembers() {
        return forAll(structure -> {
            final double[] theta = interior(structure, new Random(4));
            final double[] v = value(structure, theta);
            assertArrayEquals(theta, structure.near(v), 1e-7);
            if (structure.forSearch() != structure) {
                assertArrayEquals(v, value(structure.forSearch(), structure.forSearch().near(v)), 1e-9);
            }
        });
    }

    @TestFactory
    List<DynamicTest> startsFromAnyPositiveDefiniteMatrix() {
        return forAll(structure -> {
            final int n = structure.dimension();
            final Random random = new Random(5);
            final double[] v = new double[n * n];
            for (int r = 0; r < n + 1; r++) {
                final double[] x = random.doubles(n).map(u -> 10 * (u - 0.5)).toArray();
                for (int i = 0; i < n * n; i++) {
                    v[i] += x[i / n] * x[i % n];
                }
            }
            final double[] theta = structure.near(v);
            assertEquals(structure.parameters(), theta.length);
            // correlations by lag need not be those of a matrix
            assertTrue(structure instanceof MappedToeplitzShape || factor(structure, theta, v.clone()));
            for (int k = 0; k < theta.length; k++) {
                assertTrue(structure.lower(k) < theta[k] && theta[k] < structure.upper(k));
            }
        });
    }

    @TestFactory
    List<DynamicTest> nearTheBoundsTheMatrixIsFiniteWhetherOrNotItStillFactors() {
        return forAll(structure -> {
            final double[] v = new double[structure.dimension() * structure.dimension()];
            for (int k = 0; k < structure.parameters(); k++) {
                for (final double far : new double[] {-300, 300}) {
                    final double[] theta = new double[structure.parameters()];
                    theta[k] = Math.max(structure.lower(k), Math.min(structure.upper(k), far));
                    structure.at(theta).value(v);
                    assertTrue(Arrays.stream(v).allMatch(Double::isFinite));
                }
            }
        });
    }

    @Test
    void numbersOfParametersAreThoseOfTheTextbooks() {
        final int[] expected = {1, 4, 2, 5, 2, 5, 2, 3, 2, 3, 2, 3, 2, 3, 4, 7, 4, 7, 10};
        for (final VisitStructure structure : VisitStructure.values()) {
            assertEquals(expected[structure.ordinal()], structure.parameters(4), structure.name());
            assertFalse(structure.sentence().isEmpty());
        }
    }

    @Test
    void compoundSymmetryMayBeNegativeDownToItsBound() {
        final CovarianceStructure structure = VisitStructure.COMPOUND_SYMMETRY.over(5);
        final double[] v = value(structure, new double[] {0, -20});
        assertEquals(-0.25, v[1], 1e-8);
        assertTrue(v[1] > -0.25);
    }

    private static double[] value(final CovarianceStructure structure, final double[] theta) {
        final double[] v = new double[structure.dimension() * structure.dimension()];
        structure.at(theta).value(v);
        return v;
    }

    /** Richardson's extrapolation of central differences. */
    private static double[] difference(final double[] theta, final int k,
        final UnaryOperator<double[]> f) {
        final double[] wide = central(theta, k, 2 * STEP, f);
        final double[] narrow = central(theta, k, STEP, f);
        for (int i = 0; i < wide.length; i++) {
            narrow[i] += (narrow[i] - wide[i]) / 3;
        }
        return narrow;
    }

    private static double[] central(final double[] theta, final int k, final double step,
        final UnaryOperator<double[]> f) {
        final double[] up = theta.clone();
        final double[] down = theta.clone();
        up[k] += step;
        down[k] -= step;
        final double[] d = f.apply(up);
        final double[] below = f.apply(down);
        for (int i = 0; i < d.length; i++) {
            d[i] = (d[i] - below[i]) / (2 * step);
        }
        return d;
    }
}
