package dev.mixedmodels.engine.formula;

import dev.mixedmodels.engine.common.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reads and writes terms that are written as columns, and interactions as "a:b". */
public final class TermTexts {
    private TermTexts() {
    }

    /**
     * @param texts the terms of which least-squares means are wanted; names of columns may hold colons
     * @param isColumn whether there is a column of a name
     * @return the columns of each term; null, for all nominal main effects, if there is no term
     * @throws ModelException if a text is neither a column nor several of them with colons between
     */
    public static List<List<String>> columns(final List<String> texts, final Predicate<String> isColumn) {
        if (texts.isEmpty()) {
            return null;
        }
        final List<List<String>> terms = new ArrayList<>();
        for (final String text : texts) {
            final List<String> columns = split(text, isColumn);
            if (columns.isEmpty()) {
                throw new ModelException("Least-squares means are asked for of \"" + text + "\", which is "
                    + "neither a column nor an interaction of columns, such as arm:visit. Choose other "
                    + "terms under \"Means of\".");
            }
            terms.add(columns);
        }
        return terms.stream().distinct().toList();
    }

    /**
     * @param columns names
     * @return these and all pairs of them
     */
    public static List<String> withPairs(final List<String> columns) {
        final List<String> terms = new ArrayList<>(columns);
        for (int i = 0; i < columns.size(); i++) {
            for (int j = i + 1; j < columns.size(); j++) {
                terms.add(columns.get(i) + ":" + columns.get(j));
            }
        }
        return terms;
    }

    /** Empty if the text cannot be split into columns. */
    private static List<String> split(final String text, final Predicate<String> isColumn) {
        if (isColumn.test(text)) {
            return List.of(text);
        }
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            final String head = text.substring(0, colon);
            final List<String> tail = isColumn.test(head) ? split(text.substring(colon + 1), isColumn) : List.of();
            if (!tail.isEmpty()) {
                final List<String> columns = new ArrayList<>(List.of(head));
                columns.addAll(tail);
                return columns;
            }
        }
        return List.of();
    }
}
