package dev.mixedmodels.engine.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts, stored as codes into a dictionary in order of first appearance; code -1 is missing.
 *
 * @param name the name
 * @param codes one code per row; what is beyond the last row means nothing
 * @param dictionary the texts
 * @param rows number of rows
 */
public record NominalColumn(String name, int[] codes, List<String> dictionary, int rows) implements Column {

    /**
     * @param name the name
     * @param values one text per row, null where missing
     * @return the column
     */
    public static NominalColumn of(final String name, final List<String> values) {
        final Map<String, Integer> index = new HashMap<>();
        final List<String> dictionary = new ArrayList<>();
        final int[] codes = new int[values.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = code(values.get(row), index, dictionary);
        }
        return new NominalColumn(name, codes, dictionary, codes.length);
    }

    /** The code of a text, a new one if it was not seen before. */
    static int code(final String text, final Map<String, Integer> index, final List<String> dictionary) {
        if (text == null) {
            return -1;
        }
        final Integer known = index.get(text);
        if (known != null) {
            return known;
        }
        index.put(text, dictionary.size());
        dictionary.add(text);
        return dictionary.size() - 1;
    }

    @Override
    public boolean missing(final int row) {
        return codes[row] < 0;
    }

    @Override
    public double value(final int row) {
        return Double.NaN;
    }

    /**
     * @param row row of the frame
     * @return index into the dictionary, -1 if missing
     */
    public int code(final int row) {
        return codes[row];
    }

    /**
     * @param row row of the frame
     * @return its text, null if missing
     */
    public String text(final int row) {
        return codes[row] < 0 ? null : dictionary.get(codes[row]);
    }

    /**
     * @return number of different texts
     */
    public int dictionarySize() {
        return dictionary.size();
    }

    /**
     * @param code index into the dictionary
     * @return the text
     */
    public String entry(final int code) {
        return dictionary.get(code);
    }

    /** Whether its codes mean the same as those of another column, which may be null. */
    boolean sharesDictionary(final NominalColumn other) {
        return other != null && dictionary == other.dictionary;
    }

    @Override
    public Column part(final int from, final int to) {
        return new NominalColumn(name, Arrays.copyOfRange(codes, from, to), dictionary, to - from);
    }
}
