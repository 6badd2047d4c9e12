package dev.mixedmodels.knime.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.result.ModelTables;
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

/** Connects the table to the engine's longitudinal model. */
final class LongitudinalNodeModel {
    private LongitudinalNodeModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        ModelExecution.configure(input, output, LongitudinalNodeModel::check);
    }

    private static PortObjectSpec[] check(final LongitudinalMixedModelParameters parameters, final DataTableSpec spec)
        throws InvalidSettingsException {
        return MixedModelTables.specs(modelSpec(parameters, parameters.toSettings(spec), spec));
    }

    private static MixedModelPortObjectSpec modelSpec(final LongitudinalMixedModelParameters parameters,
        final LongitudinalSettings settings, final DataTableSpec spec) throws InvalidSettingsException {
        return new MixedModelPortObjectSpec(ModelKind.LONGITUDINAL, spec, settings.formula().response().column(),
            parameters.columns()).withMean(settings.formula().fixed(), parameters.nominal());
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        ModelExecution.execute(input, output, LongitudinalNodeModel::run);
    }

    private static Output run(final Run<LongitudinalMixedModelParameters> run)
        throws CanceledExecutionException, InvalidSettingsException {
        final LongitudinalMixedModelParameters parameters = run.parameters();
        final BufferedDataTable table = run.table();
        final ExecutionContext exec = run.exec();
        final Progress progress = run.progress();
        final Warnings warnings = run.warnings();
        final LongitudinalSettings settings = parameters.toSettings(table.getDataTableSpec());
        final Frame frame = FrameReader.read(table, parameters.withWeights(parameters.columns()), parameters.nominal(),
            parameters.timeUnit, progress.sub(0, 0.3));
        final LongitudinalFit fit =
            LongitudinalModel.fit(settings, frame, parameters.options(), progress.sub(0.3, 0.5), warnings);
        final ModelTables tables = fit.tables(progress.sub(0.5, 0.8), warnings);
        progress.report(0.8, "Fitted values");
        final MixedModelPicture picture = new MixedModelPicture("Longitudinal Mixed Model", frame, false,
            settings.layout().subject(), settings.layout().time());
        return MixedModelTables.write(exec, table, modelSpec(parameters, settings, table.getDataTableSpec()),
            new Fit(tables, fit.fittedValues(), parameters.writesFittedValues(), fit.design(), () -> fit.stored(tables)), picture,
            progress.sub(0.8, 1), warnings);
    }
}
