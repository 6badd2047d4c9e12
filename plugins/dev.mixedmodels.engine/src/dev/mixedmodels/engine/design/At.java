package dev.mixedmodels.engine.design;

/** Where least-squares means are taken, beside the factors that they are means of. */
public sealed interface At {
    /**
     * @return the column
     */
    String column();

    /**
     * At each level of a factor.
     *
     * @param column the factor
     */
    record Levels(String column) implements At {
    }

    /**
     * At chosen values of a numeric column.
     *
     * @param column the column
     * @param values the values
     */
    record Values(String column, double... values) implements At {
    }
}
