package dev.mixedmodels.engine.common;

import java.util.stream.IntStream;

/**
 * What the rows of a table are called. Looked up when a message or a label needs it, for no table keeps its row ids.
 */
@FunctionalInterface
public interface RowNames {
    /** Names for a table without row ids: 1, 2, 3 ... */
    RowNames NUMBERS = rows -> IntStream.of(rows).mapToObj(row -> Integer.toString(row + 1)).toArray(String[]::new);

    /**
     * @param rows rows of the table, from 0, in any order
     * @return the name of each
     */
    String[] of(int... rows);
}
