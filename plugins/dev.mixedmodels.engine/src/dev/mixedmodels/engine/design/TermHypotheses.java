package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.numeric.GramSchmidt;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The hypotheses about terms that are tested. Type III is that of {@link EstimableFunctions}. Types I and II say that
 * what the columns of the term add to those of other terms has no effect: to those of the terms before it (I), or of
 * all terms that do not contain it (II). With R'R = X'X, the columns in an order in which these come first, next the
 * term and last the terms after it or containing it, they are the rows of R that belong to the term, as SAS's forward
 * Doolittle method and lmerTest have them; with weights of the rows X is weighted. They are written like type III, so
 * that neither the F nor its degrees of freedom depend on the coding.
 * <p>
 * Source: Goodnight (1978) SAS Technical Report R-101.
 * <p>
 * The mathematics: doc/type-three.md beside the sources.
 */
public final class TermHypotheses {
    /** A sum of coefficients of unit length that is not 0 but for rounding. */
    private static final double SUM = 1e-6;

    private final FixedDesign design;
    private final EstimableFunctions functions;
    private final TestType type;

    /**
     * @param design X, whose options say the type
     */
    public TermHypotheses(final FixedDesign design) {
        this.design = design;
        functions = design.functions();
        type = design.table().options().tests();
    }

    /**
     * @return which hypotheses these are
     */
    public TestType type() {
        return type;
    }

    /**
     * @param term index of a term
     * @return L with one row per degree of freedom over the kept columns; no row if the data leave no hypothesis
     */
    public double[][] of(final int term) {
        return switch (type) {
            case I -> functions.written(added(term, column -> design.term(column) < term), term);
            case II -> functions.written(
                added(term, column -> design.term(column) != term && !functions.contains(design.term(column), term)),
                term);
            case III -> design.typeThree(term);
        };
    }

    /** The rows of R for the kept columns of a term after certain others. */
    private double[][] added(final int term, final IntPredicate before) {
        final int p = design.columns();
        final double[][] columns = new double[p][]; // of R0 with R0'R0 = X'X / N, so that their products are those of X
        for (int j = 0; j < p; j++) {
            final double[] unit = new double[p];
            unit[j] = 1;
            columns[j] = design.basis().working(unit);
        }
        final List<double[]> basis = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            if (before.test(j)) {
                add(columns[j], basis);
            }
        }
        final int others = basis.size();
        for (int j = 0; j < p; j++) {
            if (design.term(j) == term) {
                add(columns[j], basis);
            }
        }
        final double[][] rows = new double[basis.size() - others][p];
        for (int r = 0; r < rows.length; r++) {
            for (int j = 0; j < p; j++) {
                rows[r][j] = before.test(j) ? 0 : Matrices.dot(basis.get(others + r), columns[j]);
            }
        }
        return rows;
    }

    /** What is left of a column beside an orthonormal basis, twice projected and scaled to length 1, joins it. */
    private static void add(final double[] column, final List<double[]> basis) {
        final double[] rest = column.clone();
        GramSchmidt.takeOff(rest, basis);
        final double length = Math.sqrt(Matrices.dot(rest, rest));
        Matrices.divide(rest, length);
        basis.add(rest);
    }

    /**
     * Whether the hypothesis of a term with factors is that all its means (or slopes, if it has a number) are 0, not
     * that they are equal, since no other term has what they have in common.
     *
     * @param term index of a term
     * @return true for the factor of {@code 0 + factor}
     */
    public boolean saysAllAreZero(final int term) {
        return functions.hasFactors(term) && functions.own(term, of(term)).stream().anyMatch(row -> {
            double sum = 0;
            for (final double x : row) {
                sum += x;
            }
            return Math.abs(sum) > SUM;
        });
    }
}
