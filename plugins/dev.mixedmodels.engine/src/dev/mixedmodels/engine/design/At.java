package dev.mixedmodels.engine.design;

/** Where least-squares means are taken, beside the factors that they are means of. */
public sealed interface At {
    /**
     * Sensible places when only a column is named.
     *
     * @param design the design
     * @param column a factor of the mean, or a numeric column; null or empty for nowhere in particular
     * @return each level of the factor; each value of the numeric column among the fitted rows if they are few, else
     *         its least, quartiles and greatest; null for nowhere in particular
     */
    static At of(final ModelDesign design, final String column) {
        if (column == null || column.isEmpty()) {
            return null;
        }
        return design.fixed().factors().contains(column) ? new Levels(column)
            : new Values(column, design.summary(column).places());
    }

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
