package org.knime.core.data;

/** Something that names a row. */
public interface RowKeyValue {
    String getString();
}
