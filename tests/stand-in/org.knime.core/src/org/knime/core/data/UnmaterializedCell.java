package org.knime.core.data;

/** Where a filtered row has a column that was not asked for. Here a row throws instead of handing one out. */
public final class UnmaterializedCell extends DataCell {

    private static final long serialVersionUID = 1L;

    private UnmaterializedCell() {
    }

    @Override
    public String toString() {
        return "unmaterialised";
    }

    @Override
    protected boolean equalsDataCell(final DataCell dc) {
        return true;
    }

    @Override
    public int hashCode() {
        return 1;
    }

    /** A row was read at a column that its table filter leaves out. */
    public static final class UnmaterializedDataCellException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public UnmaterializedDataCellException() {
            super("The table filter does not materialise this column.");
        }
    }
}
