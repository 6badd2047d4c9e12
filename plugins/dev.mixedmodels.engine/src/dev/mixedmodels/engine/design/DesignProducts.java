package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.CrossProducts;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** One pass over the fitted rows, weighted, for the cross-products of the columns of a design and a response. */
final class DesignProducts {
    private static final int CHECK_EVERY = 1024; // rows between two looks whether the user cancelled
    /** Below this a sum of squares loses its digits to underflow. */
    private static final double LEAST = 1e-300;

    private DesignProducts() {
    }

    /** Cross-products of all columns and, last, the response. */
    static CrossProducts of(final ModelMatrix matrix, final Response response, final ModelFrame rows,
        final Progress progress) {
        final Rows fitted = rows.fitted();
        final List<DesignColumn> columns = matrix.columns();
        final int n = columns.size();
        final double[] shift = new double[n + 1];
        if (matrix.terms().intercept()) {
            for (int j = 1; j < n; j++) {
                shift[j] = numbersOnly(columns.get(j)) ? middle(columns.get(j)::value, fitted) : 0;
            }
            shift[n] = middle(response::value, fitted);
        }
        final boolean[] varies = new boolean[n + 1]; // only ever set, from whichever thread
        final CrossProducts products = CrossProducts.weighted(fitted.size(), shift, (i, row) -> {
            final int at = fitted.row(i);
            if (i % CHECK_EVERY == 0) {
                progress.check();
            }
            for (int j = 0; j <= n; j++) {
                row[j] = j < n ? columns.get(j).value(at) : response.value(at);
                if (row[j] != shift[j]) {
                    varies[j] = true;
                }
            }
        }, i -> rows.weights().root(fitted.row(i)));
        for (int j = 0; j <= n; j++) {
            final double square = products.product(j, j);
            if (!Double.isFinite(square) || varies[j] && square < LEAST) {
                throw new ModelException("The values of " + (j == n ? response.name() : columns.get(j).name())
                    + " are too " + (square < LEAST ? "small" : "large")
                    + " to be squared. Change the unit of the column.");
            }
        }
        return products;
    }

    private static boolean numbersOnly(final DesignColumn column) {
        return column.pieces().stream().allMatch(Piece.Number.class::isInstance);
    }

    /** The middle of the range: near the values, whatever the order of the rows. */
    private static double middle(final IntToDoubleFunction column, final Rows fitted) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < fitted.size(); i++) {
            final double value = column.applyAsDouble(fitted.row(i));
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return min / 2 + max / 2;
    }
}
