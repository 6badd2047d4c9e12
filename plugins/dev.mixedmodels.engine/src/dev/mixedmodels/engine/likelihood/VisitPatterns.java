package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data of a marginal model over visits, pooled by group and pattern of visits in one pass: afterwards the cost of
 * the criterion goes with the number of patterns and not with that of subjects. Immutable.
 */
public final class VisitPatterns {
    private static final int SUBJECTS_PER_CHECK = 2000;

    private final int columns;
    private final long rows;
    private final List<PatternData> patterns;

    private VisitPatterns(final int columns, final long rows, final List<PatternData> patterns) {
        this.columns = columns;
        this.rows = rows;
        this.patterns = patterns;
    }

    /** Group, then visits in rising order. */
    private record Key(int[] groupAndVisits) {
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
     * @param data the rows, subject by subject, visits rising within a subject
     * @param progress asked now and then whether to go on
     * @return the pooled data
     */
    public static VisitPatterns of(final SubjectRows data, final Progress progress) {
        final Map<Key, PatternData> byKey = new LinkedHashMap<>();
        final SubjectBlock block = new SubjectBlock(data.columns());
        final int width = data.columns() + 1;
        long rows = 0;
        for (int subject = 0; subject < data.subjects(); subject++) {
            if (subject % SUBJECTS_PER_CHECK == 0) {
                progress.report((double) subject / data.subjects(), "Cross-products per pattern of visits");
            }
            data.read(subject, block);
            rows += block.rows();
            final int[] key = new int[block.rows() + 1];
            key[0] = block.group();
            for (int i = 0; i < block.rows(); i++) {
                key[i + 1] = block.visit(i);
            }
            byKey.computeIfAbsent(new Key(key),
                k -> new PatternData(key[0], Arrays.copyOfRange(key, 1, key.length), width)).add(block);
        }
        byKey.values().forEach(PatternData::finish);
        return new VisitPatterns(data.columns(), rows, List.copyOf(byKey.values()));
    }

    /**
     * @return number of columns of X, p
     */
    public int columns() {
        return columns;
    }

    /**
     * @return number of rows, N
     */
    public long rows() {
        return rows;
    }

    /**
     * @return number of different patterns of visits, by group
     */
    public int count() {
        return patterns.size();
    }

    /**
     * Mean products of responses at pairs of visits over the subjects of a group that were seen at both: with
     * residuals as response, a first guess at V.
     *
     * @param group the group
     * @param n number of visits
     * @return n x n, row-major; 0 for pairs of visits that were never seen together
     */
    public double[] moments(final int group, final int n) {
        final double[] response = new double[(columns + 1) * (columns + 1)];
        response[response.length - 1] = 1;
        final double[] sum = new double[n * n];
        final double[] count = new double[n * n];
        for (final PatternData pattern : patterns) {
            if (pattern.group() == group) {
                final int[] visits = pattern.visits();
                final double[] products = new double[visits.length * visits.length];
                pattern.addProjected(response, products);
                for (int i = 0; i < products.length; i++) {
                    final int entry = visits[i / visits.length] * n + visits[i % visits.length];
                    sum[entry] += products[i];
                    count[entry] += pattern.subjects();
                }
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] = count[i] == 0 ? 0 : sum[i] / count[i];
        }
        return sum;
    }

    List<PatternData> patterns() {
        return patterns;
    }
}
