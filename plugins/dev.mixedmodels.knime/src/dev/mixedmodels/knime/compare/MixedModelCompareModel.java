package dev.mixedmodels.knime.compare;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.compare.BootstrapSettings;
import dev.mixedmodels.engine.compare.ModelComparison;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.ModelUse;
import dev.mixedmodels.knime.settings.TimeUnitMode;
import dev.mixedmodels.knime.table.TableSource;
import dev.mixedmodels.knime.table.RowIds;
import dev.mixedmodels.knime.table.TableCells;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** Connects model ports, and the table at the optional port, to the engine's comparison. */
final class MixedModelCompareModel {
    private MixedModelCompareModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        ModelUse.configure(output, () -> {
            final MixedModelCompareParameters parameters = input.getParameters();
            final List<ModelColumns> models = only(MixedModelPortObjectSpec.class, input.getInPortSpecs()).stream()
                .map(MixedModelPortObjectSpec::known).toList();
            sameResponse(models);
            if (parameters.bootstrap) {
                columns(models, only(DataTableSpec.class, input.getInPortSpecs()));
            }
            return TableCells.specs(List.of(Layouts.MODELS, Layouts.TESTS));
        });
    }

    /** The inputs of a kind, in their order. */
    private static <T> List<T> only(final Class<T> type, final Object... inputs) {
        return Stream.of(inputs).filter(type::isInstance).map(type::cast).toList();
    }

    private static void sameResponse(final List<ModelColumns> models) throws InvalidSettingsException {
        for (int i = 1; i < models.size(); i++) {
            if (!models.get(i).explained().equals(models.get(0).explained())) {
                throw new InvalidSettingsException("Model 1 explains \"" + models.get(0).explained() + "\" and Model "
                    + (i + 1) + " explains \"" + models.get(i).explained() + "\". Likelihoods of different responses cannot be "
                    + "compared, nor those of a response and a function of it. Fit models of the same response.");
            }
        }
    }

    private static void columns(final List<ModelColumns> models, final List<DataTableSpec> tables)
        throws InvalidSettingsException {
        if (tables.isEmpty()) {
            throw new InvalidSettingsException("The bootstrap needs the table that the models were fitted to. Add the port for "
                + "data (the three dots of the node) and connect it, or switch \"" + MixedModelCompareParameters.BOOTSTRAP
                + "\" off.");
        }
        for (int i = 0; i < models.size(); i++) {
            for (final String column : models.get(i).columns()) {
                if (!tables.get(0).containsName(column)) {
                    throw new InvalidSettingsException("The table at the port for data has no column \"" + column
                        + "\", which Model " + (i + 1) + " uses. Connect the table that the models were fitted to.");
                }
            }
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        final List<BufferedDataTable> tables = only(BufferedDataTable.class, (Object[]) input.getInPortObjects());
        ModelUse.execute(input, output, tables.isEmpty() ? RowNames.NUMBERS : new RowIds(tables.get(0)), run -> {
            final MixedModelCompareParameters parameters = input.getParameters();
            final List<StoredModel> models = only(MixedModelPortObject.class, (Object[]) input.getInPortObjects()).stream()
                .map(MixedModelPortObject::model).toList();
            final ModelComparison comparison = ModelComparison.of(models,
                ModelComparison.Pairs.valueOf(parameters.pairs.name()), parameters.bootstrap
                    ? bootstrap(parameters, models, tables.get(0), run.progress().sub(0, 0.1)) : null,
                run.progress().sub(0.1, 1), run.warnings());
            return new ModelUse.Output(new PortObject[] {
                TableWriter.write(run.exec(), Layouts.MODELS, comparison.models()),
                TableWriter.write(run.exec(), Layouts.TESTS, comparison.tests())}, null);
        });
    }

    private static BootstrapSettings bootstrap(final MixedModelCompareParameters parameters, final List<StoredModel> models,
        final BufferedDataTable table, final Progress progress) throws CanceledExecutionException {
        final Map<StoredModel, Frame> frames = new IdentityHashMap<>();
        for (final StoredModel model : models) {
            if (model.design() != null) {
                frames.put(model, new TableSource(table, ModelComparison.columns(model), ModelComparison.categories(model),
                    TimeUnitMode.DAYS, progress).frame(progress));
            }
        }
        return new BootstrapSettings(frames::get, parameters.bootstrapReplicates, parameters.seed);
    }
}
