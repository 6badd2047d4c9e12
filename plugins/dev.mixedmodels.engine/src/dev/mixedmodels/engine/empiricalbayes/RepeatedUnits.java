package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LongIndex;
import dev.mixedmodels.engine.frame.RowSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Names of units that occur in more than one row. Hashes of the names tell whether there are any; if so, names with the
 * same hash are compared in another pass over the table.
 */
final class RepeatedUnits {
    /** So many are named. */
    static final int NAMED = 3;

    private RepeatedUnits() {
    }

    /** Hashes of the names of all rows that have one. */
    static long[] hashes(final Units units) {
        final long[] hashes = new long[units.size()];
        int n = 0;
        for (int row = 0; row < hashes.length; row++) {
            final String name = units.labels().apply(row);
            if (!name.isEmpty()) {
                hashes[n++] = hash(name);
            }
        }
        return Arrays.copyOf(hashes, n);
    }

    /** FNV-1a over the characters, with the finaliser of SplitMix64 (Steele, Lea &amp; Flood 2014). */
    private static long hash(final String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return hash ^ hash >>> 31;
    }

    /**
     * @param hashes of the names of units, in their order
     * @return those that occur again, in the order in which they do, at most one more than are named
     */
    static long[] repeated(final List<long[]> hashes) {
        final long[] sorted = hashes.stream().flatMapToLong(LongStream::of).toArray();
        Arrays.parallelSort(sorted);
        int n = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1] && (n == 0 || sorted[i] != sorted[n - 1])) {
                sorted[n++] = sorted[i];
            }
        }
        final long[] found = new long[NAMED + 1];
        int count = 0;
        final LongIndex seen = new LongIndex();
        for (final long[] part : hashes) {
            for (int i = 0; i < part.length && count < Math.min(n, found.length); i++) {
                final long hash = part[i];
                if (Arrays.binarySearch(sorted, 0, n, hash) >= 0) {
                    final int before = seen.size();
                    seen.add(hash);
                    if (seen.size() == before && LongStream.of(found).limit(count).noneMatch(known -> known == hash)) {
                        found[count++] = hash;
                    }
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    /**
     * @param hashes of the names of all units of a table, in their order
     * @param reader takes the units out of it
     * @param table the table
     * @param progress progress of a pass
     * @return names of units that occur in more than one row, at most one more than are named
     */
    static List<String> of(final List<long[]> hashes, final UnitReader reader, final RowSource table,
        final Progress progress) {
        final long[] repeated = repeated(hashes);
        return repeated.length == 0 ? List.of() : table.fold(new Names(reader, repeated), progress).repeated();
    }

    /** The same of units in memory. */
    static List<String> of(final Units units) {
        final Names names = new Names(null, repeated(List.of(hashes(units))));
        names.count(units);
        return names.repeated();
    }

    /** How often names with given hashes occur. */
    private static final class Names implements Fold<Names> {
        private static final long serialVersionUID = 1L;
        private final UnitReader reader;
        private final long[] hashes;
        private final List<Map<String, Integer>> counts = new ArrayList<>();

        Names(final UnitReader reader, final long[] hashes) {
            this.reader = reader;
            this.hashes = hashes;
            for (int i = 0; i < hashes.length; i++) {
                counts.add(new LinkedHashMap<>());
            }
        }

        @Override
        public Names fresh() {
            return new Names(reader, hashes);
        }

        @Override
        public void add(final Frame block) {
            count(reader.units(block, 0));
        }

        private void count(final Units units) {
            for (int row = 0; row < units.size(); row++) {
                final String name = units.labels().apply(row);
                final long hash = hash(name);
                for (int i = 0; i < hashes.length; i++) {
                    if (hashes[i] == hash && !name.isEmpty()) {
                        counts.get(i).merge(name, 1, Integer::sum);
                    }
                }
            }
        }

        @Override
        public void merge(final Names later) {
            for (int i = 0; i < hashes.length; i++) {
                final Map<String, Integer> all = counts.get(i);
                later.counts.get(i).forEach((name, count) -> all.merge(name, count, Integer::sum));
            }
        }

        List<String> repeated() {
            return counts.stream().flatMap(names -> names.entrySet().stream()).filter(name -> name.getValue() > 1)
                .map(Map.Entry::getKey).toList();
        }
    }
}
