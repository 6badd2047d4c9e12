package dev.mixedmodels.engine.frame;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Texts, stored as codes into a dictionary in order of first appearance; code -1 is missing.
 *
 * @param name the name
 * @param codes one code per row; what is beyond the last row means nothing
 * @param dictionary the texts
 * @param rows number of rows
 */
public record NominalColumn(String name, int[] codes, TextIndex.Found dictionary, int rows) implements Column {

    /**
     * @param name the name
     * @param values one text per row, null where missing
     * @return the column
     */
    public static NominalColumn of(final String name, final List<String> values) {
        final TextIndex index = new TextIndex();
        final int[] codes = new int[values.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = values.get(row) == null ? -1 : index.add(values.get(row));
        }
        return new NominalColumn(name, codes, index.found(), codes.length);
    }

    @Override
    public boolean missing(final int row) {
        return codes[row] < 0;
    }

    @Override
    public BitSet missing() {
        final BitSet missing = new BitSet();
        for (int row = 0; row < rows; row++) {
            if (codes[row] < 0) {
                missing.set(row);
            }
        }
        return missing;
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
        return codes[row] < 0 ? null : dictionary.text(codes[row]);
    }

    /**
     * @return number of different texts, of these rows and of those that were read before
     */
    public int dictionarySize() {
        return dictionary.size();
    }

    /**
     * @param code index into the dictionary
     * @return the text
     */
    public String entry(final int code) {
        return dictionary.text(code);
    }

    /** Whether a code that another column has too, which may be null, means the same in both. */
    boolean sharesDictionary(final NominalColumn other) {
        return other != null && dictionary.index() == other.dictionary.index();
    }

    @Override
    public Column part(final int from, final int to) {
        return new NominalColumn(name, Arrays.copyOfRange(codes, from, to), dictionary, to - from);
    }
}
