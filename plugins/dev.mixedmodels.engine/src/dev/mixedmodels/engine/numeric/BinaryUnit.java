package dev.mixedmodels.engine.numeric;

import java.io.Serializable;

/**
 * A power of two in which data are measured while a model is fitted, so that neither their squares nor products of
 * these leave the range of doubles. Changing to such a unit and back costs no rounding.
 *
 * @param exponent the unit is 2^exponent
 */
public record BinaryUnit(int exponent) implements Serializable {
    /** The data's own unit. */
    public static final BinaryUnit ONE = new BinaryUnit(0);
    /** So that unit and factor are ordinary numbers. */
    private static final int LARGEST = 1000;

    /**
     * @param length a typical size of the data
     * @return the unit nearest to it; the data's own for 0
     */
    public static BinaryUnit near(final double length) {
        return length == 0 ? ONE : of(Math.getExponent(length));
    }

    /**
     * @param exponent any number
     * @return the unit with that exponent or the nearest possible one
     */
    public static BinaryUnit of(final int exponent) {
        return new BinaryUnit(Math.max(-LARGEST, Math.min(LARGEST, exponent)));
    }

    /**
     * @return logarithm of the unit
     */
    public double log() {
        return exponent * Math.log(2);
    }

    /**
     * @return what data are multiplied by to be measured in this unit
     */
    public double factor() {
        return Math.scalb(1.0, -exponent);
    }

    /**
     * @param x a quantity in the data's own unit to some power
     * @param power that power: 1 for data, 2 for variances
     * @return the same in this unit; 0 or infinite if it leaves the range of doubles
     */
    public double measure(final double x, final int power) {
        return exponent == 0 ? x : Math.scalb(x, -power * exponent);
    }

    /**
     * @param x a quantity in this unit to some power
     * @param power that power: 1 for data, 2 for variances
     * @return the same in the data's own unit; NaN if it lies outside the range of doubles, where only 0 and infinity
     *         are left
     */
    public double restore(final double x, final int power) {
        if (exponent == 0) {
            return x;
        }
        final double restored = Math.scalb(x, power * exponent);
        return isLost(x, restored) ? Double.NaN : restored;
    }

    private static boolean isLost(final double x, final double restored) {
        return x != 0 && Math.abs(restored) < Double.MIN_NORMAL
            || Double.isInfinite(restored) && !Double.isInfinite(x);
    }
}
