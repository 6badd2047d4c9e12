package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.design.StoredDesign;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Design of the prior mean.
 *
 * @param terms names of all columns, {@code (Intercept)} first, redundant ones too
 * @param kept which of these are columns of x, rising
 * @param x rows times {@code kept.length} entries row by row, the first column 1; null for an intercept alone
 * @param hypotheses for each term to be tested its name and rows over the columns of x
 * @param stored what makes the design of further units; null for an intercept alone
 */
public record MeanDesign(List<String> terms, int[] kept, double[] x, Map<String, double[][]> hypotheses,
    StoredDesign stored) {
    /** One common mean. */
    public static final MeanDesign INTERCEPT =
        new MeanDesign(List.of("(Intercept)"), new int[] {0}, null, Map.of());

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
     * @param row a row
     * @return its design
     */
    double[] row(final int row) {
        return x == null ? new double[] {1} : Arrays.copyOfRange(x, row * columns(), (row + 1) * columns());
    }

    /**
     * @return names of the columns of x
     */
    List<String> names() {
        return Arrays.stream(kept).mapToObj(terms::get).toList();
    }
}
