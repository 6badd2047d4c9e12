package org.knime.core.node;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.DataContainer;

import dev.mixedmodels.standin.table.TableData;

/** Collects the rows of an output table. */
public class BufferedDataContainer extends DataContainer {

    BufferedDataContainer(final DataTableSpec spec) {
        super(spec);
    }

    /** @throws IllegalStateException before close */
    @Override
    public BufferedDataTable getTable() {
        return new BufferedDataTable((TableData)super.getTable());
    }
}
