package org.knime.core.data;

/** The absent value, of any column type. */
public final class MissingCell extends DataCell implements MissingValue {

    private static final long serialVersionUID = 1L;

    private final String error;

    /** @param error why there is no value, or null */
    public MissingCell(final String error) {
        this.error = error;
    }

    @Override
    public String getError() {
        return error;
    }

    @Override
    public boolean isMissing() {
        return true;
    }

    @Override
    public String toString() {
        return "?";
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return true; // absent is absent, whatever the reason
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
