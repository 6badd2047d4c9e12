package dev.mixedmodels.engine.formula;

/**
 * Parses arithmetic: numbers, columns, functions, parentheses and operators, of which {@code ^} binds most and from the
 * right, then the sign, {@code * /}, {@code + -}, as in R.
 */
final class ExpressionParser {
    /** A tree of more parts is more than a column of a model should be; also keeps its depth in bounds. */
    private static final int MOST_PARTS = 60;
    private final Tokens tokens;
    private int parts;

    ExpressionParser(final Tokens tokens) {
        this.tokens = tokens;
    }

    /** Parses the argument of a function, up to a comma or the closing parenthesis. */
    Expression argument() {
        final Token start = tokens.peek();
        parts = 0;
        final Expression expression = sum();
        if (expression.columns().isEmpty()) {
            throw tokens.error(start.position(), "Here stands no column, so that it is the same number in all rows.");
        }
        return expression;
    }

    /** The call of a function whose name is the next token, as a variable of its own. */
    Expression.Call variable(final Function function) {
        final Token name = tokens.peek();
        parts = 0;
        final Expression.Call call = call(function);
        if (call.columns().isEmpty()) {
            throw tokens.error(name.position(), call + " names no column, so that it is the same number in all rows.");
        }
        return call;
    }

    private Expression.Call call(final Function function) {
        final Token name = tokens.take();
        tokens.expect("(", "after the name of a function");
        final Expression argument = sum();
        if (tokens.peek().is(",")) {
            throw tokens.error(tokens.peek().position(), name.text() + "() has one argument only"
                + (function == Function.LOG ? "; log2(x) and log10(x) are logarithms to other bases." : "."));
        }
        if (!tokens.accept(")")) {
            throw tokens.unexpected("an operator or ')' to close " + name.text() + "(");
        }
        return new Expression.Call(function, argument);
    }

    private Expression sum() {
        Expression left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            final Operator operator = tokens.take().is("+") ? Operator.PLUS : Operator.MINUS;
            left = new Expression.Operation(operator, left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = signed();
        while (tokens.peek().is("*") || tokens.peek().is("/")) {
            final Operator operator = tokens.take().is("*") ? Operator.TIMES : Operator.OVER;
            left = new Expression.Operation(operator, left, signed());
        }
        return left;
    }

    private Expression signed() {
        count();
        if (tokens.accept("-")) {
            return new Expression.Negative(signed());
        }
        return tokens.accept("+") ? signed() : power();
    }

    private Expression power() {
        final Expression base = atom();
        return tokens.accept("^") ? new Expression.Operation(Operator.POWER, base, signed()) : base;
    }

    private Expression atom() {
        final Token token = tokens.peek();
        if (token.kind() == Token.Kind.NUMBER) {
            return new Expression.Constant(tokens.number(""));
        }
        if (tokens.accept("(")) {
            final Expression inside = sum();
            tokens.expect(")", "to close the parenthesis");
            return new Expression.Parentheses(inside);
        }
        if (token.kind() != Token.Kind.NAME) {
            throw tokens.unexpected("a column, a number or a function");
        }
        if (!tokens.isFollowedBy("(")) {
            return new Expression.Column(tokens.column());
        }
        final Function function = Function.of(token.text());
        if (function == null) {
            throw tokens.error(token.position(), CurveParser.knows(token.text())
                ? token.text() + "() makes columns of its own and cannot stand inside of a function."
                : VariableParser.unknown(token.text()));
        }
        return call(function);
    }

    private void count() {
        if (++parts > MOST_PARTS) {
            throw tokens.error(tokens.peek().position(), "The arithmetic has too many parts: compute such a"
                + " column before.");
        }
    }
}
