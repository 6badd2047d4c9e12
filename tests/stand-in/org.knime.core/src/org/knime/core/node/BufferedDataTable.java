package org.knime.core.node;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.swing.JComponent;

import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.CloseableDataRowIterable;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;

import dev.mixedmodels.standin.table.TableData;

/** The table at a port, held in memory. */
public final class BufferedDataTable implements DataTable, PortObject {

    public static final PortType TYPE = new PortType(BufferedDataTable.class);

    private final TableData data;

    BufferedDataTable(final TableData data) {
        this.data = data;
    }

    TableData data() {
        return data;
    }

    @Override
    public DataTableSpec getDataTableSpec() {
        return data.getDataTableSpec();
    }

    @Override
    public DataTableSpec getSpec() {
        return getDataTableSpec();
    }

    @Override
    public String getSummary() {
        return "Rows: " + size() + ", Cols: " + getSpec().getNumColumns();
    }

    public long size() {
        return data.size();
    }

    @Override
    public CloseableRowIterator iterator() {
        return data.iterator();
    }

    /** The rows with only the filter's columns readable; the others hold a placeholder that fails when it is read. */
    public CloseableDataRowIterable filter(final TableFilter filter) {
        filter.validate(getSpec(), size());
        final Set<Integer> columns = filter.getMaterializeColumnIndices()
            .orElseGet(() -> IntStream.range(0, getSpec().getNumColumns()).boxed().collect(Collectors.toSet()));
        return () -> data.iterator(columns);
    }

    /** None here; the platform shows the table. */
    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
