package dev.mixedmodels.engine.formula;

/** Parses one variable: a name, or log, sqrt, exp or I(x^k) of one. */
final class VariableParser {
    private static final String KNOWN = " Known are log(x), sqrt(x), exp(x) and I(x^k).";
    private static final int DEEPEST = 50;
    private final Tokens tokens;
    private int depth;

    VariableParser(final Tokens tokens) {
        this.tokens = tokens;
    }

    Variable parse() {
        final Token name = tokens.peek();
        if (name.kind() != Token.Kind.NAME) {
            throw tokens.unexpected("the name of a column");
        }
        tokens.take();
        if (name.text().equals(".")) {
            throw tokens.error(name.position(), "A dot alone (all other columns) is not supported: name the columns.");
        }
        if (!tokens.accept("(")) {
            return new Variable.Plain(name.text());
        }
        if (++depth > DEEPEST) {
            throw tokens.error(name.position(), "Functions are nested too deeply.");
        }
        final Variable result = switch (name.text()) {
            case "log" -> new Variable.Call(Variable.Function.LOG, parse());
            case "sqrt" -> new Variable.Call(Variable.Function.SQRT, parse());
            case "exp" -> new Variable.Call(Variable.Function.EXP, parse());
            case "I" -> power();
            case "offset" -> throw tokens.error(name.position(), "Offsets are not supported: subtract the offset from"
                + " the response before.");
            default -> throw tokens.error(name.position(), "The function " + name.text() + "() is not known." + KNOWN);
        };
        if (!tokens.peek().is(")")) {
            throw tokens.error(tokens.peek().position(), "Expected ')' here: the argument of a function is one column,"
                + " or a function of one." + KNOWN);
        }
        tokens.take();
        depth--;
        return result;
    }

    private Variable power() {
        final Variable base = parse();
        tokens.expect("^", "as in I(x^2)");
        final boolean negative = tokens.accept("-");
        final double exponent = number("the exponent, a number");
        return new Variable.Power(base, negative ? -exponent : exponent);
    }

    /** Takes a number. */
    double number(final String expected) {
        final Token token = tokens.peek();
        if (token.kind() != Token.Kind.NUMBER) {
            throw tokens.unexpected(expected);
        }
        tokens.take();
        if (token.text().indexOf('.') != token.text().lastIndexOf('.') || token.text().equals(".")) {
            throw tokens.error(token.position(), "This is not a number.");
        }
        return Double.parseDouble(token.text());
    }
}
