package dev.mixedmodels.engine.picture;

/** Names and texts as they are shown: any text, cut where nobody would read on. */
final class Labels {
    private static final int LABEL = 200;
    private static final int TEXT = 4_000;

    private Labels() {
    }

    /** A name of a level, column or chart. */
    static String label(final String name) {
        return cut(name, LABEL);
    }

    /** A text of sentences. */
    static String text(final String text) {
        return cut(text, TEXT);
    }

    private static String cut(final String text, final int most) {
        if (text.length() <= most) {
            return text;
        }
        final int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "\u2026 (" + text.length() + " characters)";
    }
}
