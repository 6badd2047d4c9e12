package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.formula.Expression;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.Rows;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The variables of a model as the data have them: which are factors, with which levels, which are numbers. */
class VariableTable {
    private final ModelFrame rows;
    private final DesignOptions options;
    private final Map<String, Factor> factors = new HashMap<>();
    private final Map<Variable, NumericVariable> numbers = new HashMap<>();
    private final Map<String, ColumnSummary> summaries = new HashMap<>();

    VariableTable(final ModelFrame rows, final DesignOptions options) {
        this.rows = rows;
        this.options = options;
    }

    final ModelFrame rows() {
        return rows;
    }

    final DesignOptions options() {
        return options;
    }

    final Coding coding() {
        return options.coding();
    }

    final boolean isFactor(final Variable variable) {
        if (variable instanceof Variable.Levels) {
            return true;
        }
        for (final String column : variable.columns()) {
            if (options.nominal().contains(column) || !rows.frame().column(column).numeric()) {
                if (variable instanceof Variable.Plain) {
                    return true;
                }
                throw new ModelException(variable + " needs numbers, but column \"" + column + "\" is nominal.");
            }
        }
        return false;
    }

    /** The columns of the table that the factors, or the numbers, of some terms have, in their order. */
    final List<String> columns(final TermList terms, final boolean factors) {
        return terms.terms().stream().map(Term::variables).flatMap(List::stream)
            .filter(variable -> isFactor(variable) == factors).map(Variable::columns).flatMap(List::stream).distinct()
            .toList();
    }

    /** Whether a column of indicators is that of the first visit, whatever level is the reference. */
    final boolean isOfFirstVisit(final DesignColumn column) {
        return column.pieces().stream().anyMatch(piece -> piece instanceof Piece.Contrast contrast
            && options.nominal().contains(contrast.factor().name()) && contrast.byLevel()[firstVisit(contrast.factor())] == 1);
    }

    /** The level of a factor of visits that comes first in time. */
    int firstVisit(final Factor visits) {
        final LevelOrder order = options.orders().getOrDefault(visits.name(), LevelOrder.NATURAL);
        return order.reference() == null ? 0 : visits.levels().indexOf(Factor.of(rows.frame().column(visits.name()),
            rows.fitted(), new LevelOrder(null, order.explicit())).level(0));
    }

    /** The factor of a column over the fitted rows; each is made once. */
    synchronized Factor factor(final String column) {
        return factors.computeIfAbsent(column, name -> Factor.of(rows.frame().column(name), rows.fitted(),
            options.orders().getOrDefault(name, LevelOrder.NATURAL)));
    }

    /** The factor of a grouping: of one column, or the combinations of several that occur in the fitted rows. */
    Factor grouping(final Grouping grouping) {
        Factor factor = factor(grouping.columns().get(0));
        for (int i = 1; i < grouping.columns().size(); i++) {
            factor = Factor.combine(factor, grouping.separators().substring(i - 1, i),
                factor(grouping.columns().get(i)), rows.fitted());
        }
        return factor;
    }

    /** What the fitted rows have in a numeric column. */
    synchronized ColumnSummary summary(final String column) {
        return summaries.computeIfAbsent(column, name -> ColumnSummary.of(rows.frame().numeric(name), rows.fitted()));
    }

    /** Counts of the combinations of levels of factors among the fitted rows; null if they are too many. */
    Cells cells(final Collection<String> columns) {
        return Cells.of(columns.stream().map(this::factor).toList(), rows.fitted());
    }

    /** Shares of the levels of a factor among the fitted rows. */
    double[] shares(final Factor factor) {
        final int[] counts = factor.counts(rows.fitted());
        return IntStream.of(counts).mapToDouble(count -> (double) count / rows.fitted().size()).toArray();
    }

    /**
     * A numeric variable, checked to have a finite value in every row that is used; curves are found from the fitted rows.
     *
     * @throws ModelException if it has not, naming column and row; if a curve cannot be found
     */
    synchronized NumericVariable numeric(final Variable variable) {
        return numbers.computeIfAbsent(variable, v -> {
            final RowExpression argument = number(v.argument(), v.toString());
            return new NumericVariable(v, argument, FoundCurve.needed(v) ? FoundCurve.of(v, fitted(argument)) : null);
        });
    }

    private double[] fitted(final RowExpression argument) {
        return IntStream.range(0, rows.fitted().size()).mapToDouble(i -> argument.value(rows.fitted().row(i))).toArray();
    }

    /** A number in every row that is used, checked to be finite; {@code name} is for the error. */
    private RowExpression number(final Expression expression, final String name) {
        final RowExpression number = RowExpression.of(expression, rows.frame());
        checkDomain(name, number, rows.fitted());
        checkDomain(name, number, rows.predicted());
        return number;
    }

    /** The response less the offsets, checked to be finite. */
    Response response(final Formula formula) {
        final RowExpression number = RowExpression.of(formula.response().argument(), rows.frame());
        checkDomain(formula.response().toString(), number, rows.fitted());
        final double unit = options.ownUnit() ? unit(number) : 1;
        final List<RowExpression> offsets =
            formula.offsets().stream().map(offset -> number(offset, "offset(" + offset + ")")).toList();
        return new Response(formula, number, new Offset(offsets, unit, 0).over(rows.fitted()), unit);
    }

    /**
     * The power of two at or below half the range over the fitted rows, or the largest value if there is no range, times the
     * root of the mean weight: the rows times the roots of their weights have values near 1.
     */
    private double unit(final RowExpression response) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double weight = 0;
        for (int i = 0; i < rows.fitted().size(); i++) {
            weight += rows.weights().of(rows.fitted().row(i)) / rows.fitted().size();
            final double value = response.value(rows.fitted().row(i));
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        final double half = max / 2 - min / 2;
        final double size = (half > 0 ? half : Math.abs(max)) * (rows.weights().equal() ? 1 : Math.sqrt(weight));
        return size > 0 ? Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(size))) : 1;
    }

    private static void checkDomain(final String name, final RowExpression number, final Rows rows) {
        for (int i = 0; i < rows.size() && !number.isColumn(); i++) {
            final int row = rows.row(i);
            if (!Double.isFinite(number.value(row))) {
                throw ModelException.of(name + " does not exist in row ", new ModelException.Row(row), ", where "
                    + Words.list(number.columns().stream()
                        .map(column -> '"' + column.name() + "\" is " + Words.number(column.value(row))).toList())
                    + ". Remove such rows or change the formula.");
            }
        }
    }
}
