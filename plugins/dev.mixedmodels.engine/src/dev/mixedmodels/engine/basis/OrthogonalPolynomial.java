package dev.mixedmodels.engine.basis;

import dev.mixedmodels.engine.numeric.DoubleDouble;

/**
 * Polynomials of rising degree that are orthogonal over given values and of unit length there, with positive leading
 * coefficients: R's {@code poly}. With t = x - c, where c is the mean but for rounding, they follow the recurrence
 * p_0 = 1, p_1 = t - d_1, p_(k+1) = (t - d_(k+1)) p_k - (n_k / n_(k-1)) p_(k-1), where n_k is the sum of squares of p_k
 * over the values; column k is p_k over the root of n_k.
 * <p>
 * Source: Kennedy &amp; Gentle (1980) Statistical Computing, pp. 343-344, whose recurrence R stores.
 * <p>
 * The mathematics: doc/curves.md beside the sources.
 */
public final class OrthogonalPolynomial implements Basis {
    private final double[] centres;
    private final double[] squares;

    /**
     * @param centres c and then d_1, d_2, ... up to the degree
     * @param squares n_0, the number of values, and then n_1, n_2, ... up to the degree
     */
    public OrthogonalPolynomial(final double[] centres, final double[] squares) {
        this.centres = centres.clone();
        this.squares = squares.clone();
    }

    /**
     * @param x more different values than the degree
     * @param counts how many there are of each
     * @param degree the highest degree, from 1
     * @return the polynomials
     */
    public static OrthogonalPolynomial of(final double[] x, final long[] counts, final int degree) {
        final double[] centres = new double[degree + 1];
        final double[] squares = new double[degree + 1];
        centres[0] = Scaling.mean(x, counts);
        double[] before = new double[x.length];
        double[] last = new double[x.length];
        for (int k = 0; k <= degree; k++) {
            final double ratio = k < 2 ? 0 : squares[k - 1] / squares[k - 2];
            final double[] next = new double[x.length];
            final DoubleDouble square = new DoubleDouble();
            final DoubleDouble moment = new DoubleDouble();
            for (int i = 0; i < x.length; i++) {
                final double t = x[i] - centres[0];
                next[i] = k == 0 ? 1 : (t - centres[k]) * last[i] - ratio * before[i];
                square.addProduct(counts[i], next[i] * next[i]);
                moment.addProduct(counts[i], t * (next[i] * next[i]));
            }
            squares[k] = square.value();
            if (k < degree) {
                centres[k + 1] = moment.value() / squares[k];
            }
            before = last;
            last = next;
        }
        return new OrthogonalPolynomial(centres, squares);
    }

    /**
     * @return what the constructor takes as centres
     */
    public double[] centres() {
        return centres.clone();
    }

    /**
     * @return what the constructor takes as squares
     */
    public double[] squares() {
        return squares.clone();
    }

    @Override
    public double value(final int column, final double x) {
        final double t = x - centres[0];
        double before = 1;
        double last = t - centres[1];
        for (int k = 1; k <= column; k++) {
            final double next = (t - centres[k + 1]) * last - squares[k] / squares[k - 1] * before;
            before = last;
            last = next;
        }
        return last / Math.sqrt(squares[column + 1]);
    }
}
