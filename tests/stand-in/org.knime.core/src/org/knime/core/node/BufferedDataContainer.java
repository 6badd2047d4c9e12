package org.knime.core.node;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.DataContainer;
import org.knime.core.data.container.DataContainerSettings;

import dev.mixedmodels.standin.table.TableData;

/** Collects the rows of an output table. */
public class BufferedDataContainer extends DataContainer {

    BufferedDataContainer(final DataTableSpec spec, final DataContainerSettings settings) {
        super(spec, settings);
    }

    /** @throws IllegalStateException before close */
    @Override
    public BufferedDataTable getTable() {
        return new BufferedDataTable((TableData)super.getTable());
    }
}
