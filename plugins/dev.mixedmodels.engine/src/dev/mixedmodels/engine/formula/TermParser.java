package dev.mixedmodels.engine.formula;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Parses sums of terms with R's operators, which bind in the order {@code ^}, {@code :}, {@code * /}, {@code + -}, and
 * expands them: a*b = a + b + a:b, a/b = a + a:b, (a + b)^2 = a + b + a:b. A term is the set of its variables here.
 */
final class TermParser {
    private static final int MOST_TERMS = 2000;
    private static final int DEEPEST = 100;
    private final Tokens tokens;
    private final VariableParser variables;
    private final Set<Variable> seen = new LinkedHashSet<>();
    private final String response;
    private int depth;

    TermParser(final Tokens tokens, final VariableParser variables, final String response) {
        this.tokens = tokens;
        this.variables = variables;
        this.response = response;
    }

    /**
     * Parses a whole side, up to a bar, a closing parenthesis or the end.
     *
     * @param other called at each random term and offset, to take it; null where none may stand
     */
    TermList side(final Consumer<Tokens> other) {
        boolean intercept = true;
        final Set<Set<Variable>> terms = new LinkedHashSet<>();
        boolean first = true;
        while (first || tokens.peek().is("+") || tokens.peek().is("-")) {
            final boolean minus = sign(first);
            first = false;
            if (tokens.isRandomTerm()) {
                if (other == null || minus) {
                    throw misplacedRandomTerm();
                }
                other.accept(tokens);
            } else if (tokens.isOffset() && other != null && !minus) {
                other.accept(tokens);
            } else if (tokens.peek().kind() == Token.Kind.NUMBER) {
                intercept = intercept() ^ minus;
            } else {
                change(terms, minus);
            }
        }
        return TermList.of(intercept, terms, seen);
    }

    private boolean sign(final boolean first) {
        final boolean minus = tokens.accept("-");
        if (!minus && !tokens.accept("+") && !first) {
            throw tokens.unexpected("'+'");
        }
        return minus;
    }

    /** 1 is the intercept, 0 is none. */
    private boolean intercept() {
        final Token token = tokens.peek();
        final double number = tokens.number("0 or 1");
        if (number != 0 && number != 1) {
            throw tokens.error(token.position(), "The only numbers among the terms are 1 (intercept) and 0 (none).");
        }
        return number == 1;
    }

    private void change(final Set<Set<Variable>> terms, final boolean minus) {
        final Set<Set<Variable>> changed = product();
        if (minus) {
            terms.removeAll(changed);
        } else {
            terms.addAll(changed);
        }
    }

    private Set<Set<Variable>> product() {
        Set<Set<Variable>> left = interaction();
        while (tokens.peek().is("*") || tokens.peek().is("/")) {
            final Token operator = tokens.take();
            final Set<Set<Variable>> right = interaction();
            final Set<Set<Variable>> result = new LinkedHashSet<>(left);
            if (operator.is("*")) {
                result.addAll(right);
                result.addAll(cross(left, right, operator.position()));
            } else {
                final Set<Variable> all = new LinkedHashSet<>();
                left.forEach(all::addAll);
                result.addAll(cross(Set.of(all), right, operator.position()));
            }
            left = result;
        }
        return left;
    }

    private Set<Set<Variable>> interaction() {
        Set<Set<Variable>> left = power();
        while (tokens.peek().is(":")) {
            final int position = tokens.take().position();
            left = cross(left, power(), position);
        }
        return left;
    }

    private Set<Set<Variable>> power() {
        final Set<Set<Variable>> base = atom();
        Set<Set<Variable>> result = base;
        while (tokens.peek().is("^")) {
            final int position = tokens.take().position();
            if (base.size() == 1) {
                throw tokens.error(position, "x^2 stands for x itself in R's notation. Write I(x^2) for the square.");
            }
            final Token token = tokens.peek();
            final double degree = tokens.number("a whole number, the highest order of interactions");
            if (degree < 1 || degree != Math.rint(degree)) {
                throw tokens.error(token.position(), "The highest order of interactions is a whole number from 1.");
            }
            final Set<Set<Variable>> factor = result;
            for (int order = 2; order <= Math.min(degree, seen.size()); order++) {
                final Set<Set<Variable>> next = new LinkedHashSet<>(result);
                next.addAll(cross(result, factor, position));
                result = next;
            }
        }
        return result;
    }

    private Set<Set<Variable>> atom() {
        if (tokens.isRandomTerm()) {
            throw misplacedRandomTerm();
        }
        if (tokens.accept("(")) {
            return parenthesis();
        }
        if (tokens.peek().kind() == Token.Kind.NUMBER) {
            throw tokens.error(tokens.peek().position(), "A number cannot stand here; 0 and 1 can only be added or"
                + " subtracted.");
        }
        final int position = tokens.peek().position();
        final Variable variable = variables.parse();
        if (variable.columns().contains(response)) {
            throw tokens.error(position, "The response cannot stand on the right-hand side as well.");
        }
        seen.add(variable);
        return Set.of(Set.of(variable));
    }

    private Set<Set<Variable>> parenthesis() {
        if (++depth > DEEPEST) {
            throw tokens.error(tokens.peek().position(), "Parentheses are nested too deeply.");
        }
        final Set<Set<Variable>> terms = new LinkedHashSet<>();
        boolean first = true;
        while (first || tokens.peek().is("+") || tokens.peek().is("-")) {
            final boolean minus = sign(first);
            first = false;
            change(terms, minus);
        }
        tokens.expect(")", "to close the parenthesis");
        depth--;
        return terms;
    }

    /** All unions of a term on the left and a term on the right. */
    private Set<Set<Variable>> cross(final Set<Set<Variable>> left, final Set<Set<Variable>> right,
        final int position) {
        final Set<Set<Variable>> result = new LinkedHashSet<>();
        for (final Set<Variable> a : left) {
            for (final Set<Variable> b : right) {
                final Set<Variable> both = new LinkedHashSet<>(a);
                both.addAll(b);
                result.add(both);
            }
            if (result.size() > MOST_TERMS) {
                throw tokens.error(position, "This makes more than " + MOST_TERMS + " terms.");
            }
        }
        return result;
    }

    private RuntimeException misplacedRandomTerm() {
        return tokens.error(tokens.peek().position(), "A random term can only be added: + (1 | group).");
    }
}
