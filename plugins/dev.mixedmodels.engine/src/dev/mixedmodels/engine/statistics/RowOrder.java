package dev.mixedmodels.engine.statistics;

/**
 * The rows sorted by unit, within a unit as they come.
 *
 * @param start for each unit the position of its first row, and the number of rows at the end: levels + 1 entries
 * @param rows row at each position; null if the rows are sorted already
 */
public record RowOrder(int[] start, int[] rows) {

    /**
     * @param grouping the units of rows
     * @return their order
     */
    public static RowOrder of(final Grouping grouping) {
        final int[] codes = grouping.codes();
        final int[] start = new int[grouping.levels() + 1];
        boolean sorted = true;
        for (int i = 0; i < codes.length; i++) {
            start[codes[i] + 1]++;
            sorted &= i == 0 || codes[i - 1] <= codes[i];
        }
        for (int j = 0; j < grouping.levels(); j++) {
            start[j + 1] += start[j];
        }
        if (sorted) {
            return new RowOrder(start, null);
        }
        final int[] next = start.clone();
        final int[] rows = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            rows[next[codes[i]]++] = i;
        }
        return new RowOrder(start, rows);
    }

    /**
     * @param position in the order
     * @return the row there
     */
    public int row(final int position) {
        return rows == null ? position : rows[position];
    }
}
