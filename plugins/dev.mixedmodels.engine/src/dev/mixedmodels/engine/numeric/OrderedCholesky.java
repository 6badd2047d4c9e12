package dev.mixedmodels.engine.numeric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The factor R of X'X = R'R in double-double arithmetic, columns taken in their order; a column that is a linear
 * combination of those before it is passed over. Columns are judged by what is left of them after the first ones, an
 * intercept or the indicators of a factor: after centring, so that an offset does not make a column look redundant, and
 * relative to that, so that scale does not matter.
 */
public final class OrderedCholesky {
    /** A column is redundant if less than this part of its (centred) norm is left: half the digits of a double. */
    private static final double TOLERANCE = Math.sqrt(Math.ulp(1.0));
    /** Less than this part of the norm of a column before centring is rounding of its values. */
    private static final double ROUNDING = 16 * Math.ulp(1.0);

    private final int[] kept;
    private final double[][] high;
    private final double[][] low;
    private final double[] left;

    private OrderedCholesky(final CrossProducts products, final int candidates, final int base) {
        final int n = products.columns();
        high = new double[n][];
        low = new double[n][];
        left = new double[n];
        final List<Integer> chosen = new ArrayList<>();
        for (int j = 0; j < n; j++) {
            final DoubleDouble rest = eliminate(products, j, chosen);
            left[j] = rest.value();
            if (j < candidates && left[j] > threshold(products, j, Math.min(base, chosen.size()))) {
                rest.squareRoot();
                high[j][chosen.size()] = rest.high();
                low[j][chosen.size()] = rest.low();
                chosen.add(j);
            }
        }
        kept = chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * @param products cross-products of the columns; columns may only be shifted after a constant column 0
     * @param candidates the first so many columns are factored; the others (responses) are only projected on them
     * @param base number of first columns by whose remainder others are judged: 1 for an intercept
     * @return the factor
     */
    public static OrderedCholesky of(final CrossProducts products, final int candidates, final int base) {
        return new OrderedCholesky(products, candidates, base);
    }

    /**
     * As above for columns after an intercept, or without any base.
     *
     * @param products cross-products of the columns
     * @param candidates the first so many columns are factored
     * @param intercept whether column 0 is an intercept
     * @return the factor
     */
    public static OrderedCholesky of(final CrossProducts products, final int candidates, final boolean intercept) {
        return of(products, candidates, intercept ? 1 : 0);
    }

    /** Fills column j of R above its diagonal; returns what is left of the column's squared norm. */
    private DoubleDouble eliminate(final CrossProducts products, final int j, final List<Integer> chosen) {
        final int size = chosen.size();
        final double[] rHigh = new double[size + 1];
        final double[] rLow = new double[size + 1];
        final DoubleDouble sum = new DoubleDouble();
        for (int i = 0; i < size; i++) {
            final int column = chosen.get(i);
            sum.clear();
            products.addTo(sum, j, column);
            for (int k = 0; k < i; k++) {
                sum.addProduct(-high[column][k], -low[column][k], rHigh[k], rLow[k]);
            }
            sum.divide(high[column][i], low[column][i]);
            rHigh[i] = sum.high();
            rLow[i] = sum.low();
        }
        high[j] = rHigh;
        low[j] = rLow;
        final DoubleDouble rest = new DoubleDouble();
        products.addTo(rest, j, j);
        for (int k = 0; k < size; k++) {
            rest.addProduct(-rHigh[k], -rLow[k], rHigh[k], rLow[k]);
        }
        return rest;
    }

    private double threshold(final CrossProducts products, final int j, final int base) {
        final double shift = products.shift(j);
        final double norm = products.product(j, j);
        double centred = norm;
        for (int k = 0; k < base; k++) {
            centred -= high[j][k] * high[j][k];
        }
        final double raw = norm + products.weight() * shift * shift;
        return Math.max(TOLERANCE * TOLERANCE * centred, ROUNDING * ROUNDING * raw);
    }

    /**
     * @return the columns that are not combinations of earlier ones, in order
     */
    public int[] kept() {
        return kept.clone();
    }

    /**
     * What is left of a column after projection on the kept columns before it; for a response the residual sum of
     * squares.
     *
     * @param column index of a column
     * @return squared norm, not negative
     */
    public double remainder(final int column) {
        return Math.max(0, left[column]);
    }

    /**
     * Coefficients of the least-squares projection of a column on the kept columns before it; for a response the
     * regression on all of them.
     *
     * @param column index of a column that is not kept
     * @return one coefficient for each kept column before it, as double-double: values and trailing parts
     */
    public double[][] projection(final int column) {
        final int size = high[column].length - 1;
        final double[] b = new double[size];
        final double[] bLow = new double[size];
        final DoubleDouble sum = new DoubleDouble();
        for (int i = size - 1; i >= 0; i--) {
            sum.clear();
            sum.add(high[column][i], low[column][i]);
            for (int k = i + 1; k < size; k++) {
                sum.addProduct(-high[kept[k]][i], -low[kept[k]][i], b[k], bLow[k]);
            }
            sum.divide(high[kept[i]][i], low[kept[i]][i]);
            b[i] = sum.high();
            bLow[i] = sum.low();
        }
        return new double[][]{b, bLow};
    }

    /**
     * The same projection in the orthonormal columns X R^-1.
     *
     * @param column index of a column that is not kept
     * @return one coefficient for each kept column before it
     */
    public double[] orthonormal(final int column) {
        return Arrays.copyOf(high[column], high[column].length - 1);
    }

    /**
     * The inverse of R over the kept columns, upper triangular: X R^-1 has orthonormal columns.
     *
     * @return values and trailing parts, each as rows
     */
    public double[][][] inverse() {
        final int p = kept.length;
        final double[][] m = new double[p][p];
        final double[][] mLow = new double[p][p];
        final DoubleDouble sum = new DoubleDouble();
        for (int j = 0; j < p; j++) {
            for (int i = j; i >= 0; i--) {
                sum.clear();
                sum.add(i == j ? 1 : 0);
                for (int k = i + 1; k <= j; k++) {
                    sum.addProduct(-high[kept[k]][i], -low[kept[k]][i], m[k][j], mLow[k][j]);
                }
                sum.divide(high[kept[i]][i], low[kept[i]][i]);
                m[i][j] = sum.high();
                mLow[i][j] = sum.low();
            }
        }
        return new double[][][]{m, mLow};
    }
}
