package dev.mixedmodels.engine.formula;

import java.util.ArrayList;
import java.util.List;

/**
 * The random effects of a model that is made of columns.
 *
 * @param subject who has the effects
 * @param intercept whether there is a random intercept
 * @param time the time column, empty for none
 * @param degree highest power of time with a random slope
 * @param slopes further columns with random slopes
 * @param correlated whether effects of different terms are correlated
 */
public record SubjectCourse(String subject, boolean intercept, String time, int degree, List<String> slopes,
    boolean correlated) {
    /**
     * @param builder of a formula
     * @return the builder with these effects, if there are any
     */
    public FormulaBuilder addTo(final FormulaBuilder builder) {
        final List<Term> terms = new ArrayList<>();
        if (!time.isEmpty()) {
            terms.addAll(FormulaBuilder.powers(time, degree));
        }
        slopes.forEach(column -> terms.add(Term.of(column)));
        return intercept || !terms.isEmpty()
            ? builder.random(TermList.of(intercept, terms), Grouping.of(subject), correlated) : builder;
    }
}
