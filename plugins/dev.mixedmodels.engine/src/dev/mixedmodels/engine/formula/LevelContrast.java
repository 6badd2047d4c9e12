package dev.mixedmodels.engine.formula;

import dev.mixedmodels.engine.common.ModelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A combination of the means of some levels, written as a sum: {@code A - B}, {@code (A + B)/2 - C}. Names of levels
 * are those of a formula: letters, digits, dots and underscores after a letter, anything else in backticks; levels of
 * several factors are joined by colons, {@code active:`4`}. A name of the contrast may stand before an equals sign.
 *
 * @param name its name, or else its text
 * @param weights weight of each level that is named
 */
public record LevelContrast(String name, Map<String, Double> weights) {
    /** Copies the weights in their order. */
    public LevelContrast {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /**
     * @param text contrasts with semicolons or line breaks between them
     * @return the contrasts, one that is written twice once; none in an empty text
     * @throws ModelException if one is no combination of levels, saying where, or if two have one name
     */
    public static List<LevelContrast> parse(final String text) {
        final Map<String, LevelContrast> contrasts = new LinkedHashMap<>();
        for (final String part : split(text)) {
            if (!part.isBlank()) {
                final LevelContrast contrast = new LevelContrastParser(part.strip()).parse();
                final LevelContrast other = contrasts.put(contrast.name(), contrast);
                if (other != null && !other.equals(contrast)) {
                    throw new ModelException("Two contrasts are named \"" + contrast.name()
                        + "\". Give each a name of its own.");
                }
            }
        }
        return new ArrayList<>(contrasts.values());
    }

    /** Parts between semicolons and line breaks that are not in backticks. */
    private static List<String> split(final String text) {
        final List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++; // the next character stands for itself
            } else if (c == '`') {
                quoted = !quoted;
            } else if (!quoted && (c == ';' || c == '\n' || c == '\r')) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
