package dev.mixedmodels.engine.covariance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of all structures of random effects. */
class RandomStructureTest {
    static Stream<Arguments> structures() {
        return Arrays.stream(RandomStructure.values())
            .flatMap(structure -> IntStream.rangeClosed(1, 5).mapToObj(q -> Arguments.of(structure, q)));
    }

    private static double[] random(final LinearStructure structure, final long seed) {
        return new Random(seed).doubles(structure.parameters(), -1, 1).toArray();
    }

    private static double[] d(final LinearStructure structure, final double[] u) {
        final int q = structure.dimension();
        final double[] f = new double[q * q];
        structure.factorAt(u, f);
        final double[][] factor = Matrices.square(f, q);
        return Matrices.flat(Matrices.multiply(factor, Matrices.transpose(factor)));
    }

    /** F F' of any coordinates lies in the linear family, so that the two descriptions are of the same matrices. */
    @ParameterizedTest
    @MethodSource("structures")
    void everyFactorGivesAMemberOfTheFamily(final RandomStructure kind, final int q) {
        final LinearStructure structure = kind.of(q);
        assertEquals(q, structure.dimension());
        final double[] d = d(structure, random(structure, 1));
        final double[] again = new double[q * q];
        structure.at(structure.near(d)).value(again);
        assertArrayEquals(d, again, 1e-14);
        final Matrices.Eigen eigen = Matrices.eigen(Matrices.square(d, q));
        assertTrue(eigen.values()[q - 1] > -1e-14);
    }

    @ParameterizedTest
    @MethodSource("structures")
    void derivativesAreThoseOfALinearFunction(final RandomStructure kind, final int q) {
        final LinearStructure structure = kind.of(q);
        final double[] theta = random(structure, 2);
        final double[] value = new double[q * q];
        final double[] moved = new double[q * q];
        final double[] first = new double[q * q];
        structure.at(theta).value(value);
        for (int k = 0; k < theta.length; k++) {
            theta[k] += 0.5;
            structure.at(theta).value(moved);
            theta[k] -= 0.5;
            structure.at(theta).first(k, first);
            for (int i = 0; i < q * q; i++) {
                assertEquals((moved[i] - value[i]) / 0.5, first[i], 1e-14);
            }
            assertFalse(structure.at(theta).second(k, 0, first));
            final int[] entry = structure.entries()[k];
            assertEquals(theta[k], value[entry[0] * q + entry[1]]);
            assertEquals(structure.isVariance(k) ? 0 : Double.NEGATIVE_INFINITY, structure.lower(k));
        }
    }

    /** At coordinates 0, the boundary, D is 0. */
    @ParameterizedTest
    @MethodSource("structures")
    void theBoundaryIsReached(final RandomStructure kind, final int q) {
        final LinearStructure structure = kind.of(q);
        assertArrayEquals(new double[q * q], d(structure, new double[structure.parameters()]));
    }
}
