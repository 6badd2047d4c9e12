package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The coordinates that are left when what has no variance is taken out of D: single coordinates of a structured block,
 * eigenvectors of an unstructured one, the rest of which is a pivoted lower trapezoidal factor.
 */
final class Reduction {
    /** A variance relative to the residual's, of a column of unit mean square, that may stand for 0. */
    private static final double NEGLIGIBLE = 1e-5;

    private final CovarianceModel model;
    private final List<double[]> directions = new ArrayList<>();
    private final List<Vanished> vanished = new ArrayList<>();
    private final double[] factor;

    /**
     * @param model the model
     * @param x coordinates of F in {@link CovarianceModel#coordinates}
     */
    Reduction(final CovarianceModel model, final double[] x) {
        this.model = model;
        factor = new double[model.q() * model.q()];
        int start = 0;
        for (final RandomBlock block : model.random().blocks()) {
            final int count = block.structure().parameters();
            final double[] own = Arrays.copyOfRange(x, start, start + count);
            if (block.free()) {
                unstructured(block, own);
            } else {
                structured(block, own);
            }
            start += count;
        }
    }

    List<Vanished> vanished() {
        return vanished;
    }

    /** What is left, and eta. */
    AffineCoordinates coordinates() {
        return model.coordinates(directions.toArray(new double[0][]), model.residual().size());
    }

    /** F without what vanished. */
    double[] factor() {
        return factor;
    }

    private double[] place(final RandomBlock block, final double[] own) {
        final double[] placed = new double[factor.length];
        block.place(own, model.q(), placed);
        return placed;
    }

    private void addToFactor(final double weight, final double[] matrix) {
        for (int i = 0; i < factor.length; i++) {
            factor[i] += weight * matrix[i];
        }
    }

    private void structured(final RandomBlock block, final double[] x) {
        final double[][] bases = block.structure().factorBasis();
        for (int k = 0; k < bases.length; k++) {
            final double[] direction = place(block, bases[k]);
            if (x[k] * x[k] * Matrices.dot(direction, direction) < NEGLIGIBLE) {
                vanished.add(new Vanished(block, new double[][] {direction}, new double[0][], k));
            } else {
                directions.add(direction);
                addToFactor(x[k], direction);
            }
        }
    }

    private void unstructured(final RandomBlock block, final double[] x) {
        final int n = block.size();
        final LinearStructure structure = block.structure();
        final double[] f = new double[n * n];
        structure.factorAt(x, f);
        final double[][] g = Matrices.square(f, n);
        final Matrices.Eigen eigen = Matrices.eigen(Matrices.multiply(g, Matrices.transpose(g)));
        int rank = 0;
        while (rank < n && eigen.values()[rank] >= NEGLIGIBLE) {
            rank++;
        }
        final double[][] d = new double[n][n];
        for (int e = 0; e < rank; e++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    d[i][j] += eigen.values()[e] * eigen.vectors()[e][i] * eigen.vectors()[e][j];
                }
            }
        }
        trapezoid(block, d, rank);
        if (rank < n) {
            final double[][] basis = new double[n - rank][];
            for (int e = rank; e < n; e++) {
                final double[] column = new double[n * n];
                for (int i = 0; i < n; i++) {
                    column[i * n + rank] = eigen.vectors()[e][i];
                }
                basis[e - rank] = place(block, column);
            }
            vanished.add(new Vanished(block, basis, Arrays.copyOfRange(eigen.vectors(), rank, n), -1));
        }
    }

    /** Pivoted Cholesky factor of a matrix of known rank; its entries are the coordinates. */
    private void trapezoid(final RandomBlock block, final double[][] d, final int rank) {
        final int n = block.size();
        final boolean[] done = new boolean[n];
        for (int j = 0; j < rank; j++) {
            int pivot = -1;
            for (int i = 0; i < n; i++) {
                if (!done[i] && (pivot < 0 || d[i][i] > d[pivot][pivot])) {
                    pivot = i;
                }
            }
            final double[] column = new double[n];
            for (int i = 0; i < n; i++) {
                if (!done[i]) {
                    column[i] = d[i][pivot] / Math.sqrt(d[pivot][pivot]);
                    final double[] unit = new double[n * n];
                    unit[i * n + j] = 1;
                    directions.add(place(block, unit));
                    addToFactor(column[i], directions.get(directions.size() - 1));
                }
            }
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    d[i][k] -= column[i] * column[k];
                }
            }
            done[pivot] = true;
        }
    }
}
