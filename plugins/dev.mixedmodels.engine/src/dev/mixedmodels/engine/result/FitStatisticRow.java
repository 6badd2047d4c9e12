package dev.mixedmodels.engine.result;

/**
 * A figure about the fit as a whole. Missing statistics are NaN.
 *
 * @param category what kind of figure
 * @param statistic its fixed name
 * @param value its value
 * @param numDf numerator degrees of freedom of a test, or those of a chi-square statistic
 * @param denDf denominator degrees of freedom
 * @param pValue upper-tail p-value
 * @param note remarks in words
 */
public record FitStatisticRow(Category category, String statistic, double value, double numDf, double denDf,
    double pValue, String note) {

    /** Kinds of figures, in the order of the table. */
    public enum Category {
        /** What was fitted to what. */
        MODEL("Model"),
        /** How well it fits. */
        FIT("Fit"),
        /** Hypothesis tests. */
        TEST("Test"),
        /** How the computation went. */
        DIAGNOSTIC("Diagnostic");

        private final String label;

        Category(final String label) {
            this.label = label;
        }

        /**
         * @return the name in the table
         */
        public String label() {
            return label;
        }
    }

    /**
     * @param category kind of figure
     * @param statistic its name
     * @param value its value
     * @param note remarks, may be empty
     * @return a row without degrees of freedom and p-value
     */
    public static FitStatisticRow of(final Category category, final String statistic, final double value,
        final String note) {
        return new FitStatisticRow(category, statistic, value, Double.NaN, Double.NaN, Double.NaN, note);
    }
}
