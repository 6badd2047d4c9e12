package dev.mixedmodels.engine.formula;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The functions of one number that a formula may use. */
public enum Function {
    /** What its argument is: inside of it operators mean arithmetic. */
    AS_IS("I") {
        @Override
        double apply(final double x) {
            return x;
        }
    },
    /** Natural logarithm. */
    LOG("log") {
        @Override
        double apply(final double x) {
            return Math.log(x);
        }
    },
    /** Natural logarithm of 1 + x, exact for small x. */
    LOG1P("log1p") {
        @Override
        double apply(final double x) {
            return Math.log1p(x);
        }
    },
    /** Logarithm to base 2, exact for powers of 2. */
    LOG2("log2") {
        @Override
        double apply(final double x) {
            final int exponent = Math.getExponent(x);
            return x == Math.scalb(1.0, exponent) ? exponent : Math.log(x) / LN2;
        }
    },
    /** Logarithm to base 10, exact for powers of 10. */
    LOG10("log10") {
        @Override
        double apply(final double x) {
            return Math.log10(x);
        }
    },
    /** Exponential. */
    EXP("exp") {
        @Override
        double apply(final double x) {
            return Math.exp(x);
        }
    },
    /** Square root. */
    SQRT("sqrt") {
        @Override
        double apply(final double x) {
            return Math.sqrt(x);
        }
    },
    /** Absolute value. */
    ABS("abs") {
        @Override
        double apply(final double x) {
            return Math.abs(x);
        }
    },
    /** Sine of an angle in radians. */
    SIN("sin") {
        @Override
        double apply(final double x) {
            return Math.sin(x);
        }
    },
    /** Cosine of an angle in radians. */
    COS("cos") {
        @Override
        double apply(final double x) {
            return Math.cos(x);
        }
    };

    private static final double LN2 = Math.log(2);
    private final String text;

    Function(final String text) {
        this.text = text;
    }

    abstract double apply(double x);

    /** As it is written. */
    String text() {
        return text;
    }

    /** The function of that name; null if there is none. */
    static Function of(final String name) {
        return Arrays.stream(values()).filter(f -> f.text.equals(name)).findFirst().orElse(null);
    }

    /** The names of all but {@code I}, for messages. */
    static String names() {
        return Arrays.stream(values()).filter(f -> f != AS_IS).map(f -> f.text).collect(Collectors.joining(", "));
    }
}
