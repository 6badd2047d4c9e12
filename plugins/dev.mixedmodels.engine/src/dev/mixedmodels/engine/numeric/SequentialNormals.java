package dev.mixedmodels.engine.numeric;

import dev.mixedmodels.engine.common.Progress;
import org.apache.commons.math3.special.Erf;

/**
 * Tails of several correlated standard normals. That any is beyond w is split by the first one that is: P = sum over i
 * of P(Z_i beyond w, Z_j not for all j before i). In each part Z_i is drawn from its tail and the others one after the
 * other from their conditional distributions within their limits, so that the part is a tail of one normal times the
 * mean of a smooth function between 0 and 1, which is near 1 where the tail is small: the error stays small relative to
 * the tail. The mean is over the points of a lattice.
 * <p>
 * Source: Genz (1992) J. Comp. Graph. Statist. 1:141-149 (conditional draws).
 */
final class SequentialNormals {
    /**
     * So many conditional probabilities are computed for one tail, if it needs no fewer than the least number of
     * points.
     */
    private static final int WORK = 60_000;
    private static final int LEAST_POINTS = 250;
    private static final int MOST_POINTS = 8_000;
    /** A conditional variance below this is 0. */
    private static final double NOTHING = 1e-10;
    /** Below this limit the tail is drawn from by its quantiles. */
    private static final double NEAR = 1;
    private static final double SMALLEST = 1e-16;

    private final int k;
    private final double[][][] factors;
    private final LatticePoints lattice;
    private final Progress progress;

    /**
     * @param correlation k x k, possibly singular
     * @param progress asked whether the user cancelled
     */
    SequentialNormals(final double[][] correlation, final Progress progress) {
        this.progress = progress;
        k = correlation.length;
        factors = new double[k][][];
        for (int i = 0; i < k; i++) {
            factors[i] = factor(correlation, i);
        }
        lattice = new LatticePoints(k,
            Math.max(LEAST_POINTS, Math.min(MOST_POINTS, WORK / Math.max(1, k * (k - 1) / 2))));
    }

    /** Lower triangle L of variable i, then of those before it. */
    private static double[][] factor(final double[][] r, final int i) {
        final int[] order = new int[i + 1];
        order[0] = i;
        for (int j = 1; j <= i; j++) {
            order[j] = j - 1;
        }
        final double[][] l = new double[i + 1][i + 1];
        for (int a = 0; a <= i; a++) {
            for (int b = 0; b <= a; b++) {
                double rest = r[order[a]][order[b]];
                for (int c = 0; c < b; c++) {
                    rest -= l[a][c] * l[b][c];
                }
                if (a == b) {
                    l[a][a] = rest > NOTHING ? Math.sqrt(rest) : 0;
                } else {
                    l[a][b] = l[b][b] > 0 ? rest / l[b][b] : 0;
                }
            }
        }
        return l;
    }

    /** P(any Z_i &gt; w), or of |Z_i|, for w from 0. */
    double any(final double w, final boolean twoSided) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
            progress.check();
            sum += part(factors[i], w, twoSided ? -w : Double.NEGATIVE_INFINITY);
        }
        return Math.min(1, (twoSided ? 2 : 1) * sum);
    }

    /** P(first &gt; w, the others between low and w). */
    private double part(final double[][] l, final double w, final double low) {
        final double tail = Tail.normal(w);
        final double[] y = new double[l.length];
        double sum = 0;
        for (int n = 0; n < lattice.size(); n++) {
            double weight;
            final double u = lattice.value(n, 0);
            if (w < NEAR) {
                y[0] = quantile(1 - tail * u);
                weight = tail;
            } else { // from x exp(-(x^2 - w^2) / 2)
                y[0] = Math.sqrt(w * w - 2 * Math.log(u));
                weight = Math.exp(-w * w / 2) / Math.sqrt(2 * Math.PI) / y[0];
            }
            for (int j = 1; j < l.length && weight > 0; j++) {
                weight *= draw(l[j], j, y, low, w, n);
            }
            sum += weight;
        }
        return sum / lattice.size();
    }

    /** P(all Z_i &gt; w). */
    double all(final double w) {
        final double[][] l = factors[k - 1];
        final double[] y = new double[k];
        double sum = 0;
        for (int n = 0; n < lattice.size(); n++) {
            double weight = 1;
            for (int j = 0; j < k && weight > 0; j++) {
                weight *= draw(l[j], j, y, w, Double.POSITIVE_INFINITY, n);
            }
            sum += weight;
        }
        return sum / lattice.size();
    }

    /** The conditional probability of variable j between limits, and y[j] drawn there. */
    private double draw(final double[] row, final int j, final double[] y, final double low, final double high,
        final int point) {
        double mean = 0;
        for (int c = 0; c < j; c++) {
            mean += row[c] * y[c];
        }
        if (row[j] == 0) {
            return mean >= low && mean <= high ? 1 : 0;
        }
        final double below = Tail.normal((mean - low) / row[j]);
        final double above = Tail.normal((high - mean) / row[j]);
        final double between = Math.max(0, 1 - below - above);
        if (j < y.length - 1) { // nothing depends on the last one
            y[j] = quantile(below + lattice.value(point, j) * between);
        }
        return between;
    }

    private static double quantile(final double p) {
        return Math.sqrt(2) * Erf.erfInv(2 * Math.min(1 - SMALLEST, Math.max(SMALLEST, p)) - 1);
    }
}
