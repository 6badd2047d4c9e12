package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.RowFingerprint;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.picture.MixedModelPicture;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.Layouts;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.MixedModelPortObjectSpec;
import dev.mixedmodels.knime.node.LearnerNode.Run;
import dev.mixedmodels.knime.node.LearnerNode;
import dev.mixedmodels.knime.node.ModelUse.Output;
import dev.mixedmodels.knime.node.Ports;
import dev.mixedmodels.knime.table.TableCells;
import dev.mixedmodels.knime.table.TableSource;
import dev.mixedmodels.knime.table.TableWriter;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObjectSpec;

/**
 * A node whose model has least-squares means: eight tables and the model.
 *
 * @param <P> the node's settings
 * @param <S> those of the engine
 */
public final class MixedModelNode<P extends MixedModelParameters, S> {
    private static final int TABLES = 8;

    private final ModelKind kind;
    private final Settings<P, S> settings;
    private final Fit<S> fit;
    private final BiFunction<S, Frame, MixedModelPicture> picture;

    private MixedModelNode(final ModelKind kind, final Settings<P, S> settings, final Fit<S> fit,
        final BiFunction<S, Frame, MixedModelPicture> picture) {
        this.kind = kind;
        this.settings = settings;
        this.fit = fit;
        this.picture = picture;
    }

    /**
     * Turns settings of a node into those of the engine.
     *
     * @param <P> the node's settings
     * @param <S> those of the engine
     */
    @FunctionalInterface
    public interface Settings<P, S> {
        /**
         * @param parameters the node's settings
         * @param spec the input table
         * @return those of the engine
         * @throws InvalidSettingsException if the settings do not fit the table
         */
        S of(P parameters, DataTableSpec spec) throws InvalidSettingsException;
    }

    /**
     * Fits a model.
     *
     * @param <S> its settings
     */
    @FunctionalInterface
    public interface Fit<S> {
        /**
         * @param settings the settings
         * @param table the input table
         * @param progress progress of the fit and its tables
         * @param warnings takes what the user should know
         * @return the fitted model
         */
        ModelFit of(S settings, RowSource table, Progress progress, Warnings warnings);
    }

    /**
     * @param <P> the node's settings
     * @param <S> those of the engine
     * @param kind which node it is
     * @param settings the settings for the engine
     * @param fit fits the model
     * @param picture gathers what the view shows
     * @return the node
     */
    public static <P extends MixedModelParameters, S> LearnerNode<P> of(final ModelKind kind, final Settings<P, S> settings,
        final Fit<S> fit, final BiFunction<S, Frame, MixedModelPicture> picture) {
        final MixedModelNode<P, S> node = new MixedModelNode<>(kind, settings, fit, picture);
        return new LearnerNode<>(node::specs, node::run);
    }

    private PortObjectSpec[] specs(final P parameters, final DataTableSpec spec) throws InvalidSettingsException {
        settings.of(parameters, spec);
        return Ports.specs(TableCells.specs(Layouts.MODEL_WITH_MEANS), modelSpec(parameters, spec));
    }

    private MixedModelPortObjectSpec modelSpec(final P parameters, final DataTableSpec spec)
        throws InvalidSettingsException {
        final Formula formula = parameters.modelFormula();
        return new MixedModelPortObjectSpec(ModelColumns.of(kind, formula.response().column(), parameters.columns(),
            MixedModelPortObjectSpec.kinds(spec)).withMean(formula, parameters.categories()));
    }

    private Output run(final Run<P> run) throws CanceledExecutionException, InvalidSettingsException {
        final P parameters = run.parameters();
        final BufferedDataTable table = run.table();
        final S chosen = settings.of(parameters, table.getDataTableSpec());
        final TableSource source = new TableSource(table, parameters.withWeights(parameters.columns()),
            parameters.nominal(), parameters.timeUnit(), run.progress().sub(0, 0.05));
        final ModelFit fitted = fit.of(chosen, source, run.progress().sub(0.05, 0.8), run.warnings());
        final MixedModelPicture shown = picture.apply(chosen, source.header());
        final Progress progress = run.progress().sub(0.8, 1);
        progress.report(0, "Writing tables");
        final ModelTables tables = fitted.tables();
        final BufferedDataTable[] all = Arrays.copyOf(TableWriter.write(run.exec(), tables, shown::add), TABLES);
        final RowFingerprint.Builder rows = new RowFingerprint.Builder();
        all[TABLES - 3] = fittedValues(run, source, fitted, shown, rows, progress.sub(0.5, 0.9));
        all[TABLES - 2] = TableWriter.write(run.exec(), Layouts.LEAST_SQUARES_MEANS, tables.means());
        all[TABLES - 1] = TableWriter.write(run.exec(), Layouts.INFLUENCE, tables.influence());
        progress.report(0.9, "The model");
        final StoredModel model = fitted.model().get().withRows(rows.build());
        progress.report(0.95, "What the view shows");
        return new Output(Ports.outputs(all,
            new MixedModelPortObject(modelSpec(parameters, table.getDataTableSpec()), model)),
            shown.picture(tables, part -> again(source, fitted, part, progress), run.warnings().list()));
    }

    private static void again(final TableSource source, final ModelFit fitted,
        final BiConsumer<Frame, FittedPart> consumer, final Progress progress) {
        final Function<Frame, FittedPart> parts = fitted.parts().begin(false);
        try {
            source.forEach(progress.quiet(), (part, keys) -> consumer.accept(part, parts.apply(part)));
        } catch (final CanceledExecutionException e) {
            throw (CancellationException) new CancellationException().initCause(e);
        }
    }

    private BufferedDataTable fittedValues(final Run<P> run, final TableSource source, final ModelFit fitted,
        final MixedModelPicture shown, final RowFingerprint.Builder rows, final Progress progress)
        throws CanceledExecutionException {
        final Function<Frame, FittedPart> parts = fitted.parts().begin(true);
        try (TableWriter<FittedRow> writer =
            new TableWriter<>(run.exec(), Layouts.FITTED_VALUES, run.parameters().writesFittedValues())) {
            source.forEach(progress, (part, keys) -> {
                final FittedPart found = parts.apply(part);
                for (int row = 0; row < keys.size(); row++) {
                    final FittedRow values = found.rows().apply(row);
                    writer.add(keys.get(row), values);
                    shown.add(values, found.units().applyAsInt(row));
                    final double response = found.responses().applyAsDouble(row);
                    if (!Double.isNaN(response)) {
                        rows.add(response, keys.get(row).getString());
                    }
                }
            });
            return writer.table();
        }
    }
}
