package dev.mixedmodels.engine.formula;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/** The functions of one number that a formula may use. */
public enum Function {
    /** What its argument is: inside of it operators mean arithmetic. */
    AS_IS("I", x -> x),
    /** Natural logarithm. */
    LOG("log", Math::log),
    /** Natural logarithm of 1 + x, exact for small x. */
    LOG1P("log1p", Math::log1p),
    /** Logarithm to base 2, exact for powers of 2. */
    LOG2("log2", Function::log2),
    /** Logarithm to base 10, exact for powers of 10. */
    LOG10("log10", Math::log10),
    /** Exponential. */
    EXP("exp", Math::exp),
    /** Square root. */
    SQRT("sqrt", Math::sqrt),
    /** Absolute value. */
    ABS("abs", Math::abs),
    /** Sine of an angle in radians. */
    SIN("sin", Math::sin),
    /** Cosine of an angle in radians. */
    COS("cos", Math::cos);

    private static final double LN2 = Math.log(2);
    private final String text;
    private final DoubleUnaryOperator function;

    Function(final String text, final DoubleUnaryOperator function) {
        this.text = text;
        this.function = function;
    }

    private static double log2(final double x) {
        final int exponent = Math.getExponent(x);
        return x == Math.scalb(1.0, exponent) ? exponent : Math.log(x) / LN2;
    }

    double apply(final double x) {
        return function.applyAsDouble(x);
    }

    /**
     * @return as R writes it
     */
    public String text() {
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
