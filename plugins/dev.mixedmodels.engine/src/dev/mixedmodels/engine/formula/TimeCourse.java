package dev.mixedmodels.engine.formula;

import java.util.List;

/**
 * The average course over time.
 *
 * @param time the time column, empty for none
 * @param degree highest power of time, 0 for none
 * @param splineDf degrees of freedom of a natural spline in the place of powers, 0 for powers
 */
public record TimeCourse(String time, int degree, int splineDf) {
    /** No time. */
    public static final TimeCourse NONE = new TimeCourse("", 0, 0);

    /**
     * @return what stands for it in the mean, empty if nothing does
     */
    public List<Term> terms() {
        if (time.isEmpty()) {
            return List.of();
        }
        return splineDf > 0 ? List.of(FormulaBuilder.naturalSpline(time, splineDf))
            : FormulaBuilder.powers(time, degree);
    }
}
