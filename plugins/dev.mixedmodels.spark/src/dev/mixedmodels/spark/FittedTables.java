package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.model.ModelColumns;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.result.TableLayout;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The output tables of a fitted model by name, in the order of the node's ports. Those with a row per unit or row are
 * computed by the executors whenever they are read, from rows that Spark keeps until this is closed.
 */
public final class FittedTables implements AutoCloseable {
    /** Of CSV: a line of names, and quotation marks in texts doubled. */
    static final Map<String, String> CSV = Map.of("header", "true", "escape", "\"");

    private final Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    private final Set<String> small = new HashSet<>();
    private final SparkRows rows;
    private final SparkSession session;
    private final List<String> warnings;
    private ModelColumns known;
    private Supplier<StoredModel> stored;
    private StoredModel model; // made when first asked for

    FittedTables(final SparkRows rows, final Warnings warnings) {
        this.rows = rows;
        session = rows.session();
        this.warnings = List.copyOf(warnings.list());
    }

    /** Adds a table whose rows are known. */
    <R> FittedTables add(final TableLayout<R> layout, final Iterable<R> records) {
        final SparkTable<R> table = new SparkTable<>(layout);
        tables.put(layout.name(), session.createDataFrame(table.rows(records), table.schema()));
        small.add(layout.name());
        return this;
    }

    /** Adds a table whose rows the executors make. */
    FittedTables add(final TableLayout<?> layout, final JavaRDD<Row> rows) {
        tables.put(layout.name(), session.createDataFrame(rows, new SparkTable<>(layout).schema()));
        return this;
    }

    /** Adds the model without its data, which is made when it is asked for. */
    FittedTables with(final ModelColumns columns, final Supplier<StoredModel> wanted) {
        known = columns;
        stored = wanted;
        return this;
    }

    /**
     * @return the fitted model, which predicts other rows and can be written to a file that KNIME reads
     */
    public synchronized FittedModel model() {
        if (model == null) {
            model = stored.get();
        }
        return new FittedModel(known.fitted(model.design()), model);
    }

    /**
     * @return all tables by name, such as {@code Fixed effects}, each with the id of the row in the column
     *         {@code RowID}
     */
    public Map<String, Dataset<Row>> tables() {
        return new LinkedHashMap<>(tables);
    }

    /**
     * @param name of a table
     * @return the table
     * @throws IllegalArgumentException if there is no such table
     */
    public Dataset<Row> table(final String name) {
        if (!tables.containsKey(name)) {
            throw new IllegalArgumentException("There is no table \"" + name + "\" but " + tables.keySet() + ".");
        }
        return tables.get(name);
    }

    /**
     * @return what the user should know, as full sentences
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Writes all tables, each to a folder of its own, and the model to a file, named as run-node names its files:
     * {@code 1-fixed-effects} ... {@code 9-model.zip}.
     *
     * @param folder where to, as Spark takes it
     * @param format as Spark calls it: parquet, csv ...
     */
    public void save(final String folder, final String format) {
        int number = 1;
        for (final Map.Entry<String, Dataset<Row>> table : tables.entrySet()) {
            final Dataset<Row> rows = small.contains(table.getKey()) ? table.getValue().coalesce(1) : table.getValue();
            rows.write().options(CSV).format(format).save(folder + "/" + number++ + "-"
                + table.getKey().toLowerCase(Locale.ROOT).replace(' ', '-'));
        }
        model().save(session, folder + "/" + number + "-model.zip");
    }

    /** Releases what Spark keeps; tables that are read afterwards are computed from the input again. */
    @Override
    public void close() {
        rows.close();
    }
}
