package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Rows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows where a B-spline is not known: outside of its outer knots its outer pieces go on, which soon go astray. */
final class OutsideKnots {
    private OutsideKnots() {
    }

    /** For each B-spline that has such rows their number, by what is said of them after "3 rows". */
    static Map<String, Long> of(final Formula formula, final VariableTable table) {
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (final Variable variable : formula.variables()) {
            if (variable instanceof Variable.Curve curve && curve.kind() == Variable.Kind.B_SPLINE) {
                final NumericVariable number = table.numeric(variable);
                final double[] knots = number.curve().knots();
                final double low = knots[0];
                final double high = knots[knots.length - 1];
                final long outside = Stream.of(table.rows().fitted(), table.rows().predicted())
                    .mapToLong(rows -> outside(number.argument(), rows, low, high)).sum();
                if (outside > 0) {
                    counts.put("outside of the outer knots of " + variable + ", " + Words.number(low) + " and "
                        + Words.number(high) + ": its outer pieces go on there, and predictions soon go astray.",
                        outside);
                }
            }
        }
        return counts;
    }

    private static long outside(final RowExpression argument, final Rows rows, final double low, final double high) {
        return IntStream.range(0, rows.size()).mapToDouble(i -> argument.value(rows.row(i)))
            .filter(x -> x < low || x > high).count();
    }
}
