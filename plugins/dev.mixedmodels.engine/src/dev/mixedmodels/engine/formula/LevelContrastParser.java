package dev.mixedmodels.engine.formula;

import java.util.LinkedHashMap;
import java.util.Map;

/** Recursive-descent parser of one contrast: sums of levels times numbers. */
final class LevelContrastParser {
    private static final String LEVELS = " A level that is a number, or has other characters than letters, digits, "
        + "dots and underscores, stands in backticks.";
    private static final int DEEPEST = 100;
    private final String text;
    private final Tokens tokens;
    private int depth;

    LevelContrastParser(final String text) {
        this.text = text;
        tokens = new Tokens(text, "contrast");
    }

    /** A number plus levels with weights. */
    private record Sum(double constant, Map<String, Double> weights) {
        static Sum of(final double constant) {
            return new Sum(constant, Map.of());
        }

        boolean isNumber() {
            return weights.isEmpty();
        }

        Sum plus(final Sum other, final double factor) {
            final Map<String, Double> sum = new LinkedHashMap<>(weights);
            other.weights.forEach((level, weight) -> sum.merge(level, factor * weight, Double::sum));
            return new Sum(constant + factor * other.constant, sum);
        }

        Sum times(final double factor) {
            return Sum.of(0).plus(this, factor);
        }
    }

    LevelContrast parse() {
        String name = text;
        if (tokens.peek().kind() == Token.Kind.NAME && tokens.isFollowedBy("=")) {
            name = tokens.take().text();
            tokens.take();
        }
        final int start = tokens.peek().position();
        final Sum sum = sum();
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.unexpected("an operator");
        }
        if (sum.isNumber()) {
            throw tokens.error(start, "It names no level." + LEVELS);
        }
        if (sum.constant != 0) {
            throw tokens.error(start, "A number is added to the levels." + LEVELS);
        }
        if (sum.weights.values().stream().allMatch(weight -> weight == 0)) {
            throw tokens.error(start, "All levels have the weight 0.");
        }
        return new LevelContrast(name, sum.weights);
    }

    private Sum sum() {
        Sum sum = Sum.of(0);
        boolean first = true;
        while (first || tokens.peek().is("+") || tokens.peek().is("-")) {
            final boolean minus = tokens.accept("-");
            if (!minus) {
                tokens.accept("+");
            }
            first = false;
            sum = sum.plus(product(), minus ? -1 : 1);
        }
        return sum;
    }

    private Sum product() {
        Sum product = factor();
        while (tokens.peek().is("*") || tokens.peek().is("/")) {
            final Token operator = tokens.take();
            final Sum right = factor();
            if (operator.is("/")) {
                if (!right.isNumber() || right.constant == 0) {
                    throw tokens.error(operator.position(), "Levels are divided by numbers other than 0 only."
                        + LEVELS);
                }
                product = product.times(1 / right.constant);
            } else if (right.isNumber()) {
                product = product.times(right.constant);
            } else if (product.isNumber()) {
                product = right.times(product.constant);
            } else {
                throw tokens.error(operator.position(), "Levels are multiplied by numbers only.");
            }
        }
        return product;
    }

    private Sum factor() {
        if (tokens.peek().kind() == Token.Kind.NUMBER) {
            return Sum.of(tokens.number("a number"));
        }
        if (tokens.accept("(")) {
            if (++depth > DEEPEST) {
                throw tokens.error(tokens.peek().position(), "Parentheses are nested too deeply.");
            }
            final Sum inner = sum();
            tokens.expect(")", "to close the parenthesis");
            depth--;
            return inner;
        }
        final StringBuilder level = new StringBuilder(name());
        while (tokens.accept(":")) {
            level.append(':').append(name());
        }
        return new Sum(0, Map.of(level.toString(), 1.0));
    }

    private String name() {
        if (tokens.peek().kind() == Token.Kind.NUMBER) {
            throw tokens.error(tokens.peek().position(), "A level is expected." + LEVELS);
        }
        if (tokens.peek().kind() != Token.Kind.NAME) {
            throw tokens.unexpected("a level or a number");
        }
        return tokens.take().text();
    }
}
