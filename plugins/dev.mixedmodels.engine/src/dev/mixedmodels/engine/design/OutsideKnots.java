package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Rows;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows where a B-spline is not known: outside of its outer knots its outer pieces go on, which soon go astray. */
final class OutsideKnots {
    private OutsideKnots() {
    }

    static List<String> of(final Formula formula, final VariableTable table) {
        return formula.variables().stream()
            .filter(v -> v instanceof Variable.Curve curve && curve.kind() == Variable.Kind.B_SPLINE)
            .map(table::numeric).flatMap(number -> Stream.ofNullable(message(number, table))).toList();
    }

    private static String message(final NumericVariable number, final VariableTable table) {
        final double[] knots = number.curve().knots();
        final double low = knots[0];
        final double high = knots[knots.length - 1];
        final long outside = Stream.of(table.rows().fitted(), table.rows().predicted())
            .mapToLong(rows -> outside(number.argument(), rows, low, high)).sum();
        return outside == 0 ? null : number.variable() + ": " + Words.count(outside, "row lies", "rows lie")
            + " outside of its outer knots " + Words.number(low) + " and " + Words.number(high)
            + ". The outer pieces of the curve go on there, and predictions soon go astray.";
    }

    private static long outside(final RowExpression argument, final Rows rows, final double low, final double high) {
        return IntStream.range(0, rows.size()).mapToDouble(i -> argument.value(rows.row(i)))
            .filter(x -> x < low || x > high).count();
    }
}
