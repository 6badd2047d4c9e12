package dev.mixedmodels.engine.covariance;

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
     * @param h 1 / v
     * @param first dr / dpsi
     * @param second d2r / dpsi2
     */
    record Link(double r, double v, double h, double first, double second) {
        /** Up to this square of a correlation 1 - r^2 has all its digits but two or three bits. */
        private static final double NEAR_ONE = 0.75;

        static Link of(final double r, final double v, final double first, final double second) {
            return new Link(r, v, 1 / v, first, second);
        }

        /** r = exp(-x) where dx / dpsi = sign x. */
        static Link ofDecay(final double x, final int sign) {
            final double r = Math.exp(-x);
            final double v = r * r < NEAR_ONE ? 1 - r * r : -Math.expm1(-2 * x); // which is slow
            return of(r, v, -sign * x * r, x * (x - 1) * r);
        }
    }

    private static final double SMALL = 1e-150;

    private final DoubleFunction<Link> linkOfGap;
    private final boolean sameForAll;
    private Link[] links = new Link[0];
    /** 1 / sqrt(v). */
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
    public void prepare(final double[][] positions, final int start, final int rows) {
        n = rows;
        if (links.length < n) {
            links = new Link[n];
            root = new double[n];
        }
        root[0] = 1;
        double before = Double.NaN;
        for (int j = 1; j < n; j++) {
            final double gap = sameForAll ? 1 : positions[0][start + j] - positions[0][start + j - 1];
            final boolean known = gap == before;
            links[j] = known ? links[j - 1] : linkOfGap.apply(gap);
            root[j] = known ? root[j - 1] : Math.sqrt(links[j].h);
            before = gap;
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
    public double slopeTrace(final int k) {
        double sum = 0;
        for (int j = 1; j < n; j++) {
            sum -= 2 * links[j].r * links[j].first * links[j].h;
        }
        return sum;
    }

    @Override
    public double squaredSlopeTrace(final int k, final int m) {
        double sum = 0;
        for (int j = 1; j < n; j++) {
            final Link link = links[j];
            sum += 2 * link.first * link.first * (1 + link.r * link.r) * (link.h * link.h);
        }
        return sum;
    }

    @Override
    public double curvatureTrace(final int k, final int m) {
        double sum = 0;
        for (int j = 1; j < n; j++) {
            sum -= 2 * links[j].r * links[j].second * links[j].h;
        }
        return sum;
    }

    @Override
    public double slopeTrace(final int k, final double[] d) {
        double sum = 0;
        for (int j = 1; j < n; j++) {
            sum -= links[j].r * links[j].first * links[j].h * (d[j] + d[j - 1]);
        }
        return sum;
    }

    @Override
    public double hadamardTrace(final double[] d, final double[] e) {
        double sum = d[0] * e[0];
        for (int j = 1; j < n; j++) {
            final double outside = links[j].r * links[j].r * links[j].h;
            sum += d[j] * e[j] + outside * (d[j] - d[j - 1]) * (e[j] - e[j - 1]);
        }
        return sum;
    }

    @Override
    public void whiten(final double[] x, final int c) {
        for (int j = n - 1; j > 0; j--) {
            final double r = links[j].r;
            final double s = root[j];
            for (int i = j * c, end = i + c; i < end; i++) {
                x[i] = s * (x[i] - r * x[i - c]);
            }
        }
    }

    @Override
    public void unwhiten(final double[] x, final int c) {
        for (int j = 1; j < n; j++) {
            final double r = links[j].r;
            final double s = links[j].v * root[j];
            for (int i = j * c, end = i + c; i < end; i++) {
                x[i] = r * x[i - c] + s * x[i];
            }
        }
    }

    @Override
    public void transposedWhiten(final double[] x, final int c) {
        for (int j = 0; j < n; j++) {
            final double s = root[j];
            final double next = j + 1 < n ? links[j + 1].r * root[j + 1] : 0;
            final int below = j + 1 < n ? c : 0;
            for (int i = j * c, end = i + c; i < end; i++) {
                x[i] = s * x[i] - next * x[i + below];
            }
        }
    }

    @Override
    public void transposedUnwhiten(final double[] x, final int c) {
        for (int j = n - 1; j >= 0; j--) {
            final double s = j > 0 ? links[j].v * root[j] : 1;
            final double next = j + 1 < n ? links[j + 1].r * root[j + 1] : 0;
            final int below = j + 1 < n ? c : 0;
            for (int i = j * c, end = i + c; i < end; i++) {
                x[i] = s * (x[i] + next * x[i + below]);
            }
        }
    }

    /** The link adds a(r) = 1/v at j, a(r) - 1 at j - 1 and b(r) = -r/v beside; here minus their derivatives. */
    @Override
    public void precisionSlope(final int k, final double[] x, final int c, final double[] out) {
        for (int j = 0; j < n; j++) {
            tridiagonal(x, c, out, j, slope(j, false) + slope(j + 1, false), slope(j, true), slope(j + 1, true));
        }
    }

    private double slope(final int j, final boolean beside) {
        if (j == 0 || j == n) {
            return 0;
        }
        final Link k = links[j];
        final double slope = k.first * k.h * k.h;
        return beside ? (1 + k.r * k.r) * slope : -2 * k.r * slope;
    }

    @Override
    public void precisionCurvature(final int k, final int m, final double[] x, final int c, final double[] out) {
        for (int j = 0; j < n; j++) {
            tridiagonal(x, c, out, j, curvature(j, false) + curvature(j + 1, false), curvature(j, true),
                curvature(j + 1, true));
        }
    }

    private double curvature(final int j, final boolean beside) {
        if (j == 0 || j == n) {
            return 0;
        }
        final Link k = links[j];
        final double r = k.r;
        final double square = k.first * k.first;
        final double h2 = k.h * k.h;
        return beside ? -h2 * (k.second * (1 + r * r) + 2 * r * square + 4 * r * square * (1 + r * r) * k.h)
            : h2 * (2 * (square + r * k.second) + 8 * r * r * square * k.h);
    }

    /** Row j of a tridiagonal matrix times x. */
    private void tridiagonal(final double[] x, final int c, final double[] out, final int j, final double own,
        final double before, final double after) {
        final int above = j > 0 ? c : 0;
        final int below = j + 1 < n ? c : 0;
        for (int i = j * c, end = i + c; i < end; i++) {
            out[i] = own * x[i] + before * x[i - above] + after * x[i + below];
        }
    }
}
