package dev.mixedmodels.spark;

import dev.mixedmodels.engine.result.TableLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of an output table as Spark's, with the row's id before them, and its rows. What is missing is null.
 *
 * @param <R> the record that a row shows
 */
final class SparkTable<R> {
    private static final String ROW_ID = "RowID";

    private final List<StructField> fields = new ArrayList<>();
    private final List<Function<R, Object>> cells = new ArrayList<>();

    SparkTable(final TableLayout<R> layout) {
        fields.add(DataTypes.createStructField(ROW_ID, DataTypes.StringType, false));
        layout.accept(new TableLayout.Visitor<>() {
            @Override
            public void text(final String name, final Function<R, String> value) {
                add(name, DataTypes.StringType, value::apply);
            }

            @Override
            public void number(final String name, final boolean precise, final ToDoubleFunction<R> value) {
                add(name, DataTypes.DoubleType, record -> {
                    final double number = value.applyAsDouble(record);
                    return Double.isNaN(number) ? null : (Object) number;
                });
            }

            @Override
            public void count(final String name, final ToLongFunction<R> value) {
                add(name, DataTypes.LongType, value::applyAsLong);
            }

            @Override
            public void flag(final String name, final Predicate<R> value) {
                add(name, DataTypes.BooleanType, value::test);
            }
        });
    }

    private void add(final String name, final DataType type, final Function<R, Object> cell) {
        fields.add(DataTypes.createStructField(name, type, true));
        cells.add(cell);
    }

    StructType schema() {
        return DataTypes.createStructType(fields);
    }

    Row row(final String id, final R record) {
        final Object[] row = new Object[cells.size() + 1];
        row[0] = id;
        for (int c = 0; c < cells.size(); c++) {
            row[c + 1] = cells.get(c).apply(record);
        }
        return RowFactory.create(row);
    }

    /** The same row with another id. */
    static Row withId(final Row row, final String id) {
        final Object[] cells = new Object[row.size()];
        Arrays.setAll(cells, c -> c == 0 ? id : row.get(c));
        return RowFactory.create(cells);
    }

    /** The rows of a small table, with ids from 0 on. */
    List<Row> rows(final Iterable<R> records) {
        final List<Row> rows = new ArrayList<>();
        records.forEach(record -> rows.add(row(RowNumbers.name(rows.size()), record)));
        return rows;
    }
}
