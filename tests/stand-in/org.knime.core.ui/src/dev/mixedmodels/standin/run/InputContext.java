package dev.mixedmodels.standin.run;

import java.util.Arrays;
import java.util.Optional;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParametersInput;

/** What is known of the inputs: specs (null where nothing is connected) and, after their execution, tables. */
public final class InputContext implements NodeParametersInput {

    private final DataTableSpec[] specs;

    private final BufferedDataTable[] tables;

    /** Specs without data. */
    public InputContext(final DataTableSpec... specs) {
        this.specs = specs.clone();
        tables = new BufferedDataTable[specs.length];
    }

    public InputContext(final BufferedDataTable... tables) {
        this.tables = tables.clone();
        specs = Arrays.stream(tables).map(t -> t == null ? null : t.getDataTableSpec()).toArray(DataTableSpec[]::new);
    }

    @Override
    public PortObjectSpec[] getInPortSpecs() {
        return getInTableSpecs();
    }

    @Override
    public Optional<PortObjectSpec> getInPortSpec(final int portIndex) {
        return Optional.ofNullable(specs[portIndex]);
    }

    @Override
    public DataTableSpec[] getInTableSpecs() {
        return specs.clone();
    }

    @Override
    public Optional<DataTableSpec> getInTableSpec(final int portIndex) {
        return Optional.ofNullable(specs[portIndex]);
    }

    @Override
    public PortObject[] getInPortObjects() {
        return getInTables();
    }

    @Override
    public Optional<PortObject> getInPortObject(final int portIndex) {
        return Optional.ofNullable(tables[portIndex]);
    }

    @Override
    public BufferedDataTable[] getInTables() {
        return tables.clone();
    }

    @Override
    public Optional<BufferedDataTable> getInTable(final int portIndex) {
        return Optional.ofNullable(tables[portIndex]);
    }
}
