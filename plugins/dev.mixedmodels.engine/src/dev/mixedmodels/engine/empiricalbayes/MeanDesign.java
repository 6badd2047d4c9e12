package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Design of the prior mean.
 *
 * @param terms names of all columns, redundant ones too; {@code (Intercept)} first, if there is one
 * @param kept which of these are columns of x, rising
 * @param x rows times {@code kept.length} entries row by row; null for an intercept alone
 * @param hypotheses for each term to be tested its name and rows over the columns of x
 * @param stored what makes the design of further units; null for an intercept alone
 */
public record MeanDesign(List<String> terms, int[] kept, double[] x, Map<String, double[][]> hypotheses,
    StoredDesign stored) implements Serializable {
    private static final String CONSTANT = "(Intercept)";

    /** One common mean. */
    public static final MeanDesign INTERCEPT = new MeanDesign(List.of(CONSTANT), new int[] {0}, null, Map.of());

    /**
     * A design that is not applied to further units.
     *
     * @param terms names of all columns, redundant ones too
     * @param kept which of these are columns of x, rising
     * @param x rows times {@code kept.length} entries
     * @param hypotheses by term
     */
    public MeanDesign(final List<String> terms, final int[] kept, final double[] x,
        final Map<String, double[][]> hypotheses) {
        this(terms, kept, x, hypotheses, null);
    }

    /**
     * @return number of columns of x
     */
    public int columns() {
        return kept.length;
    }

    /**
     * @return whether the first column of x is 1
     */
    boolean hasIntercept() {
        return kept.length > 0 && kept[0] == 0 && terms.get(0).equals(CONSTANT);
    }

    /**
     * @return whether the mean depends on anything
     */
    boolean hasCovariates() {
        return columns() > 1 || !hasIntercept();
    }

    /**
     * @return the right-hand side of its formula, of columns of x where there is none
     */
    String formula() {
        if (stored != null) {
            return stored.formula().fixed().toString();
        }
        final List<String> names = names();
        if (!hasIntercept()) {
            return "0 + " + String.join(" + ", names);
        }
        return names.size() > 1 ? String.join(" + ", names.subList(1, names.size())) : "1";
    }

    /**
     * @param row a row
     * @return its design
     */
    double[] row(final int row) {
        return x == null ? new double[] {1} : Arrays.copyOfRange(x, row * columns(), (row + 1) * columns());
    }

    /**
     * @param other x of other rows, or in other coordinates
     * @return the same design of these
     */
    MeanDesign with(final double[] other) {
        return new MeanDesign(terms, kept, other, hypotheses, stored);
    }

    /**
     * @param rows some rows
     * @return the design of these
     */
    MeanDesign only(final Rows rows) {
        if (x == null) {
            return this;
        }
        final double[] some = new double[ArraySize.of(rows.size(), columns())];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(x, rows.row(i) * columns(), some, i * columns(), columns());
        }
        return with(some);
    }

    /**
     * @return names of the columns of x
     */
    List<String> names() {
        return Arrays.stream(kept).mapToObj(terms::get).toList();
    }
}
