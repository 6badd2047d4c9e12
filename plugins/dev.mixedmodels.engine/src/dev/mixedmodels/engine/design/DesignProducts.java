package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.frame.RowWeights;
import dev.mixedmodels.engine.numeric.CrossProducts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The second pass over a table, which knows its levels and ranges: weighted cross-products of the columns of X and the
 * response, those of the columns of Z, and which combinations of levels occur.
 */
final class DesignProducts implements Fold<DesignProducts> {
    private static final long serialVersionUID = 1L;

    /** Below this a sum of squares loses its digits to underflow. */
    private static final double LEAST = 1e-300;

    private final transient Progress progress; // null on other machines
    private final DesignBinder binder;
    private final double[] shift;
    private final List<RandomProducts> random;
    private final CrossProducts products;
    private final boolean[] varies;
    private final CellCounts cells;
    private final FoundCombinations combinations;
    private final Map<String, Long> outside = new LinkedHashMap<>();

    /**
     * @param binder what the first pass found
     * @param shift what is taken off the columns of X and, last, the response
     * @param random the products of columns of Z that are wanted
     * @param progress asked whether the user cancelled
     */
    DesignProducts(final DesignBinder binder, final double[] shift, final List<RandomProducts> random,
        final Progress progress) {
        this.progress = progress;
        this.binder = binder;
        this.shift = shift;
        this.random = random;
        products = new CrossProducts(shift);
        varies = new boolean[shift.length];
        cells = CellCounts.of(binder.stored());
        combinations = new FoundCombinations(binder.stored());
    }

    @Override
    public DesignProducts fresh() {
        return new DesignProducts(binder, shift, random.stream().map(RandomProducts::fresh).toList(),
            progress);
    }

    @Override
    public void add(final Frame block) {
        final VariableTable table = binder.table(block);
        final StoredDesign stored = binder.stored();
        final List<DesignColumn> columns = ModelMatrix.coded(stored.formula().fixed(), table).columns();
        final Response response = table.response(stored.formula());
        final int n = columns.size();
        final double[][] values = new double[n + 1][RowSpan.MOST];
        final RowWeights weights = table.rows().weights();
        RowSpan.each(table.rows().fitted(), progress, span -> {
            for (int j = 0; j < n; j++) {
                columns.get(j).values(span, values[j]);
            }
            response.values(span, values[n]);
            for (int j = 0; j <= n; j++) {
                for (int i = 0; i < span.size() && !varies[j]; i++) {
                    varies[j] = values[j][i] != shift[j];
                }
            }
            products.add(values, span.size(), i -> weights.root(span.row(i)));
        });
        random.forEach(part -> part.add(table));
        if (cells != null) {
            cells.add(table);
        }
        combinations.add(table);
        OutsideKnots.of(stored.formula(), table).forEach((what, count) -> outside.merge(what, count, Long::sum));
    }

    @Override
    public void merge(final DesignProducts later) {
        products.merge(later.products);
        for (int j = 0; j < varies.length; j++) {
            varies[j] |= later.varies[j];
        }
        for (int k = 0; k < random.size(); k++) {
            random.get(k).merge(later.random.get(k));
        }
        if (cells != null) {
            cells.merge(later.cells);
        }
        combinations.merge(later.combinations);
        later.outside.forEach((what, count) -> outside.merge(what, count, Long::sum));
    }

    /** Cross-products of all columns and, last, the response. */
    CrossProducts products() {
        return products;
    }

    Map<String, Long> outsideKnots() {
        return outside;
    }

    List<RandomProducts> random() {
        return random.stream().map(part -> part.complete(products)).toList();
    }

    /** What the first pass found, with the combinations of levels. */
    StoredDesign found() {
        return binder.stored().with(combinations.sorted(),
            cells == null ? null : cells.cells());
    }

    /** Refuses columns whose squares leave the range of numbers. */
    void check(final List<String> names) {
        for (int j = 0; j < varies.length; j++) {
            final double square = products.product(j, j);
            if (!Double.isFinite(square) || varies[j] && square < LEAST) {
                throw new ModelException("The values of " + names.get(j) + " are too "
                    + (square < LEAST ? "small" : "large") + " to be squared. Change the unit of the column.");
            }
        }
    }
}
