package dev.mixedmodels.standin.cell;

import java.time.LocalDate;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.time.localdate.LocalDateValue;

/** A date. The platform's own cell of this kind lives in a bundle that the nodes do not need. */
public final class LocalDateCell extends DataCell implements LocalDateValue {

    private static final long serialVersionUID = 1L;

    public static final DataType TYPE = DataType.getType(LocalDateCell.class);

    private final LocalDate date;

    public LocalDateCell(final LocalDate date) {
        this.date = date;
    }

    @Override
    public LocalDate getLocalDate() {
        return date;
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return date.equals(((LocalDateCell)dc).date);
    }

    @Override
    public int hashCode() {
        return date.hashCode();
    }

    @Override
    public String toString() {
        return date.toString();
    }
}
