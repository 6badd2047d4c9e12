package org.knime.core.data;

/** The id of a row, unique within its table. */
public final class RowKey implements RowKeyValue {

    private final String id;

    /** @throws NullPointerException without an id */
    public RowKey(final String id) {
        if (id == null) {
            throw new NullPointerException("A row key needs an id.");
        }
        this.id = id;
    }

    /** The usual id of the row at an index counted from 0: Row0, Row1, ... */
    public static RowKey createRowKey(final long rowIndex) {
        return new RowKey("Row" + rowIndex);
    }

    @Override
    public String getString() {
        return id;
    }

    @Override
    public String toString() {
        return id;
    }

    @Override
    public boolean equals(final Object obj) {
        return obj instanceof RowKey other && id.equals(other.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
