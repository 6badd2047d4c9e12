package dev.mixedmodels.knime.oneway;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.GroupedRows;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.oneway.RandomInterceptFit;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.picture.RandomInterceptPicture;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.LearnerNode;
import dev.mixedmodels.knime.node.ModelUse.Output;
import dev.mixedmodels.knime.node.LearnerNode.Run;
import dev.mixedmodels.knime.node.Ports;
import dev.mixedmodels.knime.table.TableCells;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.Arrays;
import java.util.List;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObjectSpec;

/** Connects the table to the engine's one-way random effects model. */
final class RandomInterceptAnovaModel {
    private static final int TABLES = 7;

    static final LearnerNode<RandomInterceptAnovaParameters> NODE =
        new LearnerNode<>(RandomInterceptAnovaModel::check, RandomInterceptAnovaModel::run);

    private RandomInterceptAnovaModel() {
    }

    private static PortObjectSpec[] check(final RandomInterceptAnovaParameters parameters, final DataTableSpec spec)
        throws InvalidSettingsException {
        return Ports.specs(TableCells.specs(Layouts.GROUP_MODEL), modelSpec(parameters.toSettings(spec), spec));
    }

    private static MixedModelPortObjectSpec modelSpec(final RandomInterceptSettings settings, final DataTableSpec spec) {
        return new MixedModelPortObjectSpec(ModelColumns.of(ModelKind.RANDOM_INTERCEPT, settings.response(),
            List.of(settings.response(), settings.group()), MixedModelPortObjectSpec.kinds(spec)));
    }

    private static Output run(final Run<RandomInterceptAnovaParameters> run)
        throws CanceledExecutionException, InvalidSettingsException {
        final RandomInterceptAnovaParameters parameters = run.parameters();
        final BufferedDataTable table = run.table();
        final ExecutionContext exec = run.exec();
        final Progress progress = run.progress();
        final Warnings warnings = run.warnings();
        final RandomInterceptSettings settings = parameters.toSettings(table.getDataTableSpec());
        final GroupedReading reading = new GroupedReading(table, GroupedRows.of(parameters.values()));
        final GroupedData data = reading.statistics(progress.sub(0, 0.4), warnings);
        final RandomInterceptFit fit = RandomInterceptModel.fit(settings, data, progress.sub(0.4, 0.6), warnings);
        progress.report(0.6, "Writing tables");
        final RandomInterceptPicture picture = new RandomInterceptPicture(settings.response(), settings.group());
        final BufferedDataTable[] tables = Arrays.copyOf(TableWriter.write(exec, fit.tables(), picture::add), TABLES);
        tables[TABLES - 2] = reading.fittedValues(fit.fittedValues().get(), parameters.writesFittedValues(), picture, exec,
            progress.sub(0.7, 1));
        tables[TABLES - 1] = TableWriter.write(exec, Layouts.INFLUENCE, fit.tables().influence());
        final MixedModelPortObject model = new MixedModelPortObject(modelSpec(settings, table.getDataTableSpec()),
            fit.model().get().withRows(reading.rows()));
        return new Output(Ports.outputs(tables, model), picture.picture(fit.tables(), fit.profiles().get(),
            settings.inference().confidence(),
            warnings.list()));
    }
}
