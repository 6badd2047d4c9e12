package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.frame.RowWeights;
import dev.mixedmodels.engine.numeric.CrossProducts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A formula applied to a table, in two passes over its rows.
 *
 * @param table the variables: in all rows of a frame, in none of a table that is not in memory
 * @param products cross-products of the columns of X and, last, the response
 * @param random products of columns of Z: of all, and of each block of independent effects if there are several
 * @param figures about the rows as a whole
 * @param outsideKnots as {@link OutsideKnots} has them
 * @param rowsOfLevels fitted rows of each level of the columns in roles
 */
record DesignSearch(VariableTable table, CrossProducts products, List<RandomProducts> random, RowFigures figures,
    Map<String, Long> outsideKnots, Map<String, int[]> rowsOfLevels) {

    /**
     * @param source the table
     * @param formula the model
     * @param options how columns enter it
     * @param roles further columns whose levels are needed
     * @param progress asked whether the user cancelled
     */
    static DesignSearch of(final RowSource source, final Formula formula, final DesignOptions options,
        final Collection<String> roles, final Progress progress) {
        final Frame header = source.header();
        final DesignFacts facts = source.fold(new DesignFacts(source, formula, options, roles), progress.sub(0, 0.5));
        facts.counts().requireRows();
        final StoredDesign first = facts.found();
        final DesignBinder binder = new DesignBinder(first);
        final VariableTable empty = table(binder, header, options);
        final ModelMatrix matrix = ModelMatrix.coded(formula.fixed(), empty);
        final boolean intercept = formula.fixed().intercept();
        final double[] shift = new double[matrix.size() + 1];
        for (int j = 1; intercept && j < matrix.size(); j++) {
            shift[j] = middle(matrix.columns().get(j), facts);
        }
        final RowFigures figures = facts.figures();
        if (options.weights() != null) {
            RowWeights.requireComparable(options.weights(), figures.weights()[0], figures.weights()[1]);
        }
        shift[matrix.size()] = intercept ? figures.middle() : 0;
        final DesignProducts second = source.fold(new DesignProducts(binder, shift,
            random(formula, empty, facts, matrix.columns(), shift), progress), progress.sub(0.5, 1));
        final List<String> names = new ArrayList<>(matrix.names());
        names.add(empty.response(formula).name());
        second.check(names);
        return new DesignSearch(table(binder.with(second.found()), source instanceof Frame frame ? frame : header,
            options), second.products(), second.random(), figures, second.outsideKnots(), facts.rowsOfLevels());
    }

    /** A number near those of a column of numbers, whatever the order of the rows; 0 for one with levels. */
    private static double middle(final DesignColumn column, final DesignFacts facts) {
        double product = 1;
        for (final Piece piece : column.pieces()) {
            product *= piece instanceof Piece.Number number
                ? number.variable().at(number.component(), facts.middle(number.variable().variable())) : 0;
        }
        return product;
    }

    /** The products of columns of Z; those of columns that X has too are not summed twice. */
    private static List<RandomProducts> random(final Formula formula, final VariableTable table,
        final DesignFacts facts, final List<DesignColumn> fixed, final double[] fixedShift) {
        final List<DesignColumn> columns = RandomDesign.columns(formula, table);
        final List<RandomProducts> wanted = new ArrayList<>();
        final List<Integer> starts = RandomDesign.blocks(formula, table);
        for (int b = starts.size() > 1 ? -1 : 0; b < starts.size(); b++) {
            final int from = starts.get(Math.max(b, 0));
            final List<DesignColumn> own =
                columns.subList(from, b >= 0 && b + 1 < starts.size() ? starts.get(b + 1) : columns.size());
            final double[] shift = shift(own, facts);
            wanted.add(new RandomProducts(from, shift, RandomProducts.among(fixed, fixedShift, own, shift)));
        }
        return wanted;
    }

    private static double[] shift(final List<DesignColumn> columns, final DesignFacts facts) {
        final double[] shift = new double[columns.size()];
        for (int j = 1; columns.get(0).name().equals(DesignColumn.INTERCEPT) && j < shift.length; j++) {
            shift[j] = middle(columns.get(j), facts);
        }
        return shift;
    }

    private static VariableTable table(final DesignBinder binder, final Frame frame, final DesignOptions options) {
        final StoredDesign stored = binder.stored();
        return new VariableTable(binder, UsedRows.of(stored.formula(), options).in(frame), options);
    }
}
