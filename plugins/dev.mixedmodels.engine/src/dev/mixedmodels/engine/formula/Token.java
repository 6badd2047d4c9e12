package dev.mixedmodels.engine.formula;

/**
 * A piece of a formula.
 *
 * @param kind what it is
 * @param text the name without backticks, the number, or the symbol; empty at the end
 * @param position index of its first character in the formula
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        NAME, NUMBER, SYMBOL, END
    }

    boolean is(final String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
