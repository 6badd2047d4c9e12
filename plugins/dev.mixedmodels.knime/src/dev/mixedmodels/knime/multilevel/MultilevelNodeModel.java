package dev.mixedmodels.knime.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.multilevel.MultilevelFit;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.picture.MixedModelPicture;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.knime.mixed.MixedModelTables;
import dev.mixedmodels.knime.mixed.MixedModelTables.Fit;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.ModelExecution;
import dev.mixedmodels.knime.node.ModelUse.Output;
import dev.mixedmodels.knime.node.ModelExecution.Run;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import dev.mixedmodels.knime.table.FrameReader;
import java.util.List;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** Connects the table to the engine's multilevel model. */
final class MultilevelNodeModel {
    private MultilevelNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        ModelExecution.configure(input, output, MultilevelNodeModel::check);
    }

    private static PortObjectSpec[] check(final MultilevelModelParameters parameters, final DataTableSpec spec)
        throws InvalidSettingsException {
        return MixedModelTables.specs(modelSpec(parameters, parameters.toSettings(spec), spec));
    }

    private static MixedModelPortObjectSpec modelSpec(final MultilevelModelParameters parameters,
        final MultilevelSettings settings, final DataTableSpec spec) throws InvalidSettingsException {
        final List<String> columns = settings.model().columns();
        return new MixedModelPortObjectSpec(ModelKind.MULTILEVEL, spec, columns.get(0), columns)
            .withMean(parameters.modelFormula().fixed(), parameters.nominal());
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        ModelExecution.execute(input, output, MultilevelNodeModel::run);
    }

    private static Output run(final Run<MultilevelModelParameters> run)
        throws CanceledExecutionException, InvalidSettingsException {
        final MultilevelModelParameters parameters = run.parameters();
        final BufferedDataTable table = run.table();
        final ExecutionContext exec = run.exec();
        final Progress progress = run.progress();
        final Warnings warnings = run.warnings();
        final MultilevelSettings settings = parameters.toSettings(table.getDataTableSpec());
        final Frame frame = FrameReader.read(table, parameters.withWeights(settings.model().columns()), parameters.nominal(),
            TimeUnitMode.DAYS, progress.sub(0, 0.3));
        final MultilevelFit fit = MultilevelModel.fit(settings, frame, progress.sub(0.3, 0.8), warnings);
        final MixedModelPicture picture = new MixedModelPicture("Multilevel Model", frame, false, null, null);
        return MixedModelTables.write(exec, table, modelSpec(parameters, settings, table.getDataTableSpec()),
            new Fit(fit.tables(), fit.fittedValues(), parameters.writesFittedValues(), fit.design(), fit.model()), picture,
            progress.sub(0.8, 1),
            warnings);
    }
}
