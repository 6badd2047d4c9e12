package org.knime.core.data;

/** One row of a table: its id and its cells, none of them null. */
public interface DataRow extends Iterable<DataCell> {

    int getNumCells();

    RowKey getKey();

    DataCell getCell(int index);
}
