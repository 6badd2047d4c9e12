package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.report.UnitSizes;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows subjects have: of each number that occurs how many subjects have it, and the first of them. Gathered
 * from blocks that have all rows of their subjects, or from the number of rows of each.
 */
final class SubjectSizes implements Fold<SubjectSizes> {
    private static final long serialVersionUID = 1L;

    /** Subjects with the same number of rows. */
    private record Alike(int subjects, int first) implements Serializable {
        private Alike and(final Alike other) {
            return new Alike(subjects + other.subjects, Math.min(first, other.first));
        }
    }

    private final RowReader reader; // null of what takes no blocks
    private final TreeMap<Integer, Alike> subjects = new TreeMap<>();

    /**
     * @param reader reads the rows of blocks
     */
    SubjectSizes(final RowReader reader) {
        this.reader = reader;
    }

    /**
     * @param counts number of rows of each subject
     */
    static SubjectSizes of(final int[] counts) {
        final SubjectSizes sizes = new SubjectSizes(null);
        for (int subject = 0; subject < counts.length; subject++) {
            sizes.add(counts[subject], new Alike(1, subject));
        }
        return sizes;
    }

    private void add(final int rows, final Alike those) {
        subjects.merge(rows, those, Alike::and);
    }

    @Override
    public SubjectSizes fresh() {
        return new SubjectSizes(reader);
    }

    @Override
    public void add(final Frame block) {
        final RowReader.Part part = reader.of(block);
        final Rows fitted = part.design().rows().fitted();
        final Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < fitted.size(); i++) {
            counts.merge(part.subject(fitted.row(i)), 1, Integer::sum);
        }
        counts.forEach((subject, rows) -> add(rows, new Alike(1, subject)));
    }

    @Override
    public void merge(final SubjectSizes later) {
        later.subjects.forEach(this::add);
    }

    /** How many subjects have how many rows. */
    UnitSizes sizes() {
        final TreeMap<Integer, Integer> units = new TreeMap<>();
        subjects.forEach((rows, alike) -> units.put(rows, alike.subjects));
        return new UnitSizes(units);
    }

    /** The first subject of those with most rows. */
    int firstOfMost() {
        return subjects.lastEntry().getValue().first;
    }

    /** The first subject that has another number of rows; -1 if there is none. */
    int firstWithout(final int rows) {
        return subjects.entrySet().stream().filter(alike -> alike.getKey() != rows)
            .mapToInt(alike -> alike.getValue().first).min().orElse(-1);
    }
}
