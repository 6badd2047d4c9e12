package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.SettingValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The columns that show predictions: which of their figures, and what each is called. */
public final class PredictedColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<Figure> figures = new ArrayList<>();
    private final String name;

    /** A figure of a prediction. */
    private interface Value extends ToDoubleFunction<Prediction>, Serializable {
    }

    private record Figure(String suffix, Value value) implements Serializable {
    }

    /**
     * What is shown beside the prediction itself.
     *
     * @param marginal what the fixed effects alone predict
     * @param standardError the standard error
     * @param confidenceBounds bounds of the mean of such rows
     * @param predictionBounds bounds of a response in this row
     */
    public record Shown(boolean marginal, boolean standardError, boolean confidenceBounds, boolean predictionBounds) {
        /**
         * @param values settings by the keys of the node
         * @return what is shown by them
         */
        public static Shown of(final SettingValues values) {
            return new Shown(values.flag("marginal"), values.flag("standardError"), values.flag("confidenceBounds"),
                values.flag("predictionBounds"));
        }
    }

    /**
     * @param shown what is shown
     * @param wanted name of the column of the predictions; empty or null for Prediction (response)
     * @param response the response
     * @param taken names that the table has already; if one of them is among the new ones, all of these get the same
     *            number, so that they are seen to belong together
     */
    public PredictedColumns(final Shown shown, final String wanted, final String response,
        final Predicate<String> taken) {
        if (shown.marginal) {
            add(" (marginal)", Prediction::marginal);
        }
        add("", Prediction::value);
        if (shown.standardError) {
            add(" Std. Error", Prediction::stdError);
        }
        if (shown.confidenceBounds) {
            add(" Lower Bound", Prediction::lower);
            add(" Upper Bound", Prediction::upper);
        }
        if (shown.predictionBounds) {
            add(" Lower Prediction Bound", Prediction::lowerNew);
            add(" Upper Prediction Bound", Prediction::upperNew);
        }
        final String first = wanted == null || wanted.isBlank() ? "Prediction (" + response + ")" : wanted.strip();
        String found = first;
        for (int i = 1; names(found).stream().anyMatch(taken); i++) {
            found = first + " (#" + i + ")";
        }
        name = found;
    }

    private void add(final String suffix, final Value value) {
        figures.add(new Figure(suffix, value));
    }

    private List<String> names(final String of) {
        return figures.stream().map(figure -> of + figure.suffix).toList();
    }

    /**
     * @return names of the columns
     */
    public List<String> names() {
        return names(name);
    }

    /**
     * @param column index of a column
     * @param prediction what a model says of a row
     * @return its value there; NaN if it does not exist or is beyond all numbers. A zero is the ordinary one
     */
    public double value(final int column, final Prediction prediction) {
        final double value = figures.get(column).value.applyAsDouble(prediction);
        return Double.isFinite(value) ? value + 0.0 : Double.NaN;
    }
}
