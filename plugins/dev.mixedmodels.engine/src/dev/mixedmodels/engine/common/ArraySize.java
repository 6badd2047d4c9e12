package dev.mixedmodels.engine.common;

/** Lengths of arrays that grow with the data. */
public final class ArraySize {
    private ArraySize() {
    }

    /**
     * @param units how many rows, subjects or levels there are
     * @param each how many numbers are kept of each
     * @return the length of an array for all
     * @throws ModelException if no array is that long
     */
    public static int of(final int units, final int each) {
        final long size = (long) units * each;
        if (size > Integer.MAX_VALUE - 8) {
            throw new ModelException("The model is too large: " + each + " numbers for each of " + units + " rows or "
                + "units are more than can be held. Use fewer random slopes or fixed effects, or a part of the data.");
        }
        return (int) size;
    }
}
