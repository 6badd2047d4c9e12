package dev.mixedmodels.engine.formula;

import java.util.function.DoubleBinaryOperator;

/** The operators of arithmetic; {@code ^} binds most, {@code +} and {@code -} least. */
public enum Operator {
    /** Sum. */
    PLUS(" + ", (a, b) -> a + b),
    /** Difference. */
    MINUS(" - ", (a, b) -> a - b),
    /** Product. */
    TIMES(" * ", (a, b) -> a * b),
    /** Quotient. */
    OVER("/", (a, b) -> a / b),
    /** Power. */
    POWER("^", (a, b) -> b == 2 ? a * a : Math.pow(a, b));

    private final String text;
    private final DoubleBinaryOperator operator;

    Operator(final String text, final DoubleBinaryOperator operator) {
        this.text = text;
        this.operator = operator;
    }

    double apply(final double a, final double b) {
        return operator.applyAsDouble(a, b);
    }

    /**
     * @return as R prints it, with blanks around those that have them
     */
    public String text() {
        return text;
    }
}
