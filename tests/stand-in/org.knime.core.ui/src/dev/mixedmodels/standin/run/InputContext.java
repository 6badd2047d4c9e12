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

    private final PortObjectSpec[] specs;

    private final PortObject[] objects;

    /** Specs without data. */
    public InputContext(final PortObjectSpec... specs) {
        this.specs = specs.clone();
        objects = new PortObject[specs.length];
    }

    public InputContext(final PortObject... objects) {
        this.objects = objects.clone();
        specs = Arrays.stream(objects).map(o -> o == null ? null : o.getSpec()).toArray(PortObjectSpec[]::new);
    }

    @Override
    public PortObjectSpec[] getInPortSpecs() {
        return specs.clone();
    }

    @Override
    public Optional<PortObjectSpec> getInPortSpec(final int portIndex) {
        return Optional.ofNullable(specs[portIndex]);
    }

    @Override
    public DataTableSpec[] getInTableSpecs() {
        return Arrays.copyOf(specs, specs.length, DataTableSpec[].class);
    }

    @Override
    public Optional<DataTableSpec> getInTableSpec(final int portIndex) {
        return Optional.ofNullable((DataTableSpec)specs[portIndex]);
    }

    @Override
    public PortObject[] getInPortObjects() {
        return objects.clone();
    }

    @Override
    public Optional<PortObject> getInPortObject(final int portIndex) {
        return Optional.ofNullable(objects[portIndex]);
    }

    @Override
    public BufferedDataTable[] getInTables() {
        return Arrays.copyOf(objects, objects.length, BufferedDataTable[].class);
    }

    @Override
    public Optional<BufferedDataTable> getInTable(final int portIndex) {
        return Optional.ofNullable((BufferedDataTable)objects[portIndex]);
    }
}
