package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.likelihood.Packed;
import dev.mixedmodels.engine.likelihood.PatternPool;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.likelihood.VisitPatterns;
import dev.mixedmodels.engine.numeric.Matrices;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** What the likelihood over visits needs of the subjects, and whether they bear a structure. */
final class PatternSums implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Part of an indicator that is rounding. */
    private static final double TAKEN = 1e-9;

    /** Whose rows are correlated. */
    enum Unit {
        /** Those of a subject. */
        SUBJECT,
        /** None, and those of different visits have different variances. */
        VISIT,
        /** None. */
        ROW;

        /** Those that a structure has. */
        static Unit of(final VisitStructure structure) {
            return structure == VisitStructure.INDEPENDENT || structure.overPlaces() != null ? ROW
                : structure.correlated() ? SUBJECT : VISIT;
        }
    }

    private final Unit unit;
    private final int width;
    private final double total;
    private final PatternPool pool;
    private final long[][] seen;
    private final boolean[] differ;
    private transient SubjectBlock single;
    private int subjects;
    private long size;
    private int largest;
    private transient Map<Unit, VisitPatterns> patterns;

    /**
     * @param unit the largest one that is wanted
     * @param columns number of columns of X
     * @param groups number of sets of covariance parameters
     * @param visits number of visits
     * @param total number of rows over which the working basis is orthogonal
     */
    PatternSums(final Unit unit, final int columns, final int groups, final int visits, final double total) {
        this(unit, new PatternPool(columns), columns + 1, groups, visits, total);
    }

    private PatternSums(final Unit unit, final PatternPool pool, final int width, final int groups, final int visits,
        final double total) {
        this.unit = unit;
        this.width = width;
        this.total = total;
        this.pool = pool;
        seen = new long[groups][visits];
        differ = new boolean[groups];
    }

    PatternSums fresh() {
        return new PatternSums(unit, pool.fresh(), width, seen.length, seen[0].length, total);
    }

    /**
     * Adds a subject.
     *
     * @param block its rows [w, residual], weighted
     * @param root of the weight of each
     */
    void add(final SubjectBlock block, final IntToDoubleFunction root) {
        final int n = block.rows();
        final int group = block.group();
        subjects++;
        size += n;
        largest = Math.max(largest, n);
        differ[group] |= n > 1 && !differ[group] && leaves(block, root);
        for (int i = 0; i < n; i++) {
            seen[group][block.visit(i)]++;
        }
        if (unit == Unit.SUBJECT) {
            pool.add(block);
            return;
        }
        if (single == null) {
            single = new SubjectBlock(width - 1);
        }
        for (int i = 0; i < n; i++) {
            single.start(1, group);
            System.arraycopy(block.row(i), 0, single.row(0), 0, width);
            single.place(0, unit == Unit.VISIT ? block.visit(i) : 0);
            pool.add(single);
        }
    }

    /**
     * Whether the fixed effects leave anything of what all rows of a subject share. If the indicator of every subject
     * is a combination of the columns of X, restricted likelihood does not depend on its variance and maximum
     * likelihood puts it to its bound. With W'W = N I the squared length of the indicator's projection is |W'1|^2 / N.
     */
    private boolean leaves(final SubjectBlock block, final IntToDoubleFunction root) {
        final double[] sum = new double[width - 1];
        double length = 0;
        for (int i = 0; i < block.rows(); i++) {
            final double own = root.applyAsDouble(i);
            length += own * own;
            Packed.add(own, block.row(i), 0, sum, 0, sum.length);
        }
        return length - Matrices.dot(sum, sum) / total > TAKEN * length;
    }

    void merge(final PatternSums later) {
        pool.merge(later.pool);
        subjects += later.subjects;
        size += later.size;
        largest = Math.max(largest, later.largest);
        for (int g = 0; g < seen.length; g++) {
            differ[g] |= later.differ[g];
            for (int v = 0; v < seen[g].length; v++) {
                seen[g][v] += later.seen[g][v];
            }
        }
    }

    /** The rows pooled for a unit that is not larger than the one that was wanted. */
    VisitPatterns patterns(final Unit wanted) {
        if (patterns == null) {
            patterns = new EnumMap<>(Map.of(unit, pool.pooled()));
        }
        return patterns.computeIfAbsent(wanted, other -> patterns.get(unit).separate(other == Unit.VISIT));
    }

    int subjects() {
        return subjects;
    }

    /** Number of rows. */
    long size() {
        return size;
    }

    /** Rows of the subject that has most. */
    int largest() {
        return largest;
    }

    /** How many rows of a group there are at a visit. */
    long seen(final int group, final int visit) {
        return seen[group][visit];
    }

    /** Whether subjects of a group differ by more than the fixed effects say. */
    boolean differ(final int group) {
        return differ[group];
    }
}
