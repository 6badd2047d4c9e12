package dev.mixedmodels.knime.predictor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;

import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.knime.model.Models.Fit;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;

/** Predictions of the node. */
class MixedModelPredictorNodeTest {
    private static NodeRun predictor(final MixedModelPortObject model, final BufferedDataTable table) {
        return NodeRun.of(new MixedModelPredictorNodeFactory()).input(model).input(table);
    }

    private static NodeResult ok(final NodeRun run) {
        final NodeResult result = run.run();
        assertTrue(result.isOk(), () -> result.error().orElse(""));
        return result;
    }

    /** Bit for bit, from the model as it was made and as it was written and read. */
    @Test
    void onItsOwnRowsTheModelSaysWhatTheFittedValuesSay() throws Exception {
        for (final Map.Entry<String, Fit> fit : Models.all().entrySet()) {
            final MixedModelPortObject model = fit.getValue().model();
            for (final MixedModelPortObject own : List.of(model, Models.storedAndLoaded(model))) {
                same(fit.getKey(), fit.getValue(), ok(predictor(own, fit.getValue().table())).table(0));
            }
        }
    }

    private static void same(final String name, final Fit fit, final BufferedDataTable predictions) {
        final int first = fit.table().getDataTableSpec().getNumColumns();
        try (CloseableRowIterator found = predictions.iterator();
            CloseableRowIterator expected = fit.fittedValues().iterator();
            CloseableRowIterator table = fit.table().iterator()) {
            while (expected.hasNext()) {
                final DataRow row = found.next();
                final DataRow fitted = expected.next();
                final DataRow original = table.next();
                assertEquals(original.getKey(), row.getKey());
                for (int c = 0; c < first; c++) {
                    assertEquals(original.getCell(c), row.getCell(c));
                }
                for (int c = 0; c < 2; c++) {
                    final DataCell cell = fitted.getCell(c);
                    assertEquals(cell.isMissing(), row.getCell(first + c).isMissing(), name + " " + row.getKey());
                    if (!cell.isMissing()) {
                        assertEquals(cell, row.getCell(first + c), name + " " + row.getKey() + " " + c);
                    }
                }
            }
            assertTrue(!found.hasNext());
        }
    }
}
