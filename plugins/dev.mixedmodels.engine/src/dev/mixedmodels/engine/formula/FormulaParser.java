package dev.mixedmodels.engine.formula;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Recursive-descent parser: response ~ sum of terms, offsets and random terms (effects | grouping). */
final class FormulaParser {
    private final Tokens tokens;
    private final VariableParser variables;
    private final List<RandomTerm> random = new ArrayList<>();
    private final List<Expression> offsets = new ArrayList<>();
    private final Set<String> effectsSeen = new HashSet<>();

    FormulaParser(final String text) {
        tokens = new Tokens(text);
        variables = new VariableParser(tokens);
    }

    Formula parse() {
        if (tokens.peek().is("~")) {
            throw tokens.error(tokens.peek().position(), "The response is missing: write it before '~'.");
        }
        final Variable response = variables.response();
        tokens.expect("~", "after the response");
        final TermList fixed = new TermParser(tokens, variables, response.column())
            .side(at -> other(response.column()));
        if (tokens.peek().is("|") || tokens.peek().is("||")) {
            throw tokens.error(tokens.peek().position(), "A random term stands in parentheses: (1 | group).");
        }
        if (tokens.peek().kind() != Token.Kind.END) {
            throw tokens.unexpected("an operator");
        }
        return new Formula(response, fixed, random, offsets);
    }

    /** What stands among the fixed effects and is none. */
    private void other(final String response) {
        if (!tokens.isOffset()) {
            randomTerm(response);
            return;
        }
        final int start = tokens.peek().position();
        final Expression offset = variables.offset();
        if (offset.columns().contains(response)) {
            throw tokens.error(start, "The response cannot stand on the right-hand side as well.");
        }
        offsets.add(offset);
    }

    private void randomTerm(final String response) {
        final int start = tokens.take().position();
        if (tokens.peek().is("|") || tokens.peek().is("||")) {
            throw tokens.error(tokens.peek().position(), "The effects are missing: 1 for a random intercept.");
        }
        final TermList effects = new TermParser(tokens, variables, response).side(null);
        if (!effects.intercept() && effects.terms().isEmpty()) {
            throw tokens.error(start, "This term has no random effect.");
        }
        final boolean correlated = tokens.accept("|");
        if (!correlated) {
            tokens.expect("||", "or '|' before the grouping column");
        }
        for (final Grouping grouping : groupings(response)) {
            checkNew(effects, grouping, start);
            random.add(new RandomTerm(effects, grouping, correlated));
        }
        tokens.expect(")", "after the grouping column");
    }

    /** a/b stands for a and a/b; in each part columns may be crossed, a:b. */
    private List<Grouping> groupings(final String response) {
        final List<Grouping> groupings = new ArrayList<>();
        Grouping current = Grouping.of(groupColumn(response, List.of()));
        while (true) {
            while (tokens.accept(":")) {
                current = current.then(':', groupColumn(response, current.columns()));
            }
            groupings.add(current);
            if (!tokens.accept("/")) {
                return groupings;
            }
            current = current.then('/', groupColumn(response, current.columns()));
        }
    }

    private String groupColumn(final String response, final List<String> before) {
        final Token name = tokens.peek();
        if (name.kind() != Token.Kind.NAME) {
            throw tokens.unexpected("the name of a grouping column");
        }
        if (tokens.isFollowedBy("(")) {
            throw tokens.error(name.position(), "A grouping column stands as it is, without a function.");
        }
        if (name.text().equals(response)) {
            throw tokens.error(name.position(), "The response cannot be a grouping column.");
        }
        if (before.contains(name.text())) {
            throw tokens.error(name.position(), "This column occurs twice in one grouping.");
        }
        return tokens.take().text();
    }

    private void checkNew(final TermList effects, final Grouping grouping, final int position) {
        final String prefix = new HashSet<>(grouping.columns()) + " ";
        boolean fresh = !effects.intercept() || effectsSeen.add(prefix + "(Intercept)");
        for (final Term term : effects.terms()) {
            fresh &= effectsSeen.add(prefix + term);
        }
        if (!fresh) {
            throw tokens.error(position, "This random effect of \"" + grouping.name() + "\" stands in the formula"
                + " twice; a term has an intercept unless it begins with 0.");
        }
    }
}
