package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import dev.mixedmodels.engine.common.Warnings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A model of a node on a cluster, whose settings fit the columns of a table. {@link MixedModels#model} has all. */
interface ClusterModel {
    /** What the table of fitted values holds. */
    enum FittedValuesMode {
        ALL_ROWS, NONE
    }

    /** Whether the table of fitted values is wanted. */
    static boolean writesFittedValues(final SettingValues values) {
        return values.choice("fittedValues", FittedValuesMode.class) == FittedValuesMode.ALL_ROWS;
    }

    /** The columns that it needs, and how rows are brought together. */
    NeededColumns columns();

    /**
     * Fits it to rows; may throw whatever Spark throws.
     *
     * @param rows the rows, which the tables keep until they are closed
     * @param progress progress of the whole
     * @param warnings takes what the user should know
     */
    FittedTables fit(SparkRows rows, Progress progress, Warnings warnings);

    /** Fits it to the table; may throw whatever Spark throws. */
    default FittedTables fit(final Dataset<Row> table, final Progress progress) {
        final SparkRows rows = new SparkRows(table, columns());
        try {
            return fit(rows, progress, new Warnings());
        } catch (final Exception e) { // Spark's own are checked and not declared
            rows.close();
            throw e;
        }
    }
}
