package dev.mixedmodels.standin.run;

import java.util.Arrays;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.parameters.NodeParameters;

/** One call of a node's configure function. */
final class ConfigureCall implements ConfigureInput, ConfigureOutput {

    private final NodeParameters parameters;

    private final PortObjectSpec[] inputs;

    private final PortObjectSpec[] outputs;

    private String warning;

    ConfigureCall(final NodeParameters parameters, final PortObjectSpec[] inputs, final int outputs) {
        this.parameters = parameters;
        this.inputs = inputs;
        this.outputs = new PortObjectSpec[outputs];
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends NodeParameters> S getParameters() {
        return (S)parameters;
    }

    @Override
    public PortObjectSpec[] getInPortSpecs() {
        return inputs.clone();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S extends PortObjectSpec> S getInPortSpec(final int index) {
        return (S)inputs[index];
    }

    @Override
    public DataTableSpec[] getInTableSpecs() {
        return Arrays.copyOf(inputs, inputs.length, DataTableSpec[].class);
    }

    @Override
    public DataTableSpec getInTableSpec(final int portIndex) {
        return (DataTableSpec)inputs[portIndex];
    }

    @Override
    public <S extends PortObjectSpec> void setOutSpec(final int index, final S spec) {
        outputs[index] = spec;
    }

    @Override
    @SafeVarargs
    public final <S extends PortObjectSpec> void setOutSpecs(final S... specs) {
        for (int i = 0; i < specs.length; i++) {
            setOutSpec(i, specs[i]);
        }
    }

    @Override
    public void setWarningMessage(final String message) {
        warning = message;
    }

    PortObjectSpec[] outputs() {
        return outputs;
    }

    /** The last warning, or null. */
    String warning() {
        return warning;
    }
}
