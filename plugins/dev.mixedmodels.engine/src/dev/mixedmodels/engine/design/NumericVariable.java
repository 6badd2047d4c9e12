package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Variable;

/**
 * A numeric variable over the columns of a frame: one column of the design, or those of a curve.
 *
 * @param variable the variable
 * @param argument what it is or is made from
 * @param curve what was found in the fitted rows; null if it does not depend on them
 */
record NumericVariable(Variable variable, RowExpression argument, FoundCurve curve) {
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
        return curve == null ? x : curve.basis().value(component, x);
    }

    double value(final int component, final int row) {
        return at(component, argument.value(row));
    }

    double value(final int component, final GridPoint point) {
        return at(component, argument.value(point));
    }
}
