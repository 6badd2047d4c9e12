package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.GroupReduction;
import java.util.Arrays;

/**
 * What {@link RandomPart} adds to the sums, of many subjects at once: an entry of a small matrix is an array over the
 * subjects of a batch, so that the loops over them become vector instructions. A workspace of one thread.
 */
final class SubjectBatch implements LocalShares.Worker {
    private static final int MOST = 64;

    private final GroupReduction data;
    private final double[] factor;
    private final int q;
    private final int w;
    private final int c; // columns of [R T]
    private final int lanes; // subjects of a batch
    private final double[][] e; // q x c
    private final double[][] rf; // q x q
    private final double[][] s; // q x q, lower triangle
    private final double[] roots; // of |S|
    private final double[][] h; // q x w
    private final double[][] g; // q x q, packed
    private final double[][] hh; // w x w, packed, by element of G
    private final double[][] sumK0; // what is added to the sums of these names in the end
    private final double[][] sumG;
    private final double[][] sumHh;
    private final double[][] sumGg;
    private final double[][] sumGhh;

    /**
     * @param data reduced rows of all subjects
     * @param factor F, q x q, with D = F F'
     * @param order highest derivative that is asked for, 0 to 2
     */
    SubjectBatch(final GroupReduction data, final double[] factor, final int order) {
        this.data = data;
        this.factor = factor;
        q = data.effects();
        w = data.fixedEffects() + 1;
        c = q + w;
        lanes = Math.min(MOST, data.levels());
        e = new double[q * c][lanes];
        rf = new double[q * q][lanes];
        s = new double[q * q][lanes];
        roots = new double[lanes];
        final int elements = order > 0 ? q * (q + 1) / 2 : 0;
        final int packed = w * (w + 1) / 2;
        h = new double[order > 0 ? q * w : 0][lanes];
        g = new double[elements][lanes];
        hh = new double[elements * packed][lanes];
        sumK0 = new double[packed][lanes];
        sumG = new double[elements][lanes];
        sumHh = new double[elements * packed][lanes];
        sumGg = new double[order > 1 ? elements * elements : 0][lanes];
        sumGhh = new double[order > 1 ? elements * elements * packed : 0][lanes];
    }

    @Override
    public void add(final int subject, final JetSums sums) {
        add(subject, subject + 1, sums);
    }

    @Override
    public void add(final int from, final int to, final JetSums sums) {
        for (int first = from; first < to; first += lanes) {
            load(first, Math.min(lanes, to - first));
            solve(sums);
            for (int k = 0; k < q; k++) {
                for (int a = 0; a < w; a++) {
                    for (int b = 0; b <= a; b++) {
                        addProduct(e[k * c + q + a], e[k * c + q + b], sumK0[Packed.at(a, b)]);
                    }
                }
            }
            products();
        }
        addTotals(sumK0, sums.k0);
        addTotals(sumG, sums.g);
        addTotals(sumHh, sums.hh);
        addTotals(sumGg, sums.gg);
        addTotals(sumGhh, sums.ghh);
    }

