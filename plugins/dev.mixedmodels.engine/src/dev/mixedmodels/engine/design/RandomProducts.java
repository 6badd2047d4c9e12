package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.frame.RowWeights;
import dev.mixedmodels.engine.numeric.CrossProducts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Weighted cross-products of some successive columns of Z, those of all random terms one after the other. */
public final class RandomProducts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int first;
    private final double[] shift;
    private final int[] fixed;
    private final CrossProducts products;

    /**
     * @param first index of the first column
     * @param shift what is taken off the columns
     * @param fixed which columns of X, with the same shifts, these are; null if some are none of them
     */
    RandomProducts(final int first, final double[] shift, final int[] fixed) {
        this(first, shift, fixed, new CrossProducts(shift));
    }

    private RandomProducts(final int first, final double[] shift, final int[] fixed, final CrossProducts products) {
        this.first = first;
        this.shift = shift;
        this.fixed = fixed;
        this.products = products;
    }

    RandomProducts fresh() {
        return new RandomProducts(first, shift, fixed);
    }

    void add(final VariableTable table) {
        if (fixed == null) {
            final List<DesignColumn> columns =
                RandomDesign.columns(table.stored().formula(), table).subList(first, first + shift.length);
            final double[][] values = new double[shift.length][RowSpan.MOST];
            final RowWeights weights = table.rows().weights();
            RowSpan.each(table.rows().fitted(), null, span -> {
                for (int j = 0; j < values.length; j++) {
                    columns.get(j).values(span, values[j]);
                }
                products.add(values, span.size(), i -> weights.root(span.row(i)));
            });
        }
    }

    void merge(final RandomProducts later) {
        products.merge(later.products);
    }

    /** With those of X, of which these may be some. */
    RandomProducts complete(final CrossProducts ofFixed) {
        return fixed == null ? this : new RandomProducts(first, shift, fixed, ofFixed.of(fixed));
    }

    /** Which of the columns of X some columns are, with the same shifts; null if one is none of them. */
    static int[] among(final List<DesignColumn> fixed, final double[] fixedShift, final List<DesignColumn> columns,
        final double[] shift) {
        final int[] places = new int[shift.length];
        for (int j = 0; j < places.length; j++) {
            int place = 0;
            while (place < fixed.size()
                && !(fixed.get(place).sameNumbers(columns.get(j)) && fixedShift[place] == shift[j])) {
                place++;
            }
            places[j] = place;
        }
        return Arrays.stream(places).allMatch(place -> place < fixed.size()) ? places : null;
    }

    /**
     * @return index of the first column
     */
    public int first() {
        return first;
    }

    /**
     * @return the products
     */
    public CrossProducts products() {
        return products;
    }
}
