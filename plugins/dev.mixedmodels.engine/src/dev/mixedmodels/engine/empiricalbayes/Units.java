package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.frame.Rows;
import java.util.Arrays;
import java.util.BitSet;
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
 */
public record Units(String name, IntFunction<String> labels, double[] y, double[] precision,
    MeanDesign mean, boolean[] usable, double[] frequency) {

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
        this(name, labels, y, precision, mean, usable, null);
    }

    /**
     * @param rows some rows
     * @return the units of these; this if they are all
     */
    Units only(final Rows rows) {
        return rows.size() == size() ? this : new Units(name, i -> labels.apply(rows.row(i)), of(y, rows),
            of(precision, rows), mean.only(rows), null, frequency == null ? null : of(frequency, rows));
    }

    private static double[] of(final double[] values, final Rows rows) {
        final double[] some = new double[rows.size()];
        Arrays.setAll(some, i -> values[rows.row(i)]);
        return some;
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

    /** Whether a column names the units. */
    boolean isNamed() {
        return !ROW.equals(name);
    }

    /**
     * @return number of rows
     */
    public int size() {
        return y.length;
    }

    /**
     * @return rows with an observation
     */
    Rows observed() {
        final BitSet observed = new BitSet(y.length);
        for (int i = 0; i < y.length; i++) {
            observed.set(i, !Double.isNaN(y[i]));
        }
        return Rows.of(y.length, observed);
    }

    /**
     * Checks the observations that a prior is to be estimated from.
     *
     * @param family what is observed
     * @param prior form of the prior
     * @throws ModelException naming the first unit that cannot be
     */
    void check(final Family family, final Prior prior) {
        check(family);
        for (int i = 0; family == Family.GAUSSIAN && prior == Prior.NONPARAMETRIC && i < y.length; i++) {
            if (!Double.isNaN(y[i]) && precision[i] == 0) {
                final String fault = " has the standard error 0: its true value is known, and a nonparametric prior "
                    + "would be that value. Leave such units out, or choose the prior \"Parametric\".";
                throw isNamed() ? new ModelException("Unit \"" + labels.apply(i) + "\"" + fault)
                    : ModelException.of("Row ", new ModelException.Row(i), fault);
            }
        }
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
                throw wrong(i, "the frequency is " + Words.number(frequency[i])
                    + "; it must be a whole number of at least 0.");
            }
            if (fault != null) {
                throw wrong(i, fault);
            }
        }
    }

    /** Rows that no column names are named by their ids only: a number could be the name of another unit. */
    private ModelException wrong(final int unit, final String fault) {
        final ModelException.Row row = new ModelException.Row(unit);
        return isNamed() ? ModelException.of("Unit \"" + labels.apply(unit) + "\" (row ", row, "): " + fault)
            : ModelException.of("Row ", row, ": " + fault);
    }

    private static String gaussianFault(final double estimate, final double stdError) {
        if (!(stdError >= 0) || stdError == Double.POSITIVE_INFINITY) {
            return "the standard error is " + Words.number(stdError) + "; it must be a finite number, positive or 0 "
                + "where the estimate is the true value itself.";
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
