package dev.mixedmodels.engine.covariance;

import java.util.Arrays;
import java.util.function.DoubleFunction;

/**
 * Correlations of a Markov chain in time: rows j - 1 and j are correlated by r_j, rows further apart by the product of
 * the r between them. AR(1) has r_j = rho, continuous-time AR(1) r_j = rho^gap_j. The density factors into the
 * neighbours' conditionals, so that R^-1 = e_1 e_1' + sum_j (e_j - r_j e_(j-1)) (e_j - r_j e_(j-1))' / v_j with
 * v_j = 1 - r_j^2 is tridiagonal and everything else a sum over neighbours.
 */
final class MarkovCorrelation implements SubjectCorrelation {
    /**
     * The correlation of two neighbours and its derivatives.
     *
     * @param r the correlation
     * @param v 1 - r^2, exact where r is near 1
     * @param first dr / dpsi
     * @param second d2r / dpsi2
     */
    record Link(double r, double v, double first, double second) {
    }

    private static final double SMALL = 1e-150;

    private final DoubleFunction<Link> linkOfGap;
    private final boolean sameForAll;
    private Link[] links = new Link[0];
    private double[] root = new double[0];
    private int n;

    /**
     * @param linkOfGap the link for a time gap
     * @param sameForAll whether it is the same whatever the gap
     */
    MarkovCorrelation(final DoubleFunction<Link> linkOfGap, final boolean sameForAll) {
        this.linkOfGap = linkOfGap;
        this.sameForAll = sameForAll;
    }

    @Override
    public void prepare(final double[] gaps, final int start, final int rows) {
        n = rows;
        if (links.length < n) {
            links = new Link[n];
            root = new double[n];
        }
        root[0] = 1;
        for (int j = 1; j < n; j++) {
            final boolean known = j > 1 && (sameForAll || gaps[start + j] == gaps[start + j - 1]);
            links[j] = known ? links[j - 1] : linkOfGap.apply(sameForAll ? 1 : gaps[start + j]);
            root[j] = known ? root[j - 1] : Math.sqrt(links[j].v);
        }
    }

    @Override
    public double logDeterminant() {
        double sum = 0;
        double product = 1; // logarithms are taken of products, for they cost much
        for (int j = 1; j < n; j++) {
            product *= links[j].v;
            if (!(product > SMALL)) {
                sum += Math.log(product);
                product = 1;
            }
        }
        return sum + Math.log(product);
    }

    @Override
    public double slopeTrace() {
        double sum = 0;
        for (int j = 1; j < n; j++) {
            sum -= 2 * links[j].r * links[j].first / links[j].v;
        }
        return sum;
    }

    @Override
    public double squaredSlopeTrace() {
        double sum = 0;
        for (int j = 1; j < n; j++) {
            final Link k = links[j];
            sum += 2 * k.first * k.first * (1 + k.r * k.r) / (k.v * k.v);
        }
        return sum;
    }

    @Override
    public double curvatureTrace() {
        double sum = 0;
        for (int j = 1; j < n; j++) {
            sum -= 2 * links[j].r * links[j].second / links[j].v;
        }
        return sum;
    }

    @Override
    public double slopeTrace(final double[] d) {
        double sum = 0;
        for (int j = 1; j < n; j++) {
            sum -= links[j].r * links[j].first / links[j].v * (d[j] + d[j - 1]);
        }
        return sum;
    }

    @Override
    public double hadamardTrace(final double[] d, final double[] e) {
        double sum = d[0] * e[0];
        for (int j = 1; j < n; j++) {
            final double outside = links[j].r * links[j].r / links[j].v;
            sum += d[j] * e[j] + outside * (d[j] - d[j - 1]) * (e[j] - e[j - 1]);
        }
        return sum;
    }

    @Override
    public void whiten(final double[] x, final int c) {
        for (int j = n - 1; j > 0; j--) {
            final double r = links[j].r;
            final double s = 1 / root[j];
            for (int i = j * c, end = i + c; i < end; i++) {
                x[i] = s * (x[i] - r * x[i - c]);
            }
        }
    }

    @Override
    public void transposedWhiten(final double[] x, final int c) {
        for (int j = 0; j < n; j++) {
            scale(x, c, j, 1 / root[j]);
            if (j + 1 < n) {
                final double next = links[j + 1].r / root[j + 1];
                for (int i = j * c, end = i + c; i < end; i++) {
                    x[i] -= next * x[i + c];
                }
            }
        }
    }

    @Override
    public void transposedUnwhiten(final double[] x, final int c) {
        for (int j = n - 1; j >= 0; j--) {
            if (j + 1 < n) {
                final double next = links[j + 1].r / root[j + 1];
                for (int i = j * c, end = i + c; i < end; i++) {
                    x[i] += next * x[i + c];
                }
            }
            scale(x, c, j, root[j]);
        }
    }

    private static void scale(final double[] x, final int c, final int j, final double factor) {
        for (int i = j * c, end = i + c; i < end; i++) {
            x[i] *= factor;
        }
    }

    /** The link adds a(r) = 1/v at j, a(r) - 1 at j - 1 and b(r) = -r/v beside; here minus their derivatives. */
    @Override
    public void precisionSlope(final double[] x, final int c, final double[] out) {
        Arrays.fill(out, 0, n * c, 0);
        for (int j = 1; j < n; j++) {
            final Link k = links[j];
            final double v2 = k.v * k.v;
            addLink(x, c, out, j, -2 * k.r * k.first / v2, k.first * (1 + k.r * k.r) / v2);
        }
    }

    @Override
    public void precisionCurvature(final double[] x, final int c, final double[] out) {
        Arrays.fill(out, 0, n * c, 0);
        for (int j = 1; j < n; j++) {
            final Link k = links[j];
            final double r = k.r;
            final double square = k.first * k.first;
            final double v2 = k.v * k.v;
            final double a = 2 * (square + r * k.second) / v2 + 8 * r * r * square / (v2 * k.v);
            final double b = -(k.second * (1 + r * r) + 2 * r * square) / v2
                - 4 * r * square * (1 + r * r) / (v2 * k.v);
            addLink(x, c, out, j, a, b);
        }
    }

    private static void addLink(final double[] x, final int c, final double[] out, final int j, final double a,
        final double b) {
        for (int i = j * c, end = i + c; i < end; i++) {
            out[i] += a * x[i] + b * x[i - c];
            out[i - c] += a * x[i - c] + b * x[i];
        }
    }
}
