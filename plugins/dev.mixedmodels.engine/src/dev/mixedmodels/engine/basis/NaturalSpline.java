package dev.mixedmodels.engine.basis;

/**
 * Cubic splines whose second derivative is 0 at the outer knots, and which go on as lines outside of them: R's
 * {@code ns}. Their columns are the B-splines B without the first one times an orthonormal basis of the space that is
 * orthogonal to the second derivatives at the outer knots: the last columns of Q in C' = QR by Householder reflections,
 * where row k of C has the second derivatives of the B-splines at outer knot k.
 * <p>
 * The mathematics: doc/curves.md beside the sources.
 */
public final class NaturalSpline implements Basis {
    private static final int CUBIC = 3;
    private final BSpline splines;
    private final double low;
    private final double high;
    private final double[][] q;
    private final double[][] ends;

    /**
     * @param knots the lower outer knot, those inside in rising order, the upper outer knot
     */
    public NaturalSpline(final double[] knots) {
        splines = new BSpline(CUBIC, knots);
        low = knots[0];
        high = knots[knots.length - 1];
        q = orthogonal(withoutFirst(splines.derivatives(2, low)), withoutFirst(splines.derivatives(2, high)));
        ends = new double[][] {combined(withoutFirst(splines.derivatives(0, low))),
            combined(withoutFirst(splines.derivatives(1, low))), combined(withoutFirst(splines.derivatives(0, high))),
            combined(withoutFirst(splines.derivatives(1, high)))};
    }

    private static double[] withoutFirst(final double[] values) {
        final double[] rest = new double[values.length - 1];
        System.arraycopy(values, 1, rest, 0, rest.length);
        return rest;
    }

    private double[] combined(final double[] values) {
        final double[] columns = new double[q[0].length];
        for (int i = 0; i < q.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j] += values[i] * q[i][j];
            }
        }
        return columns;
    }

    /**
     * The columns of Q but the first two, where the reflections turn the first vector onto the first axis and the
     * second one into the plane of the first two. Each reflection goes to the axis' side away from the vector, as
     * LINPACK's do, so that the signs are R's.
     */
    private static double[][] orthogonal(final double[] first, final double[] second) {
        final int n = first.length;
        final double[][] v = {first.clone(), second.clone()};
        for (int l = 0; l < 2; l++) {
            double norm = 0;
            for (int i = l; i < n; i++) {
                norm = Math.hypot(norm, v[l][i]);
            }
            norm = Math.copySign(norm, v[l][l]);
            for (int i = 0; i < n; i++) {
                v[l][i] = i < l ? 0 : v[l][i] / norm;
            }
            v[l][l] += 1;
            if (l == 0) {
                reflect(v[0], 0, v[1]);
            }
        }
        final double[][] q = new double[n][n - 2];
        for (int j = 2; j < n; j++) {
            final double[] column = new double[n];
            column[j] = 1;
            reflect(v[1], 1, column);
            reflect(v[0], 0, column);
            for (int i = 0; i < n; i++) {
                q[i][j - 2] = column[i];
            }
        }
        return q;
    }

    /** x - v (v'x) / v_l, where v has been scaled so that v'v = 2 v_l. */
    private static void reflect(final double[] v, final int l, final double[] x) {
        double dot = 0;
        for (int i = l; i < x.length; i++) {
            dot += v[i] * x[i];
        }
        for (int i = l; i < x.length; i++) {
            x[i] -= v[i] * dot / v[l];
        }
    }

    @Override
    public double value(final int column, final double x) {
        if (x < low) {
            return ends[0][column] + (x - low) * ends[1][column];
        }
        if (x > high) {
            return ends[2][column] + (x - high) * ends[CUBIC][column];
        }
        final int interval = splines.interval(x);
        final double[] local = splines.local(interval, CUBIC, x);
        double sum = 0;
        for (int i = 0; i <= CUBIC; i++) {
            final int spline = interval - CUBIC + i - 1; // less the first one
            sum += spline < 0 ? 0 : local[i] * q[spline][column];
        }
        return sum;
    }
}
