package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Subjects of a series with those of equal Z and places brought together ({@link SeriesPool}): in balanced data an
 * evaluation costs nothing per subject.
 *
 * @param pools subjects that were brought together
 * @param rest the others; null if there are none
 */
record PooledSeries(List<SeriesPool> pools, SubjectSeries rest) {
    /** Beyond so many numbers a subject its cross-products cost more than they save. */
    private static final int MOST = 512;

    /**
     * @param series the subjects, all rows with one variance
     * @param progress asked whether to go on
     * @return these, or null if too few have equal Z and places
     */
    static PooledSeries of(final SubjectSeries series, final Progress progress) {
        final Map<Key, List<Integer>> groups = new LinkedHashMap<>();
        for (int subject = 0; subject < series.subjects(); subject++) {
            groups.computeIfAbsent(Key.of(series, subject), key -> new ArrayList<>()).add(subject);
        }
        final List<SeriesPool> pools = new ArrayList<>();
        final List<Integer> others = new ArrayList<>();
        groups.forEach((key, subjects) -> {
            final int numbers = (series.p() + 1) * key.rows();
            if (numbers > 0 && numbers <= MOST && subjects.size() >= 2 * numbers) {
                progress.check();
                pools.add(SeriesPool.of(series, subjects.stream().mapToInt(Integer::intValue).toArray()));
            } else {
                others.addAll(subjects);
            }
        });
        return pools.isEmpty() ? null : new PooledSeries(pools,
            others.isEmpty() ? null : series.some(others.stream().mapToInt(Integer::intValue).sorted().toArray()));
    }

    /** As {@link SubjectShares#sum}. */
    JetSums sum(final double[] factor, final double[] eta, final int order, final Progress progress) {
        final JetSums sums = Parallel.sum(pools.size(), 1,
            (from, to) -> pools.get(from).sum(factor, eta, order, progress), JetSums::add);
        if (rest != null) {
            sums.add(rest.sum(factor, eta, order, progress));
        }
        return sums;
    }

    /** Z and the places of a subject. */
    private record Key(double[] numbers, int rows) {
        static Key of(final SubjectSeries series, final int subject) {
            final int first = series.starts()[subject];
            final int last = series.starts()[subject + 1];
            final int q = series.q();
            final int width = q + series.p() + 1;
            final int columns = q + series.positions().length;
            final double[] numbers = new double[(last - first) * columns];
            IntStream.range(first, last).forEach(row -> {
                final int to = (row - first) * columns;
                System.arraycopy(series.values(), row * width, numbers, to, q);
                for (int k = 0; k < series.positions().length; k++) {
                    numbers[to + q + k] = series.positions()[k][row];
                }
            });
            return new Key(numbers, last - first);
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Key key && rows == key.rows && Arrays.equals(numbers, key.numbers);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(numbers);
        }
    }
}
