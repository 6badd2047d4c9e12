package dev.mixedmodels.engine.design;

import java.io.Serializable;

/**
 * Cells of numbers within a range, as wide as binary digits of the numbers tell: all between two powers of two have one
 * width, and those below a small part of the largest number have the width of those above it. The cells of a wider
 * range are unions of those of a narrower one, so that numbers may be counted by cells before all are known.
 *
 * @param digits binary digits of a number, after the first, that tell its cell
 * @param lowest exponent of two from which they are digits of the number itself
 * @param first the first cell, of the least number or one below it
 * @param size how many there are
 */
record ValueCells(int digits, int lowest, long first, int size) implements Serializable {
    /** Digits where the range has 0 or more than one power of two: at most 2^18 cells, of whole powers of two. */
    private static final int DIGITS = 13;
    /** So many powers of two below the largest number have cells of their own width. */
    private static final int BINADES = 14;
    /** Binary digits of a double after the first. */
    private static final int FRACTION = 52;

    /**
     * @param least the least number
     * @param greatest the greatest one
     * @return the cells of the numbers between them
     */
    static ValueCells of(final double least, final double greatest) {
        final double top = Math.max(Math.abs(least), Math.abs(greatest));
        final boolean oneSign = least > 0 || greatest < 0;
        // the range is at most 2^-narrow of the largest number, where its cells may be narrower for that
        final int narrow = oneSign ? Math.max(0, -1 - Math.getExponent((greatest - least) / top)) : 0;
        final int digits = narrow == 0 ? DIGITS : Math.min(FRACTION, DIGITS + 3 + narrow);
        final int lowest = Math.max(Double.MIN_EXPONENT, Math.getExponent(top) - BINADES);
        final ValueCells all = new ValueCells(digits, lowest, 0, 0);
        // whole powers of two, so that numbers which widen the range a little find their cells
        final long step = narrow == 0 ? 1L << digits : 1;
        final long first = Math.floorDiv(all.cell(least), step) * step;
        return new ValueCells(digits, lowest, first,
            Math.toIntExact((Math.floorDiv(all.cell(greatest), step) + 1) * step - first));
    }

    /** Cells count away from the one around 0. */
    private long cell(final double x) {
        final double size = Math.abs(x);
        final long own = (Double.doubleToRawLongBits(size) >> FRACTION - digits) - offset();
        final long cell = own >= 1L << digits ? own : (long) (size * Math.scalb(1.0, -lowest) * (1L << digits));
        return x < 0 ? -cell : cell;
    }

    private long offset() {
        return (long) (lowest - Double.MIN_EXPONENT) << digits;
    }

    /**
     * @param x a number in the range
     * @return the place of its cell, from 0
     */
    int place(final double x) {
        return (int) (cell(x) - first);
    }

    /**
     * @param place of a cell
     * @return the number in it that is nearest to 0
     */
    double value(final int place) {
        final long at = first + place;
        final long cell = Math.abs(at);
        final double size = cell >= 1L << digits ? Double.longBitsToDouble(cell + offset() << FRACTION - digits)
            : cell * Math.scalb(1.0, -digits) * Math.scalb(1.0, lowest);
        return at < 0 ? -size : size;
    }
}
