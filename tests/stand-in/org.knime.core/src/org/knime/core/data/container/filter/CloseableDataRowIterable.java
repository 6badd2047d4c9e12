package org.knime.core.data.container.filter;

import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;

/** The rows that a filter leaves, as often as one wants. */
public interface CloseableDataRowIterable extends Iterable<DataRow> {

    @Override
    CloseableRowIterator iterator();
}
