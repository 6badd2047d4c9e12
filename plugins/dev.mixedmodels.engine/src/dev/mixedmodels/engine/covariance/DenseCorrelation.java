package dev.mixedmodels.engine.covariance;

import dev.mixedmodels.engine.numeric.BlockedCholesky;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Parallel;
import java.util.Arrays;

/**
 * Correlations without a structure that would spare the matrix: R, its factor and its inverse over the rows of a
 * subject, kept while the next subjects have rows at the same places. A matrix that is not positive definite has the
 * log-determinant NaN.
 */
final class DenseCorrelation implements SubjectCorrelation {
    /** What makes R over rows at given places. */
    @FunctionalInterface
    interface Shape {
        /** R and its derivatives over n rows from a start. */
        CovariancePoint over(double[][] positions, int start, int n);
    }

    /** From so many rows on a matrix is worked on in blocks and on all cores. */
    private static final int LARGE = 96;
    private static final int ROWS_PER_TASK = 16;

    private final Shape shape;
    private double[][] positions;
    private int start = -1;
    private int n = -1;
    private CovariancePoint point;
    private boolean positive;
    private double[] r;
    private double[] l;
    private double[] inverse;
    /** R^-1 R_k, once asked for. */
    private final double[][] relative = new double[2][];

    /**
     * @param shape of R
     */
    DenseCorrelation(final Shape shape) {
        this.shape = shape;
    }

    @Override
    public void prepare(final double[][] places, final int first, final int rows) {
        final boolean same = rows == n && samePlaces(places, first);
        positions = places;
        start = first;
        n = rows;
        if (same) {
            return;
        }
        point = shape.over(places, first, n);
        r = new double[n * n];
        point.value(r);
        l = r.clone();
        inverse = null;
        Arrays.fill(relative, null);
        positive = n < LARGE ? Cholesky.factor(l, n) : factorInBlocks();
    }

    /** Whether the rows are as far from one another as those before, for places that go on in the same way. */
    private boolean samePlaces(final double[][] places, final int first) {
        boolean same = true;
        for (int d = 0; d < places.length && same; d++) {
            same = Arrays.equals(places[d], first, first + n, positions[d], start, start + n);
        }
        return same;
    }

    private boolean factorInBlocks() {
        final BlockedCholesky blocked = new BlockedCholesky(n);
        blocked.clear();
        copy(l, n, blocked.entries(), blocked.stride());
        final boolean done = blocked.factor();
        copy(blocked.entries(), blocked.stride(), l, n);
        return done;
    }

    /** The lower triangle. */
    private void copy(final double[] from, final int stride, final double[] to, final int toStride) {
        for (int i = 0; i < n; i++) {
            System.arraycopy(from, i * stride, to, i * toStride, i + 1);
        }
    }

    private double[] inverse() {
        if (inverse == null) {
            inverse = n < LARGE ? Cholesky.inverse(l, n) : invertInBlocks();
        }
        return inverse;
    }

