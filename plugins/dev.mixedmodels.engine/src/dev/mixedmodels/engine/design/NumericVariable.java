package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.basis.Basis;
import dev.mixedmodels.engine.formula.Variable;

/** A numeric variable over the columns of a frame: one column of the design, or those of a curve. */
final class NumericVariable {
    private final Variable variable;
    private final RowExpression argument;
    private final FoundCurve curve;
    private final Basis basis;

    /**
     * @param variable the variable
     * @param argument what it is or is made from
     * @param curve what was found in the fitted rows; null if it does not depend on them
     */
    NumericVariable(final Variable variable, final RowExpression argument, final FoundCurve curve) {
        this.variable = variable;
        this.argument = argument;
        this.curve = curve;
        basis = curve == null ? (column, x) -> x : curve.basis();
    }

    Variable variable() {
        return variable;
    }

    RowExpression argument() {
        return argument;
    }

    FoundCurve curve() {
        return curve;
    }

    /** Its values in the rows of the frame, where it is a column of finite numbers as it stands; else null. */
    double[] plain() {
        return curve == null ? argument.plain() : null;
    }

    /** Its name as R has it: poly(x, 2)1. */
    String name(final int component) {
        return variable.size() == 1 ? variable.toString() : variable.toString() + (component + 1);
    }

    /** One of its columns where its argument has a value. */
    double at(final int component, final double x) {
        return basis.value(component, x);
    }

    double value(final int component, final int row) {
        return basis.value(component, argument.value(row));
    }

    double value(final int component, final GridPoint point) {
        return basis.value(component, argument.value(point));
    }
}
