package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Fits the models of the nodes to a table on Spark. As a program:
 * {@code spark-submit --class dev.mixedmodels.spark.MixedModels mixed-models-spark.jar NODE --input PATH ... --output PATH}.
 */
public final class MixedModels {
    /** The nodes that fit a model. */
    static final List<String> NODES = List.of("random-intercept-anova", "longitudinal-mixed-model",
        "marginal-repeated-measures", "empirical-bayes-shrinkage", "multilevel-model");

    /** The node that predicts. */
    static final String PREDICTOR = "mixed-model-predictor";

    private MixedModels() {
    }

    /**
     * Fits a model.
     *
     * @param table the data in long format; its rows are called Row0, Row1, ... in their order
     * @param settings which model
     * @return the tables of the node, to be closed when they have been read
     * @throws ModelException if the model cannot be fitted, with what to do about it
     * @throws CancellationException if the job was cancelled
     */
    public static FittedTables fit(final Dataset<Row> table, final ModelSettings settings) {
        try {
            return model(table.schema(), settings).fit(table, Progress.NONE);
        } catch (final Exception e) { // Spark's own are checked and not declared
            throw SparkFailures.inWords(e);
        }
    }

    /**
     * Predicts rows by a model.
     *
     * @param table the rows, with the columns that the model needs
     * @param model the model
     * @return the table with new columns as Mixed Model Predictor makes them, from all random effects
     * @throws ModelException if the model cannot predict rows of this table
     */
    public static Predictions predict(final Dataset<Row> table, final FittedModel model) {
        return predict(table, model, ModelSettings.of(PREDICTOR));
    }

    /**
     * Predicts rows by a model.
     *
     * @param table the rows, with the columns that the model needs
     * @param model the model
     * @param settings of the node {@code mixed-model-predictor}
     * @return the table with new columns as the node makes them
     * @throws ModelException if the settings are impossible, or the model cannot predict rows of this table
     */
    public static Predictions predict(final Dataset<Row> table, final FittedModel model, final ModelSettings settings) {
        return new Predictions(table, model, settings);
    }

    /** The model; throws if the settings are impossible or do not fit the columns of the table. */
    static ClusterModel model(final StructType table, final ModelSettings settings) {
        return switch (settings.node()) {
            case "random-intercept-anova" -> new RandomInterceptAnova(table, settings.values());
            case "longitudinal-mixed-model" -> new LongitudinalMixedModel(table, settings.values());
            case "marginal-repeated-measures" -> new MarginalRepeatedMeasures(table, settings.values());
            case "empirical-bayes-shrinkage" -> new EmpiricalBayesShrinkage(table, settings.values());
            case "multilevel-model" -> new MultilevelNode(table, settings.values());
            default -> throw new ModelException("The node \"" + settings.node() + "\" fits no model. Choose one of "
                + String.join(", ", NODES) + ".");
        };
    }

    /**
     * @param arguments a command, see {@link Program#USAGE}
     */
    public static void main(final String... arguments) {
        System.exit(Program.run(arguments, System.out, System.err));
    }
}
