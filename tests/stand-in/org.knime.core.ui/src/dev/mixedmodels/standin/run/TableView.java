package dev.mixedmodels.standin.run;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DoubleValue;

/** Looks values up in a small table, by the names of its columns. */
public final class TableView {

    private final DataTable table;

    private final List<DataRow> rows = new ArrayList<>();

    public TableView(final DataTable table) {
        this.table = table;
        table.forEach(rows::add);
    }

    public int rows() {
        return rows.size();
    }

    public List<String> columns() {
        return List.of(table.getDataTableSpec().getColumnNames());
    }

    public String key(final int row) {
        return rows.get(row).getKey().getString();
    }

    /** @throws NoSuchElementException for an unknown column */
    public DataCell cell(final int row, final String column) {
        final int index = table.getDataTableSpec().findColumnIndex(column);
        if (index < 0) {
            throw new NoSuchElementException("No column \"" + column + "\" among " + columns());
        }
        return rows.get(row).getCell(index);
    }

    public boolean isMissing(final int row, final String column) {
        return cell(row, column).isMissing();
    }

    /** The number in a cell; NaN for a missing one. */
    public double number(final int row, final String column) {
        final DataCell cell = cell(row, column);
        return cell.isMissing() ? Double.NaN : ((DoubleValue)cell).getDoubleValue();
    }

    /** The text of a cell; empty for a missing one. */
    public String text(final int row, final String column) {
        final DataCell cell = cell(row, column);
        return cell.isMissing() ? "" : cell.toString();
    }

    /** All texts of a column. */
    public List<String> texts(final String column) {
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < rows(); i++) {
            texts.add(text(i, column));
        }
        return texts;
    }

    /** All numbers of a column, NaN for missing ones. */
    public double[] numbers(final String column) {
        final double[] numbers = new double[rows()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(i, column);
        }
        return numbers;
    }

    /**
     * The first row with the given texts.
     *
     * @param columnsAndTexts a column, its text, another column, its text, ...
     * @throws NoSuchElementException when there is none
     */
    public int row(final String... columnsAndTexts) {
        for (int row = 0; row < rows(); row++) {
            boolean all = true;
            for (int i = 0; i < columnsAndTexts.length; i += 2) {
                all &= text(row, columnsAndTexts[i]).equals(columnsAndTexts[i + 1]);
            }
            if (all) {
                return row;
            }
        }
        throw new NoSuchElementException("No row with " + List.of(columnsAndTexts) + "; " + columnsAndTexts[0]
            + " is one of " + texts(columnsAndTexts[0]));
    }
}
