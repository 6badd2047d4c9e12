package dev.mixedmodels.engine.likelihood;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pools subjects by group and pattern of visits while they come by; what was gathered elsewhere is merged. Sums depend
 * on the order of both in their last digits.
 */
public final class PatternPool implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int columns;
    private final Map<Key, PatternData> patterns = new LinkedHashMap<>();
    private long rows;

    /**
     * @param columns number of columns of X, p
     */
    public PatternPool(final int columns) {
        this.columns = columns;
    }

    /** Group, then visits in rising order. */
    private record Key(int[] groupAndVisits) implements Serializable {
        @Override
        public boolean equals(final Object other) {
            return other instanceof Key key && Arrays.equals(groupAndVisits, key.groupAndVisits);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(groupAndVisits);
        }
    }

    /**
     * @return a pool of the same kind without subjects
     */
    public PatternPool fresh() {
        return new PatternPool(columns);
    }

    /**
     * Adds a subject.
     *
     * @param block its rows, visits rising
     */
    public void add(final SubjectBlock block) {
        final int[] key = new int[block.rows() + 1];
        key[0] = block.group();
        for (int i = 0; i < block.rows(); i++) {
            key[i + 1] = block.visit(i);
        }
        rows += block.rows();
        pattern(new Key(key)).add(block);
    }

    private PatternData pattern(final Key key) {
        return patterns.computeIfAbsent(key, k -> new PatternData(k.groupAndVisits[0],
            Arrays.copyOfRange(k.groupAndVisits, 1, k.groupAndVisits.length), columns + 1));
    }

    /**
     * Adds other subjects.
     *
     * @param later a pool of the same kind; not to be used any more
     */
    public void merge(final PatternPool later) {
        rows += later.rows;
        later.patterns.forEach((key, data) -> pattern(key).merge(data));
    }

    /** Adds the rows of a pattern at one of its visits, each as a subject of its own. */
    void separate(final PatternData pattern, final int j, final int visit) {
        rows += pattern.subjects();
        pattern(new Key(new int[] {pattern.group(), visit})).merge(pattern.at(j, visit));
    }

    /**
     * @return the pooled data; nothing may be added any more
     */
    public VisitPatterns pooled() {
        patterns.values().forEach(PatternData::finish);
        return new VisitPatterns(columns, rows, List.copyOf(patterns.values()));
    }
}
