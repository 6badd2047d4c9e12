package dev.mixedmodels.knime.means;

import static dev.mixedmodels.engine.result.Layouts.LEAST_SQUARES_MEANS;

import dev.mixedmodels.engine.common.RowNames;
import dev.mixedmodels.engine.means.MeansSettings;
import dev.mixedmodels.engine.means.ModelMeans;
import dev.mixedmodels.engine.model.ModelText;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.picture.MeansPicture;
import dev.mixedmodels.engine.picture.Picture;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.ModelUse;
import dev.mixedmodels.knime.table.TableCells;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.List;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** Connects the model port to the engine's means. */
final class MixedModelMeansModel {
    static final String NODE = "Mixed Model Means";

    private MixedModelMeansModel() {
    }

    static void configure(final ConfigureInput input, final ConfigureOutput output) throws InvalidSettingsException {
        ModelUse.configure(output, () -> {
            final MixedModelPortObjectSpec model = input.getInPortSpec(0);
            ModelMeans.requireMeans(model.known().node());
            input.<MixedModelMeansParameters>getParameters().toSettings(model.known());
            return TableCells.specs(List.of(LEAST_SQUARES_MEANS, Layouts.JOINT_TESTS));
        });
    }

    static void execute(final ExecuteInput input, final ExecuteOutput output)
        throws CanceledExecutionException, KNIMEException {
        final MixedModelMeansParameters parameters = input.getParameters();
        final MixedModelPortObject object = input.getInPortObject(0);
        ModelUse.execute(input, output, RowNames.NUMBERS, run -> {
            final MeansSettings settings = parameters.toSettings(object.getSpec().known());
            final ModelMeans.Result means =
                ModelMeans.of(object.model(), settings, run.progress().sub(0, 0.8), run.warnings());
            run.progress().report(0.8, "Writing tables");
            return new ModelUse.Output(new PortObject[] {TableWriter.write(run.exec(), LEAST_SQUARES_MEANS, means.rows()),
                TableWriter.write(run.exec(), Layouts.JOINT_TESTS, means.joint())},
                picture(object.model(), parameters, means, run.warnings().list()));
        });
    }

    /** The model in words, as the node that fitted it shows it. */
    private static String formula(final StoredModel model) {
        return model.tables().modelFit().stream().filter(row -> row.statistic().equals("Formula")).map(FitStatisticRow::note)
            .findFirst().orElse("");
    }

    private static Picture picture(final StoredModel model, final MixedModelMeansParameters parameters,
        final ModelMeans.Result means, final List<String> warnings) {
        return new MeansPicture(model.design().formula().response().toString(), parameters.weights.words(), means.rows())
            .picture(NODE, "Means from a model of " + ModelText.summary(model) + ".", formula(model), warnings);
    }
}