    /** Takes [R T] of so many subjects into E; those beyond are 0 and add nothing. */
    private void load(final int first, final int size) {
        for (final double[] entry : e) {
            Arrays.fill(entry, size, lanes, 0);
        }
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < c; k++) {
                final double[] from = k < q ? data.r() : data.t();
                final int stride = k < q ? q * q : q * w;
                int at = first * stride + (k < q ? i * q + k : i * w + k - q);
                final double[] entry = e[i * c + k];
                for (int lane = 0; lane < size; lane++, at += stride) {
                    entry[lane] = from[at];
                }
            }
        }
    }

    /** L with S = I + RF (RF)' = LL', whose pivots are taken into log |V|, and E = L^-1 [R T]. */
    private void solve(final JetSums sums) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                Arrays.fill(rf[i * q + j], 0);
                for (int k = i; k < q; k++) {
                    addMultiple(factor[k * q + j], e[i * c + k], rf[i * q + j]);
                }
            }
        }
        Arrays.fill(roots, 1);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                final double[] entry = s[i * q + j];
                Arrays.fill(entry, i == j ? 1 : 0);
                for (int k = 0; k < q; k++) {
                    addProduct(rf[i * q + k], rf[j * q + k], entry);
                }
                for (int k = 0; k < j; k++) {
                    subtractProduct(s[i * q + k], s[j * q + k], entry);
                }
                if (i > j) {
                    multiply(s[j * q + j], entry); // 1 / pivot
                }
            }
            invertPivots(s[i * q + i], roots);
        }
        for (final double root : roots) {
            sums.multiplyRoot(root);
        }
        for (int k = 0; k < q; k++) {
            for (int i = 0; i < c; i++) {
                for (int j = 0; j < k; j++) {
                    subtractProduct(s[k * q + j], e[j * c + i], e[k * c + i]);
                }
                multiply(s[k * q + k], e[k * c + i]);
            }
        }
    }

    /** Squares of pivots become their inverses. If D overflows the criterion becomes NaN, which refuses the step. */
    private static void invertPivots(final double[] squares, final double[] products) {
        for (int lane = 0; lane < squares.length; lane++) {
            final double square = squares[lane];
            final double pivot = Math.sqrt(square + (square - square)); // NaN of an infinite one
            products[lane] *= pivot;
            squares[lane] = 1 / pivot;
        }
    }

    /** G = E_r'E_r, H = E_r'E_t and the sums of their products. */
    private void products() {
        for (int k = 0; k < h.length; k++) {
            product(k / w, q + k % w, h[k]);
        }
        for (int i = 0, k = 0; k < g.length; i++) {
            for (int j = 0; j <= i; j++, k++) {
                product(i, j, g[k]);
                for (int a = 0, l = k * sumK0.length; a < w; a++) {
                    for (int b = 0; b <= a; b++, l++) {
                        symmetrised(h[i * w + a], h[j * w + b], h[i * w + b], h[j * w + a], hh[l]);
                        add(hh[l], sumHh[l]);
                    }
                }
                add(g[k], sumG[k]);
            }
        }
        if (sumGg.length > 0) {
            addTimesG(g, sumGg);
            addTimesG(hh, sumGhh);
        }
    }

    /** Products of each element of G with others, two elements at a time. */
    private void addTimesG(final double[][] x, final double[][] to) {
        for (int l = 0; l < x.length; l++) {
            int k = 0;
            for (; k + 1 < g.length; k += 2) {
                addTwoProducts(x[l], g[k], g[k + 1], to[k * x.length + l], to[(k + 1) * x.length + l]);
            }
            if (k < g.length) {
                addProduct(x[l], g[k], to[k * x.length + l]);
            }
        }
    }

    /** The product of two columns of E. */
    private void product(final int i, final int j, final double[] to) {
        Arrays.fill(to, 0);
        for (int k = 0; k < q; k++) {
            addProduct(e[k * c + i], e[k * c + j], to);
        }
    }

    /** Adds what was summed by place in the batch, which starts again from 0. */
    private static void addTotals(final double[][] places, final double[] to) {
        for (int k = 0; k < places.length; k++) {
            to[k] += sum(places[k]);
            Arrays.fill(places[k], 0);
        }
    }

    private static void add(final double[] x, final double[] to) {
        for (int lane = 0; lane < to.length; lane++) {
            to[lane] += x[lane];
        }
    }

    private static void addTwoProducts(final double[] t, final double[] x, final double[] y, final double[] toX,
        final double[] toY) {
        for (int lane = 0; lane < toX.length; lane++) {
            toX[lane] += t[lane] * x[lane];
            toY[lane] += t[lane] * y[lane];
        }
    }

    private static void addMultiple(final double factor, final double[] x, final double[] to) {
        for (int lane = 0; lane < to.length; lane++) {
            to[lane] += factor * x[lane];
        }
    }

    private static void addProduct(final double[] x, final double[] y, final double[] to) {
        for (int lane = 0; lane < to.length; lane++) {
            to[lane] += x[lane] * y[lane];
        }
    }

    private static void subtractProduct(final double[] x, final double[] y, final double[] to) {
        for (int lane = 0; lane < to.length; lane++) {
            to[lane] -= x[lane] * y[lane];
        }
    }

    private static void multiply(final double[] x, final double[] to) {
        for (int lane = 0; lane < to.length; lane++) {
            to[lane] *= x[lane];
        }
    }

    private static void symmetrised(final double[] x, final double[] y, final double[] u, final double[] v,
        final double[] to) {
        for (int lane = 0; lane < to.length; lane++) {
            to[lane] = (x[lane] * y[lane] + u[lane] * v[lane]) / 2;
        }
    }

    /** In four sums, which need not wait for one another. */
    private static double sum(final double[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int lane = 0;
        for (; lane + 3 < x.length; lane += 4) {
            s0 += x[lane];
            s1 += x[lane + 1];
            s2 += x[lane + 2];
            s3 += x[lane + 3];
        }
        for (; lane < x.length; lane++) {
            s0 += x[lane];
        }
        return s0 + s1 + (s2 + s3);
    }
}