    private double[] invertInBlocks() {
        final BlockedCholesky blocked = new BlockedCholesky(n);
        blocked.clear();
        copy(l, n, blocked.entries(), blocked.stride());
        blocked.invert();
        final double[] whole = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                whole[i * n + j] = blocked.entries()[i * blocked.stride() + j];
                whole[j * n + i] = whole[i * n + j];
            }
        }
        return whole;
    }

    private double[] relative(final int k) {
        if (relative[k] == null) {
            final double[] first = new double[n * n];
            point.first(k, first);
            relative[k] = product(inverse(), first, n);
        }
        return relative[k];
    }

    /** A X with n x n A and n x c X, rows on all cores where there are many. */
    private double[] product(final double[] a, final double[] x, final int c) {
        final double[] product = new double[n * c];
        final int tasks = n < LARGE ? 1 : (n + ROWS_PER_TASK - 1) / ROWS_PER_TASK;
        Parallel.forEach(tasks, task -> {
            final int end = tasks == 1 ? n : Math.min(n, (task + 1) * ROWS_PER_TASK);
            for (int i = task * ROWS_PER_TASK; i < end; i++) {
                for (int m = 0; m < n; m++) {
                    final double factor = a[i * n + m];
                    for (int j = 0; j < c; j++) {
                        product[i * c + j] += factor * x[m * c + j];
                    }
                }
            }
        });
        return product;
    }

    /** tr(A B). */
    private double trace(final double[] a, final double[] b) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sum += a[i * n + j] * b[j * n + i];
            }
        }
        return sum;
    }

    @Override
    public double logDeterminant() {
        return positive ? Cholesky.logDeterminant(l, n) : Double.NaN;
    }

    @Override
    public double slopeTrace(final int k) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += relative(k)[i * n + i];
        }
        return sum;
    }

    @Override
    public double squaredSlopeTrace(final int k, final int m) {
        return trace(relative(k), relative(m));
    }

    @Override
    public double curvatureTrace(final int k, final int m) {
        final double[] second = new double[n * n];
        return point.second(k, m, second) ? trace(inverse(), second) : 0;
    }

    @Override
    public double slopeTrace(final int k, final double[] d) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += d[i] * relative(k)[i * n + i];
        }
        return sum;
    }

    @Override
    public double hadamardTrace(final double[] d, final double[] e) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sum += d[i] * e[j] * r[i * n + j] * inverse()[i * n + j];
            }
        }
        return sum;
    }

    @Override
    public void whiten(final double[] x, final int c) {
        for (int i = 0; i < n; i++) {
            for (int m = 0; m < i; m++) {
                addRow(x, c, i, -l[i * n + m], m);
            }
            scaleRow(x, c, i, 1 / l[i * n + i]);
        }
    }

    @Override
    public void unwhiten(final double[] x, final int c) {
        for (int i = n - 1; i >= 0; i--) {
            scaleRow(x, c, i, l[i * n + i]);
            for (int m = 0; m < i; m++) {
                addRow(x, c, i, l[i * n + m], m);
            }
        }
    }

    @Override
    public void transposedWhiten(final double[] x, final int c) {
        for (int i = n - 1; i >= 0; i--) {
            scaleRow(x, c, i, 1 / l[i * n + i]);
            for (int m = 0; m < i; m++) {
                addRow(x, c, m, -l[i * n + m], i);
            }
        }
    }

    @Override
    public void transposedUnwhiten(final double[] x, final int c) {
        for (int i = 0; i < n; i++) {
            for (int m = 0; m < i; m++) {
                addRow(x, c, m, l[i * n + m], i);
            }
            scaleRow(x, c, i, l[i * n + i]);
        }
    }

    private static void addRow(final double[] x, final int c, final int to, final double factor, final int from) {
        for (int j = 0; j < c; j++) {
            x[to * c + j] += factor * x[from * c + j];
        }
    }

    private static void scaleRow(final double[] x, final int c, final int row, final double factor) {
        for (int j = row * c; j < (row + 1) * c; j++) {
            x[j] *= factor;
        }
    }

    @Override
    public void precisionSlope(final int k, final double[] x, final int c, final double[] out) {
        System.arraycopy(slope(k, x, c), 0, out, 0, n * c);
    }

    /** R^-1 R_k R^-1 x. */
    private double[] slope(final int k, final double[] x, final int c) {
        return product(relative(k), product(inverse(), x, c), c);
    }

    /** (R^-1)_kl = A_k A_l R^-1 + A_l A_k R^-1 - R^-1 R_kl R^-1 with A_k = R^-1 R_k. */
    @Override
    public void precisionCurvature(final int k, final int m, final double[] x, final int c, final double[] out) {
        final double[] one = product(relative(k), slope(m, x, c), c);
        final double[] other = k == m ? one : product(relative(m), slope(k, x, c), c);
        final double[] second = new double[n * n];
        final double[] curved = point.second(k, m, second)
            ? product(inverse(), product(second, product(inverse(), x, c), c), c) : new double[n * c];
        for (int i = 0; i < n * c; i++) {
            out[i] = one[i] + other[i] - curved[i];
        }
    }
}
