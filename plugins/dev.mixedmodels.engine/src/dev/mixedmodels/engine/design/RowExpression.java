package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Expression;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** An expression over the columns of a frame: its value in rows and at points of a grid. */
final class RowExpression {
    private final Expression expression;
    private final Column[] columns;
    private final boolean plain;

    private RowExpression(final Expression expression, final Column[] columns) {
        this.expression = expression;
        this.columns = columns;
        plain = expression instanceof Expression.Column;
    }

    /**
     * @throws dev.mixedmodels.engine.common.ModelException if a column does not exist or is nominal
     */
    static RowExpression of(final Expression expression, final Frame frame) {
        return new RowExpression(expression,
            expression.columns().stream().map(frame::numeric).toArray(Column[]::new));
    }

    boolean isColumn() {
        return plain;
    }

    /** Its values in all rows, where it is a column of numbers as it stands; else null. */
    double[] plain() {
        return plain && columns[0] instanceof NumericColumn numbers ? numbers.values() : null;
    }

    List<Column> columns() {
        return List.of(columns);
    }

    double value(final int row) {
        return plain ? columns[0].value(row) : value(column -> column.value(row));
    }

    double value(final GridPoint point) {
        return value(point::number);
    }

    private double value(final ToDoubleFunction<Column> at) {
        return expression.value(name -> at.applyAsDouble(column(name)));
    }

    private Column column(final String name) {
        int i = 0;
        while (!columns[i].name().equals(name)) {
            i++;
        }
        return columns[i];
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
