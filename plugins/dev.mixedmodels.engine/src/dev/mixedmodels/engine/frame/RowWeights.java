package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import java.util.BitSet;

/**
 * Weights of the rows of a frame: the residual variance of a row is divided by its weight, as in lme4, nlme (varFixed
 * of 1 / weight) and SAS. Without a column all weights are 1. A weight does not count rows: N and all degrees of
 * freedom are those of the rows.
 * <p>
 * The mathematics: doc/weights.md beside the sources.
 */
public final class RowWeights {
    /** All weights are 1. */
    public static final RowWeights EQUAL = new RowWeights(null);

    /** Of two weights; what the rows of the smaller one say is lost in rounding long before. */
    private static final double LARGEST_RATIO = 1e30;

    private final Column column;

    private RowWeights(final Column column) {
        this.column = column;
    }

    /**
     * @param frame the table
     * @param name a numeric column; null for none
     * @return its weights
     * @throws ModelException if the column does not exist or is not numeric, or if a weight is negative or infinite
     */
    public static RowWeights of(final Frame frame, final String name) {
        if (name == null) {
            return EQUAL;
        }
        final RowWeights weights = new RowWeights(frame.numeric(name));
        for (int row = 0; row < frame.rows(); row++) {
            if (isWrong(weights.of(row))) {
                throw wrong(name, weights.of(row), row);
            }
        }
        return weights;
    }

    /**
     * @param frame rows that a fitted model is applied to
     * @param name the column of weights; null for none
     * @return its weights where the table has it; else all are 1
     */
    static RowWeights ofNew(final Frame frame, final String name) {
        return name == null || !frame.has(name) ? EQUAL : new RowWeights(frame.numeric(name));
    }

    /** Rows without a positive weight. */
    BitSet none() {
        final BitSet none = new BitSet();
        for (int row = 0; column != null && row < column.rows(); row++) {
            none.set(row, column.missing(row) || !(column.value(row) > 0));
        }
        return none;
    }

    /**
     * @param weight of a row, NaN if it is missing
     * @return whether no row may have it, for it is negative or infinite
     */
    public static boolean isWrong(final double weight) {
        return weight < 0 || Double.isInfinite(weight);
    }

    /**
     * @param column of the weights
     * @param weight one that is negative or infinite
     * @param row its row
     * @return the error, naming column and row
     */
    public static ModelException wrong(final String column, final double weight, final int row) {
        return ModelException.of("The weight in column \"" + column + "\" is " + Words.number(weight) + " in row ",
            new ModelException.Row(row), ", and must be a positive finite number: the residual variance of the row is "
                + "divided by it. Correct it, or give rows that are to be left out the weight 0.");
    }

    /**
     * @param column of the weights
     * @param least of the weights of the rows in the fit
     * @param greatest of these weights
     * @throws ModelException if they are too far apart for the rows to be seen beside one another
     */
    public static void requireComparable(final String column, final double least, final double greatest) {
        if (greatest / least > LARGEST_RATIO) {
            throw new ModelException("The weights in column \"" + column + "\" range from " + Words.number(least)
                + " to "
                + Words.number(greatest) + ": rows of the smallest ones do not count beside the others. Choose another "
                + "column of weights, or give rows that are to be left out the weight 0.");
        }
    }

    /**
     * @return the column; null where all weights are 1
     */
    public String column() {
        return column == null ? null : column.name();
    }

    /**
     * @return whether all weights are 1, for there is no column of them
     */
    public boolean equal() {
        return column == null;
    }

    /**
     * @param row row of the frame
     * @return its weight; NaN if it is missing
     */
    public double of(final int row) {
        return column == null ? 1 : column.value(row);
    }

    /**
     * @param row row of the frame
     * @return the root of its weight, by which a row of the model is multiplied to have the residual variance of others
     */
    public double root(final int row) {
        return column == null ? 1 : Math.sqrt(column.value(row));
    }

    /** Rows with the weight 0. */
    BitSet zero() {
        final BitSet zero = new BitSet();
        for (int row = 0; column != null && row < column.rows(); row++) {
            if (column.value(row) == 0) {
                zero.set(row);
            }
        }
        return zero;
    }
}
