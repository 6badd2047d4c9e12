package org.knime.node;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;

import dev.mixedmodels.standin.definition.ModelDefinition;

/** What a node does: its parameters, how it is configured and how it is executed. */
public abstract sealed class DefaultModel implements FluentNodeAPI permits DefaultModel.StandardDefaultModel {

    private DefaultModel() {
    }

    abstract ModelDefinition definition();

    static final class StandardDefaultModel extends DefaultModel {

        private final ModelDefinition definition;

        StandardDefaultModel(final ModelDefinition definition) {
            this.definition = definition;
        }

        @Override
        ModelDefinition definition() {
            return definition;
        }
    }

    record Stages(Class<? extends NodeParameters> parameters) implements RequireConfigureOrRearrangeColumns {

        @Override
        public RequireExecute configure(
            final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure) {
            return execute -> new StandardDefaultModel(new ModelDefinition(parameters, configure, execute));
        }
    }

    /** Asks for the class of the parameters. */
    public interface RequireModelParameters {

        RequireConfigureOrRearrangeColumns parametersClass(Class<? extends NodeParameters> parametersClass);

        default RequireConfigureOrRearrangeColumns withoutParameters() {
            return parametersClass(null);
        }
    }

    /** Asks how to configure. */
    public interface RequireConfigureOrRearrangeColumns {
        RequireExecute configure(ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure);
    }

    /** Asks how to execute. */
    public interface RequireExecute {
        DefaultModel execute(ExecuteConsumer execute);
    }

    /**
     * Computes the specs of the outputs from those of the inputs.
     *
     * @param <I> what it is given
     * @param <O> what it fills
     */
    public interface ConfigureOrRearrangerConsumer<I, O> {
        void accept(I input, O output) throws InvalidSettingsException;
    }

    /** Computes the outputs from the inputs. */
    public interface ExecuteConsumer {
        void accept(ExecuteInput input, ExecuteOutput output) throws CanceledExecutionException, KNIMEException;
    }

    /** What is known before the execution. */
    public interface ConfigureInput {

        <S extends NodeParameters> S getParameters();

        PortObjectSpec[] getInPortSpecs();

        <S extends PortObjectSpec> S getInPortSpec(int index);

        DataTableSpec[] getInTableSpecs();

        DataTableSpec getInTableSpec(int portIndex);
    }

    /** Takes the specs of the outputs; null for one that only the execution will tell. */
    public interface ConfigureOutput {

        <S extends PortObjectSpec> void setOutSpec(int index, S spec);

        @SuppressWarnings("unchecked")
        <S extends PortObjectSpec> void setOutSpecs(S... specs);

        /** Replaces an earlier warning. */
        void setWarningMessage(String message);
    }

    /** The data to execute on. */
    public interface ExecuteInput {

        <S extends NodeParameters> S getParameters();

        ExecutionContext getExecutionContext();

        PortObject[] getInPortObjects();

        <D extends PortObject> D getInPortObject(int portIndex);

        BufferedDataTable[] getInTables();

        BufferedDataTable getInTable(int portIndex);
    }

    /** Takes the output tables; all must be set. */
    public interface ExecuteOutput {

        <D extends PortObject> void setOutData(int index, D data);

        @SuppressWarnings("unchecked")
        <D extends PortObject> void setOutData(D... data);

        /** Takes what the view is made from; it is saved with the workflow. */
        @SuppressWarnings("unchecked")
        <D extends PortObject> void setInternalData(D... data);

        /** Replaces an earlier warning. */
        void setWarningMessage(String message);
    }
}
