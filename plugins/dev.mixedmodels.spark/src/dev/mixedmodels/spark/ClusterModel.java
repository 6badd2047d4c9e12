package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.SettingValues;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A model whose settings fit the columns of a table. */
interface ClusterModel {
    /** What the table of fitted values holds. */
    enum FittedValuesMode {
        ALL_ROWS, NONE
    }

    /** Whether the table of fitted values is wanted. */
    static boolean writesFittedValues(final SettingValues values) {
        return values.choice("fittedValues", FittedValuesMode.class) == FittedValuesMode.ALL_ROWS;
    }

    /** Fits it to the table; may throw whatever Spark throws. */
    FittedTables fit(Dataset<Row> table, Progress progress);
}
