package dev.mixedmodels.engine.formula;

/** Parses one variable: a name, a function of arithmetic, a factor, a scaled column or a curve. */
final class VariableParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final CurveParser curves;

    VariableParser(final Tokens tokens) {
        this.tokens = tokens;
        expressions = new ExpressionParser(tokens);
        curves = new CurveParser(tokens, expressions);
    }

    static String unknown(final String name) {
        return "The function " + name + "() is not known. Known are " + Function.names()
            + ", I() for arithmetic, factor, scale, poly, ns, bs, and offset.";
    }

    Variable parse() {
        final Token name = tokens.peek();
        if (name.kind() != Token.Kind.NAME) {
            throw tokens.unexpected("the name of a column");
        }
        if (!tokens.isFollowedBy("(")) {
            return new Variable.Plain(tokens.column());
        }
        if (CurveParser.knows(name.text())) {
            return curves.parse();
        }
        final Function function = Function.of(name.text());
        if (function == null) {
            throw tokens.error(name.position(), name.text().equals("offset")
                ? "An offset can only be added to the fixed" + " effects: + offset(x)." : unknown(name.text()));
        }
        return new Variable.Computed(expressions.variable(function));
    }

    /** The response: a column or a function of one. */
    Variable response() {
        final Token start = tokens.peek();
        final Variable response = parse();
        if (!(response instanceof Variable.Plain) && !(response instanceof Variable.Computed)) {
            throw tokens.error(start.position(), "The response is a column or a function of one, such as log(y).");
        }
        if (response.columns().size() > 1) {
            throw tokens.error(start.position(), "The response is made from one column: compute it from \""
                + String.join("\" and \"", response.columns()) + "\" before.");
        }
        return response;
    }

    /** Takes offset(arithmetic). */
    Expression offset() {
        tokens.take();
        tokens.expect("(", "after offset");
        final Expression offset = expressions.argument();
        tokens.expect(")", "to close offset(");
        return offset;
    }
}
