package dev.mixedmodels.engine.frame;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers texts in the order in which they appear. For one thread; what it found so far is for all. */
final class TextIndex implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int SMALLEST = 16;

    private transient Map<String, Integer> codes = new HashMap<>();
    private String[] texts = new String[SMALLEST];

    /**
     * The texts that were found up to some moment; later ones change nothing of it.
     *
     * @param index where they come from
     * @param texts by code; what is beyond the last one means nothing
     * @param size how many there are
     */
    record Found(TextIndex index, String[] texts, int size) {
        /** The text of a code below the size. */
        String text(final int code) {
            return texts[code];
        }
    }

    /** The code of a text, a new one if it was not seen before. */
    int add(final String text) {
        final Integer known = codes.get(text);
        if (known != null) {
            return known;
        }
        final int code = codes.size();
        if (code == texts.length) {
            texts = Arrays.copyOf(texts, code + (code >> 1));
        }
        texts[code] = text;
        codes.put(text, code);
        return code;
    }

    /** The code of a text, -1 if it was never added. */
    int find(final String text) {
        return codes.getOrDefault(text, -1);
    }

    int size() {
        return codes.size();
    }

    String text(final int code) {
        return texts[code];
    }

    /** Texts by code. */
    List<String> list() {
        return List.of(Arrays.copyOf(texts, size()));
    }

    Found found() {
        return new Found(this, texts, size());
    }

    private void readObject(final ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        codes = new HashMap<>();
        for (int code = 0; code < texts.length && texts[code] != null; code++) {
            codes.put(texts[code], code);
        }
    }
}
