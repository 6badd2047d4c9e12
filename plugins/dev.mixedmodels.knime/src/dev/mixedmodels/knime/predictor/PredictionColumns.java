package dev.mixedmodels.knime.predictor;

import dev.mixedmodels.engine.prediction.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;

/** The columns that are appended, and how a prediction becomes their cells. */
final class PredictionColumns {
    private final List<String> suffixes = new ArrayList<>();
    private final List<ToDoubleFunction<Prediction>> values = new ArrayList<>();
    private final DataColumnSpec[] specs;
    PredictionColumns(final MixedModelPredictorParameters parameters, final DataTableSpec table,
        final String response) {
        if (parameters.marginal) {
            add(" (marginal)", Prediction::marginal);
        }
        add("", Prediction::value);
        if (parameters.standardError) {
            add(" Std. Error", Prediction::stdError);
        }
        if (parameters.confidenceBounds) {
            add(" Lower Bound", Prediction::lower);
            add(" Upper Bound", Prediction::upper);
        }
        if (parameters.predictionBounds) {
            add(" Lower Prediction Bound", Prediction::lowerNew);
            add(" Upper Prediction Bound", Prediction::upperNew);
        }
        final String wanted = parameters.columnName == null ? "" : parameters.columnName.strip();
        final String name = unused(wanted.isEmpty() ? "Prediction (" + response + ")" : wanted, suffixes, table);
        specs = suffixes.stream().map(suffix -> new DataColumnSpecCreator(name + suffix, DoubleCell.TYPE).createSpec())
            .toArray(DataColumnSpec[]::new);
    }

    private void add(final String suffix, final ToDoubleFunction<Prediction> value) {
        suffixes.add(suffix);
        values.add(value);
    }

    /** All with the same number where one of them is in the table already, so that they are seen to belong together. */
    private static String unused(final String name, final List<String> suffixes, final DataTableSpec table) {
        String found = name;
        for (int i = 1; suffixes.stream().map(found::concat).anyMatch(table::containsName); i++) {
            found = name + " (#" + i + ")";
        }
        return found;
    }

    DataColumnSpec[] specs() {
        return specs;
    }

    /** NaN and what is beyond all numbers become missing cells; adding 0 makes -0.0 the ordinary zero. */
    DataCell[] cells(final Prediction prediction) {
        final DataCell[] cells = new DataCell[values.size()];
        for (int c = 0; c < cells.length; c++) {
            final double value = values.get(c).applyAsDouble(prediction);
            cells[c] = Double.isFinite(value) ? new DoubleCell(value + 0.0) : DataType.getMissingCell();
        }
        return cells;
    }
}
