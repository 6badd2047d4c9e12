package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.RowSpan;

/**
 * What the fixed and random effects are to explain: the response of the formula less its offsets, in a unit.
 *
 * @param formula the model
 * @param number its response
 * @param offset its offsets, in the unit
 * @param unit what the response is divided by, a power of two
 */
record Response(Formula formula, RowExpression number, Offset offset, double unit) {
    double value(final int row) {
        return number.value(row) / unit - offset.value(row);
    }

    /** Its values in some rows. */
    void values(final RowSpan span, final double[] to) {
        final double[] plain = number.plain();
        for (int i = 0; i < span.size(); i++) {
            final int row = span.row(i);
            to[i] = (plain == null ? number.value(row) : plain[row]) / unit - offset.value(row);
        }
    }

    /** As messages name it: the column, or what is modelled, as {@code log(y) - offset(x)}. */
    String name() {
        final Variable modelled = formula.response();
        final StringBuilder name =
            new StringBuilder(modelled instanceof Variable.Plain ? modelled.column() : modelled.toString());
        formula.offsets().forEach(part -> name.append(" - offset(").append(part).append(')'));
        return name.toString();
    }
}
