package dev.mixedmodels.standin.run;

import java.util.Arrays;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.parameters.NodeParameters;

/** One call of a node's execute function. */
final class ExecuteCall implements ExecuteInput, ExecuteOutput {

    private final NodeParameters parameters;

    private final ExecutionContext context;

    private final PortObject[] inputs;

    private final PortObject[] outputs;

    private PortObject[] internal;

    private String warning;

    ExecuteCall(final NodeParameters parameters, final ExecutionContext context, final PortObject[] inputs,
        final int outputs) {
        this.parameters = parameters;
        this.context = context;
        this.inputs = inputs;
        this.outputs = new PortObject[outputs];
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends NodeParameters> S getParameters() {
        return (S)parameters;
    }

    @Override
    public ExecutionContext getExecutionContext() {
        return context;
    }

    @Override
    public PortObject[] getInPortObjects() {
        return inputs.clone();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <D extends PortObject> D getInPortObject(final int portIndex) {
        return (D)inputs[portIndex];
    }

    @Override
    public BufferedDataTable[] getInTables() {
        return Arrays.copyOf(inputs, inputs.length, BufferedDataTable[].class);
    }

    @Override
    public BufferedDataTable getInTable(final int portIndex) {
        return (BufferedDataTable)inputs[portIndex];
    }

    @Override
    public <D extends PortObject> void setOutData(final int index, final D data) {
        outputs[index] = data;
    }

    @Override
    @SafeVarargs
    public final <D extends PortObject> void setOutData(final D... data) {
        for (int i = 0; i < data.length; i++) {
            setOutData(i, data[i]);
        }
    }

    @Override
    @SafeVarargs
    public final <D extends PortObject> void setInternalData(final D... data) {
        internal = data.clone();
    }

    @Override
    public void setWarningMessage(final String message) {
        warning = message;
    }

    PortObject[] outputs() {
        return outputs;
    }

    /** The internal data, or null. */
    PortObject[] internal() {
        return internal;
    }

    /** The last warning, or null. */
    String warning() {
        return warning;
    }
}
