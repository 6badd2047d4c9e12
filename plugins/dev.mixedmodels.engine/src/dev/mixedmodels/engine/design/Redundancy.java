package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.OrderedCholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The redundant columns of X as combinations of the kept ones.
 *
 * @param kept indices of the kept columns
 * @param combinations for each column its combination of the kept ones; null for kept columns
 */
record Redundancy(int[] kept, double[][] combinations) {
    /** Part of a column that is rounding. */
    private static final double NEGLIGIBLE = 1e-9;
    /** Relative tolerance of estimability, as in R's estimability package. */
    private static final double ESTIMABLE = 1e-8;

    /**
     * @param products cross-products of all columns
     * @param cholesky their factor
     * @param columns number of columns
     * @param intercept whether the first column is constantly 1
     */
    static Redundancy of(final CrossProducts products, final OrderedCholesky cholesky, final int columns,
        final boolean intercept) {
        final int[] kept = cholesky.kept();
        final double[][] combinations = new double[columns][];
        for (int j = 0; j < columns; j++) {
            combinations[j] =
                Arrays.binarySearch(kept, j) >= 0 ? null : combination(products, cholesky, kept, j, intercept);
        }
        return new Redundancy(kept, combinations);
    }

    private static double[] combination(final CrossProducts products, final OrderedCholesky cholesky, final int[] kept,
        final int column, final boolean intercept) {
        final double[] shifted = cholesky.projection(column)[0];
        final double[] b = Arrays.copyOf(shifted, kept.length);
        if (intercept) {
            b[0] += products.shift(column);
            for (int i = 1; i < shifted.length; i++) {
                b[0] -= products.shift(kept[i]) * shifted[i];
            }
        }
        for (int i = 0; i < shifted.length; i++) {
            if (Math.abs(b[i]) * size(products, kept[i]) <= NEGLIGIBLE * size(products, column)) {
                b[i] = 0;
            }
        }
        return b;
    }

    /** Root mean square of a column, weighted. */
    private static double size(final CrossProducts products, final int column) {
        return Math.hypot(products.shift(column), Math.sqrt(products.product(column, column) / products.weight()));
    }

    /** Column j of X as a combination of the kept columns; coefficients that only carry rounding are 0. */
    double[] combination(final int column) {
        if (combinations[column] != null) {
            return combinations[column].clone();
        }
        final double[] b = new double[kept.length];
        b[Arrays.binarySearch(kept, column)] = 1;
        return b;
    }

    /** What the columns that are not kept are made of, such as {@code x3 = x1 + 2 x2}. */
    List<String> texts(final List<String> names) {
        final List<String> ofKept = Arrays.stream(kept).mapToObj(names::get).toList();
        final List<String> texts = new ArrayList<>();
        for (int j = 0; j < names.size(); j++) {
            if (Arrays.binarySearch(kept, j) < 0) {
                texts.add(Combination.text(names.get(j), combination(j), ofKept));
            }
        }
        return texts;
    }

    /** A function of all coefficients as one of the kept coefficients; null if it is not estimable. */
    double[] restrict(final double[] l) {
        return Arrays.stream(missed(l)).allMatch(miss -> miss == 0) ? ofKept(l) : null;
    }

    /** All that is estimable of combinations of some functions, each as one of the kept coefficients. */
    double[][] estimable(final double[][] rows) {
        final double[][] ofKept = Arrays.stream(rows).map(this::ofKept).toArray(double[][]::new);
        final double[][] missed = Arrays.stream(rows).map(this::missed).toArray(double[][]::new);
        return rows.length == 0 || missed[0].length == 0 ? ofKept
            : Matrices.multiply(RowReduction.nullSpace(Matrices.transpose(missed), rows.length), ofKept);
    }

    private double[] ofKept(final double[] l) {
        return Arrays.stream(kept).mapToDouble(j -> l[j]).toArray();
    }

    /**
     * What a function says of each column that is not kept beyond what follows from the kept ones; 0 if only
     * rounding.
     */
    private double[] missed(final double[] l) {
        final double[] ofKept = ofKept(l);
        final double[] missed = new double[l.length - kept.length];
        for (int j = 0, next = 0; j < l.length; j++) {
            if (Arrays.binarySearch(kept, j) < 0) {
                final double[] b = combination(j);
                double sum = l[j];
                double size = Math.abs(l[j]);
                for (int i = 0; i < b.length; i++) {
                    sum -= b[i] * ofKept[i];
                    size = Math.max(size, Math.abs(b[i] * ofKept[i]));
                }
                missed[next++] = Math.abs(sum) > ESTIMABLE * size ? sum : 0;
            }
        }
        return missed;
    }
}
