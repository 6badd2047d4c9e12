package dev.mixedmodels.engine.formula;

import dev.mixedmodels.engine.common.ModelException;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a {@link Formula} from the settings of a dialog. Terms may be given in any order and more than once; the
 * formula has them in R's order.
 */
public final class FormulaBuilder {
    /** More powers are nearly combinations of one another, and each is a column of the design. */
    public static final int HIGHEST_DEGREE = 10;

    /** So many columns of one variable are more than data tell apart. */
    public static final int MOST_COLUMNS = 50;

    private final Variable response;
    private final List<Term> fixed = new ArrayList<>();
    private final List<RandomTerm> random = new ArrayList<>();

    /**
     * @param response column of the response
     */
    public FormulaBuilder(final String response) {
        this.response = new Variable.Plain(response);
    }

    /**
     * @param columns a column for a main effect, several for their interaction
     * @return this
     */
    public FormulaBuilder fixed(final String... columns) {
        fixed.add(Term.of(columns));
        return this;
    }

    /**
     * @param terms terms to be added to the mean
     * @return this
     */
    public FormulaBuilder fixed(final List<Term> terms) {
        fixed.addAll(terms);
        return this;
    }

    /**
     * @param effects intercept and slopes
     * @param grouping what they vary over
     * @param correlated whether effects of different terms are correlated
     * @return this
     */
    public FormulaBuilder random(final TermList effects, final Grouping grouping, final boolean correlated) {
        random.add(new RandomTerm(effects, grouping, correlated));
        return this;
    }

    /**
     * @param column a numeric column
     * @param degree highest power
     * @return column, I(column^2), ..., I(column^degree)
     * @throws ModelException if the degree is higher than {@link #HIGHEST_DEGREE}
     */
    public static List<Term> powers(final String column, final int degree) {
        if (degree > HIGHEST_DEGREE) {
            throw new ModelException("A polynomial of degree " + degree + " in \"" + column + "\" has too many powers: "
                + "they are nearly combinations of one another. The degree can be " + HIGHEST_DEGREE + " at most.");
        }
        final List<Term> terms = new ArrayList<>();
        for (int power = 1; power <= degree; power++) {
            terms.add(power == 1 ? Term.of(column) : new Term(List.of(power(column, power))));
        }
        return terms;
    }

    /** I(column^power). */
    private static Variable power(final String column, final int power) {
        return new Variable.Computed(new Expression.Call(Function.AS_IS, new Expression.Operation(Operator.POWER,
            new Expression.Column(column), new Expression.Constant(power))));
    }

    /**
     * @param column a numeric column
     * @param df degrees of freedom, from 1
     * @return ns(column, df = df)
     */
    public static Term naturalSpline(final String column, final int df) {
        final Expression of = new Expression.Column(column);
        return new Term(List.of(new Variable.Curve(Variable.Kind.NATURAL_SPLINE, of, df, 3, null, null,
            "ns(" + of + ", df = " + df + ")")));
    }

    /**
     * @return the formula
     */
    public Formula build() {
        return new Formula(response, TermList.of(true, fixed), random, List.of());
    }
}
