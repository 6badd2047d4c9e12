package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.LinearStructure;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Which changes of the columns of Z leave a covariance structure the same family. */
final class StructureShape {
    private StructureShape() {
    }

    /** For each effect the number of the unstructured block of D that it is in, -1 if its block has another structure. */
    static int[] unstructuredBlocks(final LinearStructure structure) {
        final int q = structure.dimension();
        final int[] block = new int[q];
        Arrays.setAll(block, c -> c);
        for (final double[] e : structure.basis()) {
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < i; j++) {
                    if (e[i * q + j] != 0 && block[i] != block[j]) {
                        final int from = block[i];
                        final int to = block[j];
                        Arrays.setAll(block, c -> block[c] == from ? to : block[c]);
                    }
                }
            }
        }
        final int[] result = new int[q];
        for (int c = 0; c < q; c++) {
            int size = 0;
            int parameters = 0;
            for (int d = 0; d < q; d++) {
                size += block[d] == block[c] ? 1 : 0;
            }
            for (final int[] entry : structure.entries()) {
                parameters += block[entry[0]] == block[c] ? 1 : 0;
            }
            result[c] = parameters == size * (size + 1) / 2 ? block[c] : -1;
        }
        return result;
    }

    /** Whether two effects have a covariance. */
    static boolean linked(final LinearStructure structure, final int i, final int j) {
        for (final double[] e : structure.basis()) {
            if (e[i * structure.dimension() + j] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether every effect has a variance of its own, so that scaling a column leads to the same family. */
    static boolean scalesFreely(final LinearStructure structure) {
        final Set<Integer> variances = new HashSet<>();
        for (int k = 0; k < structure.parameters(); k++) {
            if (structure.isVariance(k)) {
                variances.add(structure.entries()[k][0]);
            }
        }
        return variances.size() == structure.dimension();
    }

    /** Whether D~ = T^-1 D T^-T runs through the same matrices as D: its free entries, one a parameter, stay free. */
    static boolean mapsOntoItself(final LinearStructure structure, final double[] inverse) {
        final int q = structure.dimension();
        final boolean[] free = new boolean[q * q];
        for (int k = 0; k < structure.parameters(); k++) {
            final double[] e = structure.basis()[k];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j <= i; j++) {
                    final boolean own = i == structure.entries()[k][0] && j == structure.entries()[k][1];
                    if (e[i * q + j] != 0 && !own) {
                        return false;
                    }
                    free[i * q + j] |= own;
                }
            }
        }
        for (final double[] e : structure.basis()) {
            final double[] mapped = SmallMatrix.multiplyTransposed(SmallMatrix.multiply(inverse, e, q), inverse, q);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j <= i; j++) {
                    if (mapped[i * q + j] != 0 && !free[i * q + j]) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
