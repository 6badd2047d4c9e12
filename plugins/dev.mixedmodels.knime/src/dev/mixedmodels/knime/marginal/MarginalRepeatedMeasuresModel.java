package dev.mixedmodels.knime.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.marginal.MarginalFit;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.picture.MixedModelPicture;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.knime.mixed.MixedModelTables;
import dev.mixedmodels.knime.mixed.MixedModelTables.Fit;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.ModelExecution;
import dev.mixedmodels.knime.node.ModelUse.Output;
import dev.mixedmodels.knime.node.ModelExecution.Run;
import dev.mixedmodels.knime.table.FrameReader;
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

/** Connects the table to the engine's marginal model. */
final class MarginalRepeatedMeasuresModel {
    private MarginalRepeatedMeasuresModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        ModelExecution.configure(input, output, MarginalRepeatedMeasuresModel::check);
    }

    private static PortObjectSpec[] check(final MarginalRepeatedMeasuresParameters parameters, final DataTableSpec spec)
        throws InvalidSettingsException {
        return MixedModelTables.specs(modelSpec(parameters, parameters.toSettings(spec), spec));
    }

    private static MixedModelPortObjectSpec modelSpec(final MarginalRepeatedMeasuresParameters parameters,
        final MarginalSettings settings, final DataTableSpec spec) throws InvalidSettingsException {
        return new MixedModelPortObjectSpec(ModelKind.MARGINAL, spec, settings.formula().response().column(),
            parameters.columns()).withMean(settings.formula().fixed(), parameters.categories());
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        ModelExecution.execute(input, output, MarginalRepeatedMeasuresModel::run);
    }

    private static Output run(final Run<MarginalRepeatedMeasuresParameters> run)
        throws CanceledExecutionException, InvalidSettingsException {
        final MarginalRepeatedMeasuresParameters parameters = run.parameters();
        final BufferedDataTable table = run.table();
        final ExecutionContext exec = run.exec();
        final Progress progress = run.progress();
        final Warnings warnings = run.warnings();
        final MarginalSettings settings = parameters.toSettings(table.getDataTableSpec());
        final Frame frame = FrameReader.read(table, parameters.withWeights(parameters.columns()), parameters.nominal(),
            parameters.timeUnit, progress.sub(0, 0.3));
        final MarginalFit fit = MarginalModel.fit(settings, frame, progress.sub(0.3, 0.8), warnings);
        final MixedModelPicture picture = new MixedModelPicture("Marginal Repeated Measures", frame, true,
            settings.layout().subject(),
            settings.layout().visit() != null ? settings.layout().visit() : settings.layout().time());
        return MixedModelTables.write(exec, table, modelSpec(parameters, settings, table.getDataTableSpec()),
            new Fit(fit.tables(), fit.fittedValues(), parameters.writesFittedValues(), fit.design(), fit.model()), picture, progress.sub(0.8, 1),
            warnings);
    }
}
