package dev.mixedmodels.headless.sample;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** A node that writes its settings into a table; a faithful small user of the platform's API. */
public final class SampleNodeFactory extends DefaultNodeFactory {

    private static final DataTableSpec OUTPUT =
        new DataTableSpec(new String[]{"Text", "Number"}, new DataType[]{StringCell.TYPE, DoubleCell.TYPE});

    private static final DefaultNode NODE = DefaultNode.create() //
        .name("Sample (Labs) Node") //
        .icon("./sample.png") //
        .shortDescription("Writes its settings down.") //
        .fullDescription("<p>First &lt;paragraph&gt; with y<sub>i</sub>.</p><ul><li>An item</li></ul>") //
        .sinceVersion(1, 0, 0) //
        .ports(p -> p.addInputTable("Data", "A table.").addOutputTable("Written Settings", "One row.")) //
        .model(m -> m.parametersClass(SampleParameters.class) //
            .configure(SampleNodeFactory::configure).execute(SampleNodeFactory::execute)) //
        .nodeType(NodeType.Learner) //
        .keywords("sample");

    public SampleNodeFactory() {
        super(NODE);
    }

    private static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final SampleParameters parameters = in.getParameters();
        if (!in.getInTableSpec(0).containsName(parameters.response)) {
            throw new InvalidSettingsException("No column \"" + parameters.response + "\".");
        }
        out.setWarningMessage("from configure");
        out.setOutSpecs(OUTPUT);
    }

    private static void execute(final ExecuteInput in, final ExecuteOutput out)
        throws CanceledExecutionException, KNIMEException {
        final SampleParameters parameters = in.getParameters();
        in.getExecutionContext().setProgress(0.5, "half");
        in.getExecutionContext().checkCanceled();
        switch (parameters.behaviour) {
            case FAIL -> throw new KNIMEException("It was told to fail.");
            case CRASH -> throw new IllegalArgumentException("It was told to crash.");
            case NO_OUTPUT -> {
                return;
            }
            default -> {
                out.setWarningMessage("first");
                out.setWarningMessage("second");
            }
        }
        final boolean other = parameters.behaviour == SampleParameters.Behaviour.OTHER_SPEC;
        final BufferedDataContainer container =
            in.getExecutionContext().createDataContainer(other ? new DataTableSpec() : OUTPUT);
        if (!other) {
            container.addRowToTable(new DefaultRow(new RowKey("only"), new StringCell(parameters.response),
                new DoubleCell(parameters.confidenceLevel)));
        }
        container.close();
        out.setOutData(container.getTable());
    }
}
