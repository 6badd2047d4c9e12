package dev.mixedmodels.engine.design;

/**
 * A least-squares mean, or a difference of two, as a function of the coefficients.
 *
 * @param term the factors, {@code arm} or {@code arm:visit}
 * @param level level of the mean, or first level of the difference; of several factors joined by colons
 * @param against second level of a difference, empty for a mean
 * @param at where, such as {@code visit = 4}; empty if nowhere in particular
 * @param l contrast over the kept columns; null if the data do not determine it
 * @param offset what the mean has beside it, in the design's unit; 0 without an offset and for differences
 */
public record MeansContrast(String term, String level, String against, String at, double[] l, double offset) {
    /**
     * @return whether this is a difference of two means
     */
    public boolean difference() {
        return !against.isEmpty();
    }
}
