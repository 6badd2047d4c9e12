package dev.mixedmodels.engine.design;

/**
 * A least-squares mean, a slope, or a function of some, as a function of the coefficients.
 *
 * @param type what it is
 * @param term the factors, {@code arm} or {@code arm:visit}; of slopes the numeric column first, {@code dose:arm}
 * @param level level of the mean, or first level of the difference, of several factors joined by colons; or the
 *            contrast
 * @param against second level of a difference, else empty
 * @param at where, such as {@code visit = 4}; empty if nowhere in particular
 * @param l contrast over the kept columns; null if the data do not determine it
 * @param offset what is added to it, in the design's unit; 0 without an offset, for slopes and for differences
 */
public record MeansContrast(Type type, String term, String level, String against, String at, double[] l,
    double offset) {
    /** What a function is. The names stand in tables. */
    public enum Type {
        /** A mean. */
        MEAN("Mean"),
        /** The derivative of a mean by a numeric column. */
        SLOPE("Slope"),
        /** The difference of two means or slopes. */
        DIFFERENCE("Difference"),
        /** A combination of means or slopes. */
        CONTRAST("Contrast");

        private final String label;

        Type(final String label) {
            this.label = label;
        }

        /**
         * @return its name in tables
         */
        public String label() {
            return label;
        }

        /**
         * @return whether it is made of means or slopes rather than being one
         */
        public boolean compares() {
            return this == DIFFERENCE || this == CONTRAST;
        }
    }
}
