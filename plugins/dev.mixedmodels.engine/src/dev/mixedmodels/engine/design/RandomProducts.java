package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.CrossProducts;
import java.io.Serializable;
import java.util.List;

/** Weighted cross-products of some successive columns of Z, those of all random terms one after the other. */
public final class RandomProducts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int first;
    private final double[] shift;
    private final CrossProducts products;

    /**
     * @param first index of the first column
     * @param shift what is taken off the columns
     */
    RandomProducts(final int first, final double[] shift) {
        this.first = first;
        this.shift = shift;
        products = new CrossProducts(shift);
    }

    RandomProducts fresh() {
        return new RandomProducts(first, shift);
    }

    void add(final VariableTable table) {
        final List<DesignColumn> columns = RandomDesign.columns(table.stored().formula(), table);
        final Rows fitted = table.rows().fitted();
        final double[] row = new double[shift.length];
        for (int i = 0; i < fitted.size(); i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = columns.get(first + j).value(fitted.row(i));
            }
            products.add(row, table.rows().weights().root(fitted.row(i)));
        }
    }

    void merge(final RandomProducts later) {
        products.merge(later.products);
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
