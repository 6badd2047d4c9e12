package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rows of a frame a model uses, and with which weights. Fitted rows have a value in every used column and a
 * weight above 0. Predicted rows lack the response only: they say nothing about the parameters, but the model says
 * something about them. Other rows are left out.
 */
public final class ModelFrame {
    private final Frame frame;
    private final Rows fitted;
    private final Rows predicted;
    private final Map<String, Integer> missing;
    private final RowWeights weights;

    private ModelFrame(final Frame frame, final Rows fitted, final Rows predicted, final Map<String, Integer> missing,
        final RowWeights weights) {
        this.frame = frame;
        this.fitted = fitted;
        this.predicted = predicted;
        this.missing = missing;
        this.weights = weights;
    }

    /**
     * Sorts rows of a table into fitted, predicted and left out; all may be left out.
     *
     * @param frame some rows of the table
     * @param response column of the response
     * @param used the other columns that the model uses
     * @param mode what to do with missing values
     * @param weights column of weights; null for none
     * @return the rows
     * @throws ModelException if a column does not exist, if a value is missing in mode FAIL, or if a weight is wrong
     */
    public static ModelFrame part(final Frame frame, final String response, final Collection<String> used,
        final MissingValues mode, final String weights) {
        final RowWeights weighted = RowWeights.of(frame, weights);
        final Set<String> others = new LinkedHashSet<>(used);
        if (weights != null) {
            others.add(weights);
        }
        others.remove(response);
        final Map<String, Integer> counts = new LinkedHashMap<>();
        final BitSet incomplete = new BitSet();
        final BitSet noResponse = (BitSet) missing(frame.column(response), counts).clone();
        others.forEach(name -> incomplete.or(missing(frame.column(name), counts)));
        final BitSet either = or(incomplete, noResponse);
        if (mode == MissingValues.FAIL && !either.isEmpty()) {
            throw failure(frame, either.nextSetBit(0), response, others);
        }
        incomplete.or(weighted.zero());
        return sorted(frame, incomplete, noResponse, counts, weighted);
    }

    /**
     * The rows of a table that a fitted model is applied to: none needs to be complete.
     *
     * @param frame the table
     * @param response column of the response
     * @param used the other columns that the model uses
     * @return the rows
     */
    public static ModelFrame ofNew(final Frame frame, final String response, final Collection<String> used) {
        return ofNew(frame, response, used, null);
    }

    /**
     * The rows of a table that a fitted model is applied to, as above.
     *
     * @param frame the table
     * @param response column of the response
     * @param used the other columns that the model uses
     * @param weights column of weights; null for none. Where the table does not have it all weights are 1; a row whose
     *            weight is not positive is left out
     * @return the rows
     */
    public static ModelFrame ofNew(final Frame frame, final String response, final Collection<String> used,
        final String weights) {
        final Map<String, Integer> counts = new LinkedHashMap<>();
        final BitSet incomplete = new BitSet();
        used.forEach(name -> incomplete.or(missing(frame.column(name), counts)));
        final RowWeights weighted = RowWeights.ofNew(frame, weights);
        final BitSet without = weighted.none();
        if (!without.isEmpty()) {
            counts.put(weights, without.cardinality());
            incomplete.or(without);
        }
        final BitSet noResponse = (BitSet) missing(frame.column(response), new LinkedHashMap<>()).clone();
        return sorted(frame, incomplete, noResponse, counts, weighted);
    }

    /**
     * @return the rows that lack no more than the response
     */
    public BitSet complete() {
        return or(fitted.set(), predicted.set());
    }

    private static ModelFrame sorted(final Frame frame, final BitSet leftOut, final BitSet noResponse,
        final Map<String, Integer> counts, final RowWeights weights) {
        final BitSet fitted = or(leftOut, noResponse);
        fitted.flip(0, frame.rows());
        noResponse.andNot(leftOut);
        return new ModelFrame(frame, Rows.of(frame.rows(), fitted), Rows.of(frame.rows(), noResponse), counts, weights);
    }

    private static BitSet missing(final Column column, final Map<String, Integer> counts) {
        final BitSet missing = column.missing();
        if (!missing.isEmpty()) {
            counts.put(column.name(), missing.cardinality());
        }
        return missing;
    }

    private static BitSet or(final BitSet a, final BitSet b) {
        final BitSet either = (BitSet) a.clone();
        either.or(b);
        return either;
    }

    private static ModelException failure(final Frame frame, final int row, final String response,
        final Set<String> others) {
        final List<String> names = new ArrayList<>(others);
        names.add(0, response);
        final String name = names.stream().filter(n -> frame.column(n).missing(row)).findFirst().orElseThrow();
        return missing(row, name);
    }

    /**
     * The error of the setting that refuses missing values.
     *
     * @param row a row with a missing value
     * @param column name of the column that lacks it
     * @return the error, naming both
     */
    public static ModelException missing(final int row, final String column) {
        return ModelException.of("Row ", new ModelException.Row(row), " has no value in column \"" + column
            + "\", or one that is no finite number. Remove or fill such rows, or let the node leave them out.");
    }

    /**
     * @return the table
     */
    public Frame frame() {
        return frame;
    }

    /**
     * @return rows with a value in every used column
     */
    public Rows fitted() {
        return fitted;
    }

    /**
     * @return rows that lack nothing but the response
     */
    public Rows predicted() {
        return predicted;
    }

    /**
     * @return the weights of the rows
     */
    public RowWeights weights() {
        return weights;
    }

    /**
     * @return for each used column with missing values, their number; a row may count in several columns
     */
    public Map<String, Integer> missing() {
        return Collections.unmodifiableMap(missing);
    }
}
