package dev.mixedmodels.engine.common;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Warnings of one run in the order in which they arose, each text once: left-out rows, boundary estimates, redundant
 * columns, non-convergence.
 */
public final class Warnings {
    private final Set<String> texts = new LinkedHashSet<>();

    /**
     * @param text one or more full sentences
     */
    public void add(final String text) {
        texts.add(text);
    }

    /**
     * @return whether nothing was reported
     */
    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /**
     * @return the texts, first one first; a copy
     */
    public List<String> list() {
        return new ArrayList<>(texts);
    }
}
