package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.numeric.Matrices;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the classical analysis needs of complete data: the residual cross-products of the visits, and of subjects with
 * the same levels of the factors between subjects their number and the sums of their responses at each visit.
 */
final class BetweenCells implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] factors;
    private final int visits;
    private final double[][] products;
    private final Map<List<Double>, double[]> cells = new LinkedHashMap<>();

    /**
     * @param factors which of the columns that are read are the factors between subjects
     * @param visits number of visits
     */
    BetweenCells(final int[] factors, final int visits) {
        this.factors = factors;
        this.visits = visits;
        products = new double[visits][visits];
    }

    BetweenCells fresh() {
        return new BetweenCells(factors, visits);
    }

    /**
     * Adds a subject.
     *
     * @param subject one with a row at every visit
     * @param block its rows [w, residual]
     * @param p number of columns of W
     */
    void add(final CompleteSubject subject, final SubjectBlock block, final int p) {
        final double[] values = subject.observed().get(0).values();
        final double[] cell = cells.computeIfAbsent(Arrays.stream(factors).mapToObj(c -> values[c]).toList(),
            levels -> new double[visits + 1]);
        cell[visits]++;
        for (int v = 0; v < visits; v++) {
            cell[v] += subject.observed().get(v).response();
            for (int u = 0; u < visits; u++) {
                products[v][u] += block.row(v)[p] * block.row(u)[p];
            }
        }
    }

    void merge(final BetweenCells later) {
        Matrices.add(products, later.products);
        later.cells.forEach((levels, theirs) -> {
            final double[] own = cells.computeIfAbsent(levels, l -> new double[visits + 1]);
            for (int v = 0; v <= visits; v++) {
                own[v] += theirs[v];
            }
        });
    }

    /** Residual cross-products, visits x visits. */
    double[][] products() {
        return products;
    }

    /**
     * By the values of the factors the sums of the centred responses at each visit and, last, the number of subjects.
     */
    Map<List<Double>, double[]> cells() {
        return cells;
    }
}
