package dev.mixedmodels.engine.formula;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Parses sums of terms with R's operators, which bind in the order {@code ^}, {@code :}, {@code * /}, {@code + -}, and
 * expands them: a*b = a + b + a:b, a/b = a + a:b, (a + b)^2 = a + b + a:b.
 */
final class TermParser {
    private static final int MOST_TERMS = 5000;
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
     * @param randomTerm called at each random term, to take it; null where none may stand
     */
    TermList side(final Consumer<Tokens> randomTerm) {
        boolean intercept = true;
        final List<Term> terms = new ArrayList<>();
        boolean first = true;
        while (first || tokens.peek().is("+") || tokens.peek().is("-")) {
            final boolean minus = sign(first);
            first = false;
            if (tokens.isRandomTerm()) {
                if (randomTerm == null || minus) {
                    throw tokens.error(tokens.peek().position(), "A random term can only be added: + (1 | group).");
                }
                randomTerm.accept(tokens);
            } else if (tokens.peek().kind() == Token.Kind.NUMBER) {
                intercept = intercept() ^ minus;
            } else {
                change(terms, minus);
            }
        }
        final List<Term> ordered = new ArrayList<>();
        terms.forEach(term -> ordered.add(inOrderOfAppearance(term)));
        return TermList.of(intercept, ordered);
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
        final double number = variables.number("0 or 1");
        if (number != 0 && number != 1) {
            throw tokens.error(token.position(), "The only numbers among the terms are 1 (intercept) and 0 (none).");
        }
        return number == 1;
    }

    private void change(final List<Term> terms, final boolean minus) {
        final int position = tokens.peek().position();
        for (final Term term : product()) {
            if (minus) {
                terms.removeIf(term::sameAs);
            } else {
                add(terms, term, position);
            }
        }
    }

    private Term inOrderOfAppearance(final Term term) {
        return new Term(seen.stream().filter(term.variables()::contains).toList());
    }

    private List<Term> product() {
        List<Term> left = interaction();
        while (tokens.peek().is("*") || tokens.peek().is("/")) {
            final Token operator = tokens.take();
            final List<Term> right = interaction();
            final List<Term> result = new ArrayList<>(left);
            if (operator.is("*")) {
                right.forEach(term -> add(result, term, operator.position()));
                cross(left, right, operator.position()).forEach(term -> add(result, term, operator.position()));
            } else {
                final Set<Variable> all = new LinkedHashSet<>();
                left.forEach(term -> all.addAll(term.variables()));
                cross(List.of(new Term(List.copyOf(all))), right, operator.position())
                    .forEach(term -> add(result, term, operator.position()));
            }
            left = result;
        }
        return left;
    }

    private List<Term> interaction() {
        List<Term> left = power();
        while (tokens.peek().is(":")) {
            final int position = tokens.take().position();
            left = cross(left, power(), position);
        }
        return left;
    }

    private List<Term> power() {
        final List<Term> base = atom();
        List<Term> result = base;
        while (tokens.peek().is("^")) {
            final int position = tokens.take().position();
            if (base.size() == 1) {
                throw tokens.error(position, "x^2 stands for x itself in R's notation. Write I(x^2) for the square.");
            }
            final Token token = tokens.peek();
            final double degree = variables.number("a whole number, the highest order of interactions");
            if (degree < 1 || degree != Math.rint(degree)) {
                throw tokens.error(token.position(), "The highest order of interactions is a whole number from 1.");
            }
            final List<Term> factor = result;
            for (int order = 2; order <= Math.min(degree, seen.size()); order++) {
                final List<Term> next = new ArrayList<>(result);
                cross(result, factor, position).forEach(term -> add(next, term, position));
                result = next;
            }
        }
        return result;
    }

    private List<Term> atom() {
        if (tokens.isRandomTerm()) {
            throw tokens.error(tokens.peek().position(), "A random term can only be added: + (1 | group).");
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
        if (variable.column().equals(response)) {
            throw tokens.error(position, "The response cannot stand on the right-hand side as well.");
        }
        seen.add(variable);
        return List.of(new Term(List.of(variable)));
    }

    private List<Term> parenthesis() {
        if (++depth > DEEPEST) {
            throw tokens.error(tokens.peek().position(), "Parentheses are nested too deeply.");
        }
        final List<Term> terms = new ArrayList<>();
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

    private List<Term> cross(final List<Term> left, final List<Term> right, final int position) {
        final List<Term> result = new ArrayList<>();
        for (final Term a : left) {
            for (final Term b : right) {
                final Set<Variable> both = new LinkedHashSet<>(a.variables());
                both.addAll(b.variables());
                add(result, new Term(List.copyOf(both)), position);
            }
        }
        return result;
    }

    private void add(final List<Term> terms, final Term term, final int position) {
        if (terms.stream().noneMatch(term::sameAs)) {
            terms.add(term);
        }
        if (terms.size() > MOST_TERMS) {
            throw tokens.error(position, "This makes more than " + MOST_TERMS + " terms.");
        }
    }
}
