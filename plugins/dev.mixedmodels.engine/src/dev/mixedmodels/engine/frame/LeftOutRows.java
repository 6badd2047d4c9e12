package dev.mixedmodels.engine.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The message about rows that are not in the fit. */
public final class LeftOutRows {
    private LeftOutRows() {
    }

    /**
     * @param leftOut number of rows that are not in the fit
     * @param rows number of rows of the table
     * @param missing rows with a missing value by column; a row may count in several columns
     * @param weights column of weights; null for none
     * @param weightless rows with the weight 0
     * @return {@code 12 of 180 rows left out: missing value in "dose" (10), "age" (2); weight 0 in "w" (1)}; empty if
     *         nothing was left out
     */
    public static String message(final long leftOut, final long rows, final Map<String, ? extends Number> missing,
        final String weights, final long weightless) {
        if (leftOut == 0) {
            return "";
        }
        final List<String> reasons = new ArrayList<>();
        if (!missing.isEmpty()) {
            reasons.add(missing(missing));
        }
        if (weightless > 0) {
            reasons.add("weight 0 in \"" + weights + "\" (" + weightless + ")");
        }
        return leftOut + " of " + rows + " rows left out: " + String.join("; ", reasons);
    }

    /**
     * @param counts rows with a missing value by column
     * @return {@code missing value in "dose" (10), "age" (2)}
     */
    public static String missing(final Map<String, ? extends Number> counts) {
        return "missing value in " + counts.entrySet().stream()
            .map(column -> "\"" + column.getKey() + "\" (" + column.getValue() + ")").collect(Collectors.joining(", "));
    }
}
