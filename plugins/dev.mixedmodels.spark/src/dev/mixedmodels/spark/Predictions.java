package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.prediction.Census;
import dev.mixedmodels.engine.prediction.PredictedColumns;
import dev.mixedmodels.engine.prediction.Prediction;
import dev.mixedmodels.engine.prediction.PredictionSettings;
import dev.mixedmodels.engine.prediction.Predictor;
import dev.mixedmodels.engine.prediction.Predictors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** A table with the columns of predictions by a model, which the executors make whenever it is read. */
public final class Predictions {
    private static final String NUMBER = "number of the row before prediction";

    private final Dataset<Row> table;
    private final PartCensus census = new PartCensus();

    /** Throws if the model cannot predict rows of the table. */
    Predictions(final Dataset<Row> input, final FittedModel fitted, final ModelSettings settings) {
        final StoredModel model = fitted.model();
        final StructType schema = input.schema();
        final List<String> names = Arrays.asList(schema.fieldNames());
        final PredictionSettings wanted = PredictionSettings.of(settings.values());
        final Predictor predictor = Predictors.of(model, wanted);
        ModelColumns.require(predictor.columns(), names::contains);
        final Set<String> used = new LinkedHashSet<>(predictor.columns()); // weights may be a covariate too
        predictor.optional().stream().filter(names::contains).forEach(used::add);
        final List<InputColumn> columns = new ArrayList<>();
        for (final String name : used) {
            final InputColumn column = InputColumn.of(schema, name, "a part of the model");
            columns.add(model.design() != null && model.design().isNominal(name) ? column.asNominal() : column);
        }
        fitted.columns().requireKinds(name -> names.contains(name) ? InputColumn.kinds(schema).apply(name) : null);
        final PredictedColumns shown = new PredictedColumns(PredictedColumns.Shown.of(settings.values()),
            settings.values().text("columnName"), fitted.columns().response(), names::contains);
        final JavaSparkContext context = JavaSparkContext.fromSparkContext(input.sparkSession().sparkContext());
        context.sc().register(census);
        final boolean whole = model.kind() == ModelKind.MARGINAL && predictor.needsAllRows();
        final Dataset<Row> rows = whole ? together(input, model.visits().subject()) : input;
        StructType all = rows.schema();
        for (final String name : shown.names()) {
            all = all.add(name, DataTypes.DoubleType);
        }
        final Predicting predicting = new Predicting(context.broadcast(new ModelCopy(model)), wanted, columns,
            columns.stream().mapToInt(column -> names.indexOf(column.name())).toArray(), shown, census,
            whole ? Integer.MAX_VALUE : RowSource.BLOCK);
        final Dataset<Row> predicted = input.sparkSession()
            .createDataFrame(rows.toJavaRDD().mapPartitionsWithIndex(predicting::rows, true), all);
        table = whole ? predicted.orderBy(NUMBER).drop(NUMBER) : predicted;
    }

    /** All rows of a level in one partition; numbered, for they leave their order. */
    private static Dataset<Row> together(final Dataset<Row> table, final String column) {
        final Dataset<Row> numbered = table.withColumn(NUMBER, functions.monotonically_increasing_id());
        return Arrays.asList(table.columns()).contains(column) // the whole table may be one subject
            ? SparkRows.byLevel(numbered, InputColumn.in(table, column)) : numbered.coalesce(1);
    }

    /**
     * @return the table with the new columns
     */
    public Dataset<Row> table() {
        return table;
    }

    /**
     * @return what the user should know of the rows that were predicted so far, as full sentences
     */
    public List<String> warnings() {
        final Census all = new Census();
        census.value().values().forEach(all::merge);
        final Warnings warnings = new Warnings();
        all.report(warnings);
        return warnings.list();
    }

    /**
     * Predicts the rows of a partition.
     *
     * @param places of the columns in the rows
     * @param block so many rows at once
     */
    private record Predicting(Broadcast<ModelCopy> model, PredictionSettings settings, List<InputColumn> columns,
        int[] places, PredictedColumns shown, PartCensus census, int block) implements Serializable {

        Iterator<Row> rows(final int partition, final Iterator<Row> rows) {
            final Predictor predictor = Predictors.of(model.value().model(), settings);
            final Census own = new Census();
            return new Iterator<>() {
                private Iterator<Row> ready = List.<Row>of().iterator();
                private long before;

                @Override
                public boolean hasNext() {
                    if (!ready.hasNext() && rows.hasNext()) {
                        final List<Row> next = some(rows);
                        ready = predicted(predictor, next, own, partition, before).iterator();
                        before += next.size();
                    }
                    if (!ready.hasNext()) {
                        census.add(new Tuple2<>(partition, own));
                    }
                    return ready.hasNext();
                }

                @Override
                public Row next() {
                    return ready.next();
                }
            };
        }

        private List<Row> some(final Iterator<Row> rows) {
            final List<Row> some = new ArrayList<>();
            while (some.size() < block && rows.hasNext()) {
                some.add(rows.next());
            }
            return some;
        }

        private List<Row> predicted(final Predictor predictor, final List<Row> rows, final Census own,
            final int partition, final long before) {
            final FrameBuilder builder = RowBlocks.builder(columns, rows.size());
            for (final Row row : rows) {
                for (int c = 0; c < places.length; c++) {
                    columns.get(c).read(row, places[c], builder, c);
                }
                builder.endRow();
            }
            final Frame frame = builder.build();
            try {
                final IntFunction<Prediction> predictions = predictor.predict(frame, own, Progress.NONE);
                final List<Row> all = new ArrayList<>(rows.size());
                for (int i = 0; i < frame.rows(); i++) {
                    all.add(with(rows.get(i), predictions.apply(i)));
                }
                return all;
            } catch (final ModelException e) {
                throw new ModelException(e.message(found -> Arrays.stream(found)
                    .mapToObj(row -> before + row + " of partition " + partition).toArray(String[]::new)), e);
            }
        }

        private Row with(final Row row, final Prediction prediction) {
            final Object[] cells = new Object[row.size() + shown.names().size()];
            for (int c = 0; c < row.size(); c++) {
                cells[c] = row.get(c);
            }
            for (int c = row.size(); c < cells.length; c++) {
                final double value = shown.value(c - row.size(), prediction);
                cells[c] = Double.isNaN(value) ? null : (Object) value;
            }
            return RowFactory.create(cells);
        }
    }
}
