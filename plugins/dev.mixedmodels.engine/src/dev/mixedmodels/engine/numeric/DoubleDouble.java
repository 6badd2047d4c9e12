package dev.mixedmodels.engine.numeric;

import java.io.Serializable;

/**
 * A running sum in double-double arithmetic: an unevaluated sum of two doubles with about 106 bits. Sums of doubles and
 * of products of doubles lose nothing that a double could show, unless more than 30 digits cancel.
 * <p>
 * Source: Dekker (1971) Numer. Math. 18:224-242; Hida, Li &amp; Bailey (2001) Algorithms for quad-double precision
 * floating point arithmetic, sections 3 and 4.
 */
public final class DoubleDouble implements Serializable {
    private static final long serialVersionUID = 1L;

    private double high;
    private double low;

    /**
     * Adds a number.
     *
     * @param x the summand
     */
    public void add(final double x) {
        add(x, 0);
    }

    /**
     * Adds an unevaluated sum of two numbers.
     *
     * @param x leading part
     * @param xLow trailing part, at most half a unit in the last place of x
     */
    public void add(final double x, final double xLow) {
        final double sum = high + x;
        final double part = sum - high;
        final double error = (high - (sum - part)) + (x - part) + (low + xLow);
        high = sum + error;
        low = error - (high - sum);
    }

    /**
     * Adds a product, computed without rounding.
     *
     * @param x first factor
     * @param y second factor
     */
    public void addProduct(final double x, final double y) {
        final double product = x * y;
        add(product, Math.fma(x, y, -product));
    }

    /**
     * Adds the product of two unevaluated sums.
     *
     * @param x leading part of the first factor
     * @param xLow its trailing part
     * @param y leading part of the second factor
     * @param yLow its trailing part
     */
    public void addProduct(final double x, final double xLow, final double y, final double yLow) {
        final double product = x * y;
        add(product, Math.fma(x, y, -product) + (x * yLow + xLow * y));
    }

    /**
     * Divides this sum.
     *
     * @param y leading part of the divisor
     * @param yLow its trailing part
     */
    public void divide(final double y, final double yLow) {
        final double quotient = high / y;
        addProduct(-quotient, 0, y, yLow);
        final double correction = (high + low) / y;
        high = quotient + correction;
        low = correction - (high - quotient);
    }

    /** Replaces this sum, which must be positive, by its square root. */
    public void squareRoot() {
        final double root = Math.sqrt(high);
        addProduct(-root, root);
        final double correction = (high + low) / (2 * root);
        high = root + correction;
        low = correction - (high - root);
    }

    /** Starts again from 0. */
    public void clear() {
        high = 0;
        low = 0;
    }

    /**
     * Adds another sum.
     *
     * @param other the other sum, left as it is
     */
    public void add(final DoubleDouble other) {
        add(other.high, other.low);
    }

    /**
     * @return the sum, rounded to a double
     */
    public double value() {
        return high + low;
    }

    /**
     * @return the leading part of the sum
     */
    public double high() {
        return high;
    }

    /**
     * @return the trailing part of the sum
     */
    public double low() {
        return low;
    }
}
