package dev.mixedmodels.engine.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The message about rows that are not in the fit. */
public final class LeftOutRows {
    private LeftOutRows() {
    }

    /**
     * @param leftOut number of rows that are not in the fit
     * @param rows number of rows of the table
     * @param missing rows with a missing value by column; a row may count in several columns
     * @return {@code 12 of 180 rows left out: missing value in "dose" (10), "age" (2)}; empty if nothing was left out
     */
    public static String message(final long leftOut, final long rows, final Map<String, ? extends Number> missing) {
        if (leftOut == 0) {
            return "";
        }
        final List<String> parts = new ArrayList<>();
        missing.forEach((name, count) -> parts.add("\"" + name + "\" (" + count + ")"));
        return leftOut + " of " + rows + " rows left out: missing value in " + String.join(", ", parts);
    }
}
