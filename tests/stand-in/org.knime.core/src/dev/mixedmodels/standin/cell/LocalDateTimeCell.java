package dev.mixedmodels.standin.cell;

import java.time.LocalDateTime;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.time.localdatetime.LocalDateTimeValue;

/** A date with a time of day. The platform's own cell of this kind lives in a bundle that the nodes do not need. */
public final class LocalDateTimeCell extends DataCell implements LocalDateTimeValue {

    private static final long serialVersionUID = 1L;

    public static final DataType TYPE = DataType.getType(LocalDateTimeCell.class);

    private final LocalDateTime time;

    public LocalDateTimeCell(final LocalDateTime time) {
        this.time = time;
    }

    @Override
    public LocalDateTime getLocalDateTime() {
        return time;
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return time.equals(((LocalDateTimeCell)dc).time);
    }

    @Override
    public int hashCode() {
        return time.hashCode();
    }

    @Override
    public String toString() {
        return time.toString();
    }
}
