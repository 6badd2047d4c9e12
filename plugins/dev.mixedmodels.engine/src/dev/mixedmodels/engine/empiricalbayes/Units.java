package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.peer.CalledData;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The units and what was observed of each: one row a unit.
 *
 * @param name name of the column that tells the units apart, for the tables
 * @param labels name of each unit
 * @param y estimate, count of events or successes; NaN = not observed, to be predicted from the prior
 * @param precision standard error (0 where y is theta itself), exposure or trials; may be NaN where y is
 * @param mean design of the prior mean
 * @param usable rows of which something can be said; null if all are
 * @param frequency how many units with the same data a row stands for, whole numbers; null for one each
 * @param source where they were read; null if they were not
 */
public record Units(String name, IntFunction<String> labels, double[] y, double[] precision,
    MeanDesign mean, boolean[] usable, double[] frequency, Source source) {

    /**
     * The table that units were read from.
     *
     * @param columns which columns told what
     * @param data how other programs prepare it
     */
    public record Source(UnitColumns columns, CalledData data) {
    }

    /** The name of units that no column names. */
    static final String ROW = "Row";

    /** Counts beyond this are no longer told apart by a double. */
    private static final double LARGEST_COUNT = 9e15;

    /**
     * One unit a row.
     *
     * @param name name of the column that tells the units apart
     * @param labels name of each unit
     * @param y what was observed
     * @param precision standard error, exposure or trials
     * @param mean design of the prior mean
     * @param usable rows of which something can be said; null if all are
     */
    public Units(final String name, final IntFunction<String> labels, final double[] y, final double[] precision,
        final MeanDesign mean, final boolean[] usable) {
        this(name, labels, y, precision, mean, usable, null, null);
    }

    /**
     * @param rows some rows
     * @return how many units each stands for; null for one each
     */
    double[] frequencies(final int[] rows) {
        return frequency == null ? null : of(frequency, rows);
    }

    /**
     * @param values one a row
     * @param rows some rows
     * @return theirs
     */
    static double[] of(final double[] values, final int[] rows) {
        return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
    }

    /**
     * @param name name of the unit column
     * @param labels name of each unit
     * @param y what was observed
     * @param precision standard error, exposure or trials
     * @return units with one common prior mean
     */
    public static Units of(final String name, final IntFunction<String> labels, final double[] y,
        final double[] precision) {
        return new Units(name, labels, y, precision, MeanDesign.INTERCEPT, null);
    }

    /**
     * @param row a row
     * @return whether it lacks no more than its observation
     */
    boolean isUsable(final int row) {
        return usable == null || usable[row];
    }

    /**
     * @return number of rows
     */
    public int size() {
        return y.length;
    }

    /**
     * @return rows with an observation, rising
     */
    int[] observed() {
        int n = 0;
        final int[] rows = new int[y.length];
        for (int i = 0; i < y.length; i++) {
            if (!Double.isNaN(y[i])) {
                rows[n++] = i;
            }
        }
        return Arrays.copyOf(rows, n);
    }

    /**
     * Checks the observations against the family.
     *
     * @param family what is observed
     * @throws ModelException naming the first unit that cannot be
     */
    void check(final Family family) {
        for (int i = 0; i < y.length; i++) {
            if (Double.isNaN(y[i])) {
                continue;
            }
            final String fault = switch (family) {
                case GAUSSIAN -> gaussianFault(y[i], precision[i]);
                case POISSON_GAMMA -> poissonFault(y[i], precision[i]);
                case BETA_BINOMIAL -> binomialFault(y[i], precision[i]);
            };
            if (fault == null && frequency != null && !isCount(frequency[i])) {
                throw wrong(i, "the frequency is " + Words.number(frequency[i]) + "; it must be a whole number of at least 0.");
            }
            if (fault != null) {
                throw wrong(i, fault);
            }
        }
    }

    /** Rows that no column names are named by their ids only: a number could be the name of another unit. */
    private ModelException wrong(final int unit, final String fault) {
        final ModelException.Row row = new ModelException.Row(unit);
        return ROW.equals(name) ? ModelException.of("Row ", row, ": " + fault)
            : ModelException.of("Unit \"" + labels.apply(unit) + "\" (row ", row, "): " + fault);
    }

    private static String gaussianFault(final double estimate, final double stdError) {
        if (!(stdError >= 0) || stdError == Double.POSITIVE_INFINITY) {
            return "the standard error is " + Words.number(stdError) + "; it must be a finite number, positive or 0 where"
                + " the estimate is the true value itself.";
        }
        return Double.isInfinite(estimate) ? "the estimate is infinite." : null;
    }

    private static String poissonFault(final double count, final double exposure) {
        if (!isCount(count)) {
            return "the count is " + Words.number(count) + "; counts must be whole numbers of at least 0.";
        }
        return exposure > 0 && exposure < Double.POSITIVE_INFINITY ? null
            : "the exposure is " + Words.number(exposure) + "; it must be a positive finite number.";
    }

    private static String binomialFault(final double successes, final double trials) {
        if (!isCount(successes)) {
            return "the number of successes is " + Words.number(successes) + "; it must be a whole number of at "
                + "least 0.";
        }
        if (!isCount(trials) || trials == 0) {
            return "the number of trials is " + Words.number(trials) + "; it must be a whole number of at least 1.";
        }
        return successes <= trials ? null
            : "there are more successes (" + Words.number(successes) + ") than trials (" + Words.number(trials) + ").";
    }

    private static boolean isCount(final double x) {
        return x >= 0 && x <= LARGEST_COUNT && x == Math.rint(x);
    }
}
