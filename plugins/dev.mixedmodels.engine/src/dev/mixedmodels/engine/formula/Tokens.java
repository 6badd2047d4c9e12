package dev.mixedmodels.engine.formula;

import dev.mixedmodels.engine.common.ModelException;
import java.util.ArrayList;
import java.util.List;

/** The tokens of a formula with a cursor, and errors that show where in the formula they are. */
final class Tokens {
    private static final String SYMBOLS = "~ + - * / : ^ ( ) | || , =";
    /** So many characters are quoted on either side of a wrong place. */
    private static final int MOST_QUOTED = 60;
    private final String text;
    private final String what;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(final String text) {
        this(text, "formula");
    }

    /** The tokens of something else that is written in the same way. */
    Tokens(final String text, final String what) {
        this.text = text;
        this.what = what;
        int position = 0;
        while (position < text.length()) {
            position = Character.isWhitespace(text.charAt(position)) ? position + 1 : read(position);
        }
        tokens.add(new Token(Token.Kind.END, "", text.length()));
    }

    /** Reads one token and returns the position after it. */
    private int read(final int start) {
        final char c = text.charAt(start);
        if (c == '`') {
            return readQuoted(start);
        }
        final boolean fraction = c == '.' && start + 1 < text.length() && Names.isDigit(text.charAt(start + 1));
        if (Names.isDigit(c) || fraction) {
            final int end = endOfNumber(start);
            return add(Token.Kind.NUMBER, text.substring(start, end), start, end);
        }
        if (Names.isStart(c)) {
            int end = start;
            while (end < text.length() && Names.isPart(text.charAt(end))) {
                end++;
            }
            return add(Token.Kind.NAME, text.substring(start, end), start, end);
        }
        if (text.startsWith("||", start)) {
            return add(Token.Kind.SYMBOL, "||", start, start + 2);
        }
        if (text.startsWith("**", start)) {
            return add(Token.Kind.SYMBOL, "^", start, start + 2);
        }
        final String symbol = Character.toString(text.codePointAt(start));
        return add(Token.Kind.SYMBOL, symbol, start, start + symbol.length());
    }

    /** Digits and dots, then perhaps an exponent: 1.5e-3. */
    private int endOfNumber(final int start) {
        int end = start;
        while (end < text.length() && (Names.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int digits = end + 1;
            digits += digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+') ? 1 : 0;
            final int first = digits;
            while (digits < text.length() && Names.isDigit(text.charAt(digits))) {
                digits++;
            }
            return digits > first ? digits : end;
        }
        return end;
    }

    private int readQuoted(final int start) {
        final StringBuilder name = new StringBuilder();
        int position = start + 1;
        while (position < text.length() && text.charAt(position) != '`') {
            final boolean escaped = text.charAt(position) == '\\' && position + 1 < text.length();
            position += escaped ? 1 : 0;
            name.append(text.charAt(position));
            position++;
        }
        if (position >= text.length() || name.isEmpty()) {
            throw error(start, name.isEmpty() ? "There is no name between the backticks."
                : "The backtick that begins here is never closed.");
        }
        return add(Token.Kind.NAME, name.toString(), start, position + 1);
    }

    private int add(final Token.Kind kind, final String content, final int start, final int end) {
        tokens.add(new Token(kind, content, start));
        return end;
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        final Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }

    /** Takes the next token if it is this symbol. */
    boolean accept(final String symbol) {
        final boolean found = peek().is(symbol);
        if (found) {
            next++;
        }
        return found;
    }

    void expect(final String symbol, final String where) {
        if (!accept(symbol)) {
            throw unexpected("'" + symbol + "' " + where);
        }
    }

    /** Takes a number. */
    double number(final String expected) {
        final Token token = peek();
        if (token.kind() != Token.Kind.NUMBER) {
            throw unexpected(expected);
        }
        take();
        if (token.text().indexOf('.') != token.text().lastIndexOf('.') || token.text().equals(".")) {
            throw error(token.position(), "This is not a number.");
        }
        return Double.parseDouble(token.text());
    }

    /** Takes the name of a column, which is the next token. */
    String column() {
        final Token name = take();
        if (name.text().equals(".")) {
            throw error(name.position(), "A dot alone (all other columns) is not supported: name the columns.");
        }
        return name.text();
    }

    /** Whether the token after the next one is this symbol. */
    boolean isFollowedBy(final String symbol) {
        return next + 1 < tokens.size() && tokens.get(next + 1).is(symbol);
    }

    /** Whether a parenthesis opens here that has a bar of its own. */
    boolean isRandomTerm() {
        if (!peek().is("(")) {
            return false;
        }
        int depth = 0;
        for (int i = next; i < tokens.size(); i++) {
            final Token token = tokens.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (depth == 0) {
                return false;
            }
            if (depth == 1 && (token.is("|") || token.is("||"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether offset( stands here. */
    boolean isOffset() {
        return peek().kind() == Token.Kind.NAME && peek().text().equals("offset") && isFollowedBy("(");
    }

    ModelException unexpected(final String expected) {
        final Token token = peek();
        if (token.kind() == Token.Kind.SYMBOL && !SYMBOLS.contains(token.text())) {
            return error(token.position(), "The character '" + token.text()
                + "' has no meaning in a " + what + ". Names with blanks or other special characters stand in "
                + "backticks.");
        }
        final String found = token.kind() == Token.Kind.END ? "the end of the " + what : "'" + token.text() + "'";
        return error(token.position(), "Expected " + expected + " but found " + found + ".");
    }

    /** An error that quotes what stands before and after a position, on one line, for dialogs keep no line breaks. */
    ModelException error(final int position, final String message) {
        final String before = onOneLine(text.substring(0, position));
        final String after = onOneLine(text.substring(position));
        final String place = before.isEmpty() && after.isEmpty() ? ""
            : before.isEmpty() ? " The place: at the beginning, before \"" + head(after) + "\"."
                : after.isEmpty() ? " The place: at the end, after \"" + tail(before) + "\"."
                    : " The place: after \"" + tail(before) + "\" and before \"" + head(after) + "\".";
        return new ModelException("The " + what + " cannot be used. " + message + place);
    }

    private static String onOneLine(final String part) {
        return part.strip().replaceAll("\\s+", " ");
    }

    private static String head(final String part) {
        final int length = part.codePointCount(0, part.length());
        return length <= MOST_QUOTED ? part : part.substring(0, part.offsetByCodePoints(0, MOST_QUOTED)) + " ...";
    }

    private static String tail(final String part) {
        final int length = part.codePointCount(0, part.length());
        return length <= MOST_QUOTED ? part
            : "... " + part.substring(part.offsetByCodePoints(0, length - MOST_QUOTED));
    }
}
