package dev.mixedmodels.engine.statistics;

import java.util.Arrays;

/**
 * Reduces units one at a time, folding blocks of rows into the triangle so that a unit may be of any size. A workspace
 * of one thread.
 */
final class UnitReducer {
    private static final int BLOCK = 64;

    private final int q;
    private final int p1;
    private final int width;
    private final double[] block;
    private final CompensatedSums within;

    /**
     * @param q number of random effects
     * @param p1 number of fixed effects and the response
     * @param within takes what is left within units
     */
    UnitReducer(final int q, final int p1, final CompensatedSums within) {
        this.q = q;
        this.p1 = p1;
        this.within = within;
        width = q + p1;
        block = new double[(q + Math.max(q, BLOCK)) * width];
    }

    /** Reduces the rows of a unit, of rows [z x y]. */
    void reduce(final double[] rows, final RowOrder order, final int unit, final double[] r, final double[] t) {
        Arrays.fill(block, 0, q * width, 0);
        final int end = order.start()[unit + 1];
        for (int at = order.start()[unit]; at < end; at += BLOCK) {
            final int size = Math.min(BLOCK, end - at);
            for (int i = 0; i < size; i++) {
                System.arraycopy(rows, order.row(at + i) * width, block, (q + i) * width, width);
            }
            fold(q + size);
        }
        for (int c = 0; c < q; c++) {
            System.arraycopy(block, c * width, r, (unit * q + c) * q, q);
            System.arraycopy(block, c * width + q, t, (unit * q + c) * p1, p1);
        }
    }

    /** Reduces [R T] of a unit together with those of other rows of the same unit. */
    void stack(final double[] r, final double[] t, final int unit, final double[] otherR, final double[] otherT,
        final int other) {
        for (int c = 0; c < q; c++) {
            System.arraycopy(r, (unit * q + c) * q, block, c * width, q);
            System.arraycopy(t, (unit * q + c) * p1, block, c * width + q, p1);
            System.arraycopy(otherR, (other * q + c) * q, block, (q + c) * width, q);
            System.arraycopy(otherT, (other * q + c) * p1, block, (q + c) * width + q, p1);
        }
        fold(2 * q);
        for (int c = 0; c < q; c++) {
            System.arraycopy(block, c * width, r, (unit * q + c) * q, q);
            System.arraycopy(block, c * width + q, t, (unit * q + c) * p1, p1);
        }
    }

    /** Householder reflections that leave [R T] in the first q rows; the rest goes into the sums within units. */
    private void fold(final int m) {
        for (int c = 0; c < q; c++) {
            reflect(c, m);
        }
        for (int a = 0; a < p1; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = q * width + q; i < m * width; i += width) {
                    sum += block[i + a] * block[i + b];
                }
                within.add(a * p1 + b, sum);
            }
        }
    }

    /** Column c below row c becomes 0: rows c and q .. m - 1 take part, for those between are 0 already. */
    private void reflect(final int c, final int m) {
        final int head = c * width;
        double tail = 0;
        for (int i = q * width + c; i < m * width; i += width) {
            tail += block[i] * block[i];
        }
        if (tail == 0) {
            return;
        }
        final double x = block[head + c];
        final double norm = Math.sqrt(x * x + tail);
        final double v = x > 0 ? x + norm : x - norm; // the reflector is (v, tail)
        final double factor = 2 / (v * v + tail);
        block[head + c] = x > 0 ? -norm : norm;
        for (int d = c + 1; d < width; d++) {
            double dot = v * block[head + d];
            for (int i = q * width; i < m * width; i += width) {
                dot += block[i + c] * block[i + d];
            }
            dot *= factor;
            block[head + d] -= dot * v;
            for (int i = q * width; i < m * width; i += width) {
                block[i + d] -= dot * block[i + c];
            }
        }
    }
}
