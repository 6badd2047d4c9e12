package dev.mixedmodels.knime.compare;

import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.compare.ModelComparison;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.ModelUse;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.Arrays;
import java.util.List;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** Connects model ports to the engine's comparison. */
final class MixedModelCompareModel {
    private MixedModelCompareModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        ModelUse.configure(output, () -> {
            sameResponse(specs(input.getInPortSpecs()));
            return new PortObjectSpec[] {Layouts.MODELS.spec(), Layouts.TESTS.spec()};
        });
    }

    private static List<MixedModelPortObjectSpec> specs(final PortObjectSpec... all) {
        return Arrays.stream(all).filter(MixedModelPortObjectSpec.class::isInstance)
            .map(MixedModelPortObjectSpec.class::cast).toList();
    }

    private static void sameResponse(final List<MixedModelPortObjectSpec> models) throws InvalidSettingsException {
        for (int i = 1; i < models.size(); i++) {
            if (!models.get(i).response().equals(models.get(0).response())) {
                throw new InvalidSettingsException("Model 1 explains \"" + models.get(0).response() + "\" and Model "
                    + (i + 1) + " explains \"" + models.get(i).response()
                    + "\". Only models of the same response can be compared.");
            }
        }
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        ModelUse.execute(input, output, RowNames.NUMBERS, run -> {
            final MixedModelCompareParameters parameters = input.getParameters();
            final ModelComparison comparison = ModelComparison.of(models(input.getInPortObjects()),
                ModelComparison.Pairs.valueOf(parameters.pairs.name()), run.warnings());
            return new ModelUse.Output(new PortObject[] {
                TableWriter.write(run.exec(), Layouts.MODELS, comparison.models()),
                TableWriter.write(run.exec(), Layouts.TESTS, comparison.tests())}, null);
        });
    }

    private static List<StoredModel> models(final PortObject... all) {
        return Arrays.stream(all).filter(MixedModelPortObject.class::isInstance)
            .map(object -> ((MixedModelPortObject) object).model()).toList();
    }
}
