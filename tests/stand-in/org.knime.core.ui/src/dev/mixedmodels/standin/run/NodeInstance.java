package dev.mixedmodels.standin.run;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeProgressMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOrRearrangerConsumer;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteConsumer;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.DefaultView.ViewInput;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;

import dev.mixedmodels.standin.definition.Definitions;
import dev.mixedmodels.standin.definition.NodeDefinition;
import dev.mixedmodels.standin.definition.ViewDefinition;
import dev.mixedmodels.standin.settings.ParameterTree;

/** One node: made by its factory, given settings, configured and executed, with what the platform checks meanwhile. */
public final class NodeInstance {

    private final NodeDefinition definition;

    private Map<String, Object> settings;

    private Map<String, Object> viewSettings;

    private PortObject[] internal;

    private PortObjectSpec[] promised;

    private String warning;

    /** @throws IllegalStateException when the factory cannot be initialised */
    public NodeInstance(final DefaultNodeFactory factory) {
        factory.init();
        NodeDescription.of(factory).checkTexts();
        definition = Definitions.of(factory);
    }

    public NodeDefinition definition() {
        return definition;
    }

    /** The class of the parameters; empty for a node without. */
    public Optional<Class<? extends NodeParameters>> parametersClass() {
        final Class<?> type = definition.model().parametersClass();
        return type == null ? Optional.empty() : Optional.of(type.asSubclass(NodeParameters.class));
    }

    /** The stored settings; null before they were loaded or guessed. */
    public Map<String, Object> settings() {
        return settings;
    }

    /** Stores settings, after they were loaded and validated. */
    public void load(final Map<String, Object> stored) throws InvalidSettingsException {
        parametersFrom(stored).validate();
        settings = stored;
    }

    /** The settings of a new node: guessed from its inputs when the parameters have a constructor for that. */
    public void guess(final NodeParametersInput context) throws InvalidSettingsException {
        if (parametersClass().isPresent()) {
            final NodeParameters guessed = newParameters(parametersClass().get(), context);
            guessed.validate();
            settings = ParameterTree.save(guessed);
        }
    }

    private static NodeParameters newParameters(final Class<? extends NodeParameters> type,
        final NodeParametersInput context) throws InvalidSettingsException {
        final Constructor<? extends NodeParameters> withContext;
        try {
            withContext = type.getDeclaredConstructor(NodeParametersInput.class);
        } catch (NoSuchMethodException e) {
            return ParameterTree.instantiate(type);
        }
        withContext.setAccessible(true);
        try {
            return withContext.newInstance(context);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Guessing the settings fails: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made.", e);
        }
    }

    /** The current parameters; null for a node without. */
    public NodeParameters parameters() throws InvalidSettingsException {
        return parametersFrom(settings);
    }

    private NodeParameters parametersFrom(final Map<String, Object> stored) throws InvalidSettingsException {
        return parametersClass().isEmpty() ? null : ParameterTree.load(parametersClass().get(), stored);
    }

    /**
     * Configures the node; guesses its settings when it has none.
     *
     * @return the specs of the outputs, null where the node cannot tell
     * @throws InvalidSettingsException when the settings do not fit
     */
    @SuppressWarnings("unchecked")
    public PortObjectSpec[] configure(final PortObjectSpec... inputs) throws InvalidSettingsException {
        if (settings == null) {
            guess(new InputContext(inputs));
        }
        final ConfigureCall call = new ConfigureCall(parameters(), inputs, definition.outputs().size());
        ((ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput>)definition.model().configure())
            .accept(call, call);
        warning = call.warning();
        promised = call.outputs().clone();
        return promised.clone();
    }

    /**
     * Executes the configured node.
     *
     * @throws IllegalStateException when the node was not configured, or leaves an output without data
     */
    public PortObject[] execute(final NodeProgressMonitor progress, final PortObject... inputs)
        throws InvalidSettingsException, CanceledExecutionException, KNIMEException {
        if (promised == null) {
            throw new IllegalStateException("The node was not configured.");
        }
        final ExecutionContext context = new ExecutionContext(progress, null);
        final ExecuteCall call = new ExecuteCall(parameters(), context, inputs, definition.outputs().size());
        ((ExecuteConsumer)definition.model().execute()).accept(call, call);
        warning = call.warning();
        internal = call.internal();
        return checked(call.outputs());
    }

    private PortObject[] checked(final PortObject[] outputs) {
        boolean empty = outputs.length > 0;
        for (int i = 0; i < outputs.length; i++) {
            if (outputs[i] == null) {
                throw new IllegalStateException("data at output " + i + " is null");
            } else if (!definition.outputs().get(i).type().acceptsPortObject(outputs[i])) {
                throw new IllegalStateException("Invalid output port object at output " + i + ": "
                    + outputs[i].getClass().getName());
            }
            empty &= outputs[i] instanceof BufferedDataTable table && table.size() == 0;
            if (promised[i] != null && !matches(promised[i], outputs[i].getSpec())) {
                throw new IllegalStateException("DataSpec generated by configure does not match spec after execution."
                    + " Output " + i + ": " + promised[i] + " against " + outputs[i].getSpec());
            }
        }
        if (empty && warning == null) {
            warning = "Node created an empty data table.";
        }
        return outputs;
    }

    private static boolean matches(final PortObjectSpec promised, final PortObjectSpec actual) {
        return promised instanceof DataTableSpec columns ? columns.equalStructure((DataTableSpec)actual)
            : promised.getClass() == actual.getClass();
    }

    /** The class of the view's parameters; empty for a node without a view, or a view without parameters. */
    public Optional<Class<? extends NodeParameters>> viewParametersClass() {
        return definition.view().map(ViewDefinition::parametersClass).map(c -> c.asSubclass(NodeParameters.class));
    }

    /** The stored settings of the view, initially its parameters' initial values. */
    public Map<String, Object> viewSettings() {
        if (viewSettings == null) {
            viewSettings = viewParametersClass().map(c -> ParameterTree.save(ParameterTree.instantiate(c)))
                .orElse(Map.of());
        }
        return viewSettings;
    }

    /** What an execution passed to setInternalData, as it would be saved; null before. */
    public PortObject[] internalData() {
        return internal;
    }

    /** Opens a saved node: it has internal data and was not executed. */
    public void open(final PortObject... saved) {
        internal = saved;
    }

    /**
     * What the view's page gets.
     *
     * @throws IllegalStateException for a node without a view, or one whose page gets nothing
     * @throws InvalidSettingsException when the view's settings cannot be read
     */
    @SuppressWarnings("unchecked")
    public Object initialData() throws InvalidSettingsException {
        final Function<ViewInput, Object> function = (Function<ViewInput, Object>)definition.view()
            .map(ViewDefinition::initialData).orElseThrow(() -> new IllegalStateException("There is no view."));
        final NodeParameters parameters =
            viewParametersClass().isEmpty() ? null : ParameterTree.load(viewParametersClass().get(), viewSettings());
        if (parameters != null) {
            parameters.validate();
        }
        return function.apply(new ViewInput() {
            @Override
            public <S extends NodeParameters> S getParameters() {
                return (S)parameters;
            }

            @Override
            public PortObject[] getInternalPortObjects() {
                return internal;
            }
        });
    }

    /** The warning of the last call; empty for none. */
    public Optional<String> warning() {
        return Optional.ofNullable(warning);
    }
}
