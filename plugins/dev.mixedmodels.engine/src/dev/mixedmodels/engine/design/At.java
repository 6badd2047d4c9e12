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
     * @param name what it is called where the place is told
     * @param shift what is taken off the values, the mean of a centred column; they are told without
     * @param values the values
     */
    record Values(String column, String name, double shift, double... values) implements At {
        /**
         * @param column the column
         * @param values the values
         */
        public Values(final String column, final double... values) {
            this(column, column, 0, values);
        }
    }
}
