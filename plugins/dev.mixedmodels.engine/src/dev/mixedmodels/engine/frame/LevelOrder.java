package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of a factor's levels: natural, or with a chosen reference level first, or a complete explicit order.
 *
 * @param reference the level to be moved to the front, null for none
 * @param explicit all levels in their order, null for the natural order; names that do not occur are passed over
 */
public record LevelOrder(String reference, List<String> explicit) implements Serializable {
    /** Whole numbers by value, texts by {@link NaturalOrder}. */
    public static final LevelOrder NATURAL = new LevelOrder(null, null);

    private static final int SHOWN = 10;

    /**
     * @param level the reference level
     * @return natural order but this level first
     */
    public static LevelOrder reference(final String level) {
        return new LevelOrder(level, null);
    }

    /**
     * @param levels all levels in their order
     * @return this order
     */
    public static LevelOrder explicit(final List<String> levels) {
        return new LevelOrder(null, List.copyOf(levels));
    }

    /**
     * @param factor name of the factor, for messages
     * @param natural its levels in natural order
     * @return for each place in this order the index in the natural order; null if the order is the natural one
     */
    int[] permutation(final String factor, final List<String> natural) {
        final List<Integer> order = explicit == null ? null : explicitOrder(factor, natural);
        final int[] permutation = new int[natural.size()];
        Arrays.setAll(permutation, i -> order == null ? i : order.get(i));
        if (reference != null) {
            moveToFront(permutation, find(factor, natural));
        }
        return explicit == null && reference == null ? null : permutation;
    }

    private List<Integer> explicitOrder(final String factor, final List<String> natural) {
        final Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < natural.size(); i++) {
            index.put(natural.get(i), i);
        }
        final List<Integer> order = new ArrayList<>();
        for (final String level : explicit) {
            final Integer found = index.remove(level);
            if (found != null) {
                order.add(found);
            }
        }
        if (!index.isEmpty()) {
            final String unlisted = natural.stream().filter(index::containsKey).findFirst().orElseThrow();
            throw new ModelException("The order of the levels of \"" + factor + "\" does not name the level \""
                + unlisted + "\". List every level that occurs in the rows used.");
        }
        return order;
    }

    private int find(final String factor, final List<String> natural) {
        final int found = natural.indexOf(reference);
        if (found < 0) {
            final List<String> shown = natural.subList(0, Math.min(SHOWN, natural.size()));
            throw new ModelException("The reference level \"" + reference + "\" of \"" + factor
                + "\" does not occur in the rows used. Its levels are " + String.join(", ", shown)
                + (natural.size() > SHOWN ? ", ..." : "") + ".");
        }
        return found;
    }

    private static void moveToFront(final int[] permutation, final int value) {
        int at = 0;
        while (permutation[at] != value) {
            at++;
        }
        System.arraycopy(permutation, 0, permutation, 1, at);
        permutation[0] = value;
    }
}
