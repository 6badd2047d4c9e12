package dev.mixedmodels.engine.inference;

/** A profile: -2 log likelihood with one parameter held at a value and the others at their best. */
@FunctionalInterface
public interface Profile {
    /** Where there is none. */
    Point NONE = new Point(Double.NaN, Double.NaN);

    /**
     * @param value of the parameter
     * @return the profile there
     */
    Point at(double value);

    /**
     * A point of a profile.
     *
     * @param excess what -2 log likelihood lies above its minimum by; NaN where there is none, infinite where the
     *            likelihood is 0
     * @param slope its derivative by the parameter; NaN if unknown
     */
    record Point(double excess, double slope) {
    }
}
