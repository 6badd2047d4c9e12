package dev.mixedmodels.engine.statistics;

/**
 * Some rows of a model, kept.
 *
 * @param values rows of [x y z], row-major; of [z x y] where all columns are taken as random effects and p is -1
 * @param fixedEffects p
 * @param randomEffects for each grouping factor its number of random effects
 */
public record RowBlock(double[] values, int fixedEffects, int[] randomEffects) implements ModelRows {
    @Override
    public int size() {
        return width() == 0 ? 0 : values.length / width();
    }

    @Override
    public void row(final int row, final double[] to) {
        final int width = width();
        System.arraycopy(values, row * width, to, 0, width);
    }
}
