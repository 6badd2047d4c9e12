package dev.mixedmodels.engine.formula;

/** The operators of arithmetic; {@code ^} binds most, {@code +} and {@code -} least. */
public enum Operator {
    /** Sum. */
    PLUS(" + ") {
        @Override
        double apply(final double a, final double b) {
            return a + b;
        }
    },
    /** Difference. */
    MINUS(" - ") {
        @Override
        double apply(final double a, final double b) {
            return a - b;
        }
    },
    /** Product. */
    TIMES(" * ") {
        @Override
        double apply(final double a, final double b) {
            return a * b;
        }
    },
    /** Quotient. */
    OVER("/") {
        @Override
        double apply(final double a, final double b) {
            return a / b;
        }
    },
    /** Power. */
    POWER("^") {
        @Override
        double apply(final double a, final double b) {
            return b == 2 ? a * a : Math.pow(a, b);
        }
    };

    private final String text;

    Operator(final String text) {
        this.text = text;
    }

    abstract double apply(double a, double b);

    /**
     * @return as R prints it, with blanks around those that have them
     */
    public String text() {
        return text;
    }
}
