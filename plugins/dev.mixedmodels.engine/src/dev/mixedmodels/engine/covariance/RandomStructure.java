package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.covariance.LinearStructure.Block;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The table of covariance structures of random effects, b ~ N(0, D) with q effects. */
public enum RandomStructure {
    /** Every variance and covariance is free: q (q + 1) / 2 parameters, F lower triangular. */
    UNSTRUCTURED("an unstructured") {
        @Override
        public boolean free() {
            return true;
        }

        @Override
        public LinearStructure of(final int q) {
            final int count = q * (q + 1) / 2;
            final double[][] basis = new double[count][q * q];
            final double[][] factors = new double[count][q * q];
            final int[][] entries = new int[count][];
            for (int i = 0, k = 0; i < q; i++) {
                for (int j = 0; j <= i; j++, k++) {
                    basis[k][i * q + j] = 1;
                    basis[k][j * q + i] = 1;
                    factors[k][i * q + j] = 1;
                    entries[k] = new int[] {i, j};
                }
            }
            return new LinearStructure(q, basis, factors, entries, Block.of(this, q));
        }
    },
    /** Variances of their own, no covariances: q parameters, F = diag(u). */
    DIAGONAL("a diagonal") {
        @Override
        public boolean correlated() {
            return false;
        }

        @Override
        public LinearStructure of(final int q) {
            final double[][] basis = new double[q][q * q];
            final int[][] entries = new int[q][];
            for (int i = 0; i < q; i++) {
                basis[i][i * q + i] = 1;
                entries[i] = new int[] {i, i};
            }
            return new LinearStructure(q, basis, basis, entries,
                IntStream.range(0, q).mapToObj(i -> new Block(UNSTRUCTURED, new int[] {i})).toList());
        }
    },
    /**
     * One variance v and one covariance c, v I + c (J - I) with J all ones: its eigenvalues v - c and v + (q - 1) c
     * are the squares of the coordinates, F = u_1 (I - J/q) + u_2 J/q. With one effect it is that effect's variance.
     */
    COMPOUND_SYMMETRY("a compound-symmetric") {
        @Override
        public String without(final int coordinate) {
            return coordinate == 0 ? "to be the same" : "to add up to 0";
        }

        @Override
        public LinearStructure of(final int q) {
            if (q == 1) {
                return IDENTITY.of(1);
            }
            final double[][] basis = new double[2][q * q];
            final double[][] factors = new double[2][q * q];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    basis[i == j ? 0 : 1][i * q + j] = 1;
                    factors[0][i * q + j] = (i == j ? 1 : 0) - 1.0 / q;
                    factors[1][i * q + j] = 1.0 / q;
                }
            }
            return new LinearStructure(q, basis, factors, new int[][] {{0, 0}, {1, 0}}, Block.of(this, q));
        }
    },
    /** One variance for all effects, no covariances: F = u I. */
    IDENTITY("a spherical (one variance, no covariances)") {
        @Override
        public int variances(final int q) {
            return 1;
        }

        @Override
        public LinearStructure of(final int q) {
            final double[] identity = new double[q * q];
            Arrays.setAll(identity, i -> i % (q + 1) == 0 ? 1 : 0);
            return new LinearStructure(q, new double[][] {identity}, new double[][] {identity}, new int[][] {{0, 0}},
                Block.of(this, q));
        }
    };

    private final String words;

    RandomStructure(final String words) {
        this.words = words;
    }

    /**
     * @return the structure in words, before "covariance matrix"
     */
    public String words() {
        return words;
    }

    /**
     * @return whether linear changes of coordinates leave it what it is
     */
    public boolean free() {
        return false;
    }

    /**
     * @return whether effects may be correlated, so that they stay together
     */
    public boolean correlated() {
        return true;
    }

    /**
     * @param q number of random effects
     * @return number of variances, in suitable directions, that are 0 together with D
     */
    public int variances(final int q) {
        return q;
    }

    /**
     * @param coordinate of F that is 0 while no variance is
     * @return what the effects of a unit are estimated to be then
     */
    public String without(final int coordinate) {
        throw new IllegalStateException(name() + " has variances only");
    }

    /**
     * @param other another structure
     * @return whether any covariance of that one is one of this one, of the same effects
     */
    public boolean holds(final RandomStructure other) {
        return other == this || other == IDENTITY || free();
    }

    /**
     * @param q number of random effects, at least 1
     * @return the structure for so many effects
     */
    public abstract LinearStructure of(int q);
}
