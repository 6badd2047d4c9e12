package dev.mixedmodels.engine.formula;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parses the functions that are found from the fitted rows or make several columns: {@code poly(x, degree, raw)},
 * {@code ns(x, df, knots, Boundary.knots)}, {@code bs(x, df, knots, degree, Boundary.knots)},
 * {@code scale(x, center, scale)} and {@code factor(x)}; arguments by place or by name, as in R.
 */
final class CurveParser {
    private static final int HIGHEST_POLYNOMIAL = 20;
    private static final int HIGHEST_PIECES = 10;
    private static final int CUBIC = 3;
    /** Names of the arguments after the first one, in R's order. */
    private static final Map<String, List<String>> ARGUMENTS = Map.of("poly", List.of("degree", "raw"), "ns",
        List.of("df", "knots", "Boundary.knots"), "bs", List.of("df", "knots", "degree", "Boundary.knots"), "scale",
        List.of("center", "scale"), "factor", List.of());
    private static final Set<String> VECTORS = Set.of("knots", "Boundary.knots");
    private static final Set<String> FLAGS = Set.of("raw", "center", "scale");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private Map<String, Object> given;
    private Map<String, Integer> places;
    private String text;
    private int start;

    CurveParser(final Tokens tokens, final ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    static boolean knows(final String function) {
        return ARGUMENTS.containsKey(function);
    }

    Variable parse() {
        final Token name = tokens.take();
        final String function = name.text();
        start = name.position();
        tokens.expect("(", "after " + function);
        if (function.equals("factor")) {
            return factor();
        }
        final Expression of = expressions.argument();
        text = function + "(" + of;
        given = new TreeMap<>();
        places = new TreeMap<>();
        while (tokens.accept(",")) {
            argument(function);
        }
        if (!tokens.accept(")")) {
            throw tokens.unexpected("',' or ')' to close " + function + "(");
        }
        text += ")";
        return switch (function) {
            case "poly" -> polynomial(of);
            case "ns" -> natural(of);
            case "bs" -> spline(of);
            default -> new Variable.Scaled(of, flag("center", true), flag("scale", true), text);
        };
    }

    private Variable factor() {
        if (tokens.peek().kind() != Token.Kind.NAME || tokens.isFollowedBy("(")) {
            throw tokens.error(tokens.peek().position(), "factor() takes a column as it is.");
        }
        final Variable.Levels levels = new Variable.Levels(tokens.column());
        if (!tokens.accept(")")) {
            throw tokens.error(tokens.peek().position(), "factor() takes a column as it is. The order of levels and the"
                + " reference level are settings of their own.");
        }
        return levels;
    }

    private void argument(final String function) {
        final List<String> names = ARGUMENTS.get(function);
        final Token at = tokens.peek();
        final boolean named = at.kind() == Token.Kind.NAME && tokens.isFollowedBy("=");
        final String name;
        if (named) {
            name = tokens.take().text();
            tokens.take();
        } else {
            name = names.stream().filter(n -> !given.containsKey(n)).findFirst().orElse("");
        }
        if (!names.contains(name) || given.containsKey(name)) {
            throw tokens.error(at.position(), given.containsKey(name) ? name + " is given twice."
                : function + "() takes x, " + String.join(", ", names) + " and nothing else.");
        }
        final int place = tokens.peek().position();
        final Object value = VECTORS.contains(name) ? numbers(name) : FLAGS.contains(name) ? truth(name) : whole(name);
        given.put(name, value);
        places.put(name, place);
        text += ", " + (named ? name + " = " : "") + printed(value);
    }

    private static String printed(final Object value) {
        if (value instanceof List<?> list) {
            final String inside =
                String.join(", ", list.stream().map(number -> Names.number((Double) number)).toList());
            return list.size() == 1 ? inside : "c(" + inside + ")";
        }
        return value instanceof Boolean flag ? (flag ? "TRUE" : "FALSE") : value.toString();
    }

    private Boolean truth(final String name) {
        final Token token = tokens.peek();
        if (token.text().equals("TRUE") || token.text().equals("FALSE")) {
            tokens.take();
            return token.text().equals("TRUE");
        }
        throw tokens.unexpected("TRUE or FALSE for " + name);
    }

    private Integer whole(final String name) {
        final Token token = tokens.peek();
        final double number = signedNumber("a number for " + name);
        if (number < 1 || number > FormulaBuilder.MOST_COLUMNS || number != Math.rint(number)) {
            throw tokens.error(token.position(), name + " is a whole number from 1 to " + FormulaBuilder.MOST_COLUMNS
                + ".");
        }
        return (int) number;
    }

    private double signedNumber(final String expected) {
        final boolean negative = tokens.accept("-");
        final double number = tokens.number(expected);
        return negative ? -number : number;
    }

    /** One number, or c(...) of several. */
    private List<Double> numbers(final String name) {
        final List<Double> numbers = new ArrayList<>();
        if (!tokens.peek().text().equals("c") || !tokens.isFollowedBy("(")) {
            numbers.add(signedNumber("a number for " + name + ", or several as c(1, 2)"));
            return numbers;
        }
        tokens.take();
        do {
            tokens.take();
            numbers.add(signedNumber("a number"));
        } while (tokens.peek().is(","));
        tokens.expect(")", "to close c(");
        return numbers;
    }

    private boolean flag(final String name, final boolean otherwise) {
        return (Boolean) given.getOrDefault(name, otherwise);
    }

    private int whole(final String name, final int otherwise) {
        return (Integer) given.getOrDefault(name, otherwise);
    }

    private RuntimeException wrong(final String argument, final String message) {
        return tokens.error(places.getOrDefault(argument, start), message);
    }

    private Variable polynomial(final Expression of) {
        final int degree = whole("degree", 1);
        if (degree > HIGHEST_POLYNOMIAL) {
            throw wrong("degree", "The degree of a polynomial is " + HIGHEST_POLYNOMIAL + " at most.");
        }
        return new Variable.Curve(flag("raw", false) ? Variable.Kind.RAW_POLYNOMIAL
            : Variable.Kind.ORTHOGONAL_POLYNOMIAL, of, degree, degree, null, null, text);
    }

    private Variable natural(final Expression of) {
        return curve(Variable.Kind.NATURAL_SPLINE, of, CUBIC, 1);
    }

    private Variable spline(final Expression of) {
        final int degree = whole("degree", CUBIC);
        if (degree > HIGHEST_PIECES) {
            throw wrong("degree", "The degree of a spline is " + HIGHEST_PIECES + " at most.");
        }
        return curve(Variable.Kind.B_SPLINE, of, degree, degree);
    }

    /** A spline that has so many columns without any knot inside. */
    private Variable curve(final Variable.Kind kind, final Expression of, final int degree, final int without) {
        @SuppressWarnings("unchecked")
        final List<Double> knots = (List<Double>) given.get("knots");
        @SuppressWarnings("unchecked")
        final List<Double> boundary = (List<Double>) given.get("Boundary.knots");
        if (boundary != null && (boundary.size() != 2 || !(boundary.get(0) < boundary.get(1)))) {
            throw wrong("Boundary.knots", "The boundary knots are two numbers in rising order: c(0, 10).");
        }
        if (knots != null && given.containsKey("df")) {
            throw wrong("df", "Either df or knots is given, for the number of knots says the degrees of freedom.");
        }
        if (knots != null && boundary != null
            && knots.stream().anyMatch(k -> !(k > boundary.get(0) && k < boundary.get(1)))) {
            throw wrong("knots", "The knots lie between the boundary knots.");
        }
        final int size = knots == null ? whole("df", without) : without + knots.size();
        if (size < without) {
            throw wrong("df", "A spline of degree " + degree + " has " + without + " degrees of freedom at least.");
        }
        return new Variable.Curve(kind, of, size, degree,
            knots == null ? null : knots.stream().sorted(Comparator.naturalOrder()).toList(), boundary, text);
    }
}
