package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.standin.run.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;

/**
 * What came of a run.
 *
 * @param tables one per output; empty if the node gave none
 * @param internal what the view is made from
 * @param messages warning and error, as the user reads them
 * @param failure why there are no tables; null if there are
 * @param checks how often it asked whether it was cancelled
 */
public record Outcome(List<BufferedDataTable> tables, List<BufferedDataTable> internal, List<String> messages,
    Throwable failure, long checks) {
    static final int MODEL_FIT = 4;
    /**
     * Columns of words that programs look up: the names of statistics, AIC and the like with a structure's constant for
     * each structure that was compared, and the parts of a picture.
     */
    private static final Set<String> CODES = Set.of("Statistic", "Part", "Units");

    /** Whether there are tables. */
    boolean isOk() {
        return failure == null;
    }

    /** Whether the node threw what is not its own way to say that something is wrong. */
    boolean isDefect() {
        return !isOk() && !(failure instanceof KNIMEException) && !(failure instanceof InvalidSettingsException);
    }

    /** What lies at the bottom of the failure, and where. */
    String root() {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root + (root.getStackTrace().length == 0 ? "" : " at " + root.getStackTrace()[0]);
    }

    /** The table of an output. */
    TableView view(final int output) {
        return new TableView(tables.get(output));
    }

    /** A figure of Model fit; NaN if there is none. */
    double statistic(final String name) {
        final TableView fit = view(MODEL_FIT);
        for (int row = 0; row < fit.rows(); row++) {
            if (fit.text(row, "Statistic").equals(name)) {
                return fit.number(row, "Value");
            }
        }
        return Double.NaN;
    }

    /** All that the user reads: messages, texts of the tables and of the view. */
    public List<String> texts() {
        final List<String> texts = new ArrayList<>(messages);
        tables.forEach(table -> addTexts(table, texts));
        internal.forEach(table -> addTexts(table, texts));
        return texts;
    }

    private static void addTexts(final BufferedDataTable table, final List<String> texts) {
        for (final DataRow row : table) {
            for (int c = 0; c < row.getNumCells(); c++) {
                final DataCell cell = row.getCell(c);
                final String column = table.getDataTableSpec().getColumnSpec(c).getName();
                if (cell instanceof StringCell && !CODES.contains(column)) {
                    texts.add(cell.toString());
                }
            }
        }
    }
}
