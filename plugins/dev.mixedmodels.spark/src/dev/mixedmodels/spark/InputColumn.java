package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.model.ColumnKind;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * A column that a model needs: texts and truth values are nominal, whole numbers integer, other numbers numeric.
 *
 * @param name its name
 * @param kind what the engine takes it for
 */
record InputColumn(String name, ColumnKind kind) implements Serializable {
    /** Chosen for a part in the model: the error if the table does not have it. */
    static InputColumn of(final StructType table, final String name, final String role) {
        if (name.isEmpty()) {
            throw new ModelException("No column is chosen as " + role + ". Set it; on a cluster nothing is guessed.");
        }
        if (!Arrays.asList(table.fieldNames()).contains(name)) {
            throw new ModelException("The input has no column \"" + name + "\", which is set as " + role + ". It has "
                + String.join(", ", table.fieldNames()) + ".");
        }
        final DataType type = table.apply(name).dataType();
        final ColumnKind kind = kind(type);
        if (kind == null) {
            throw new ModelException("The column \"" + name + "\", which is set as " + role + ", is of type "
                + type.simpleString() + ", which a model on Spark cannot use. Choose a column of numbers or texts, or cast "
                + "it: dates to days with datediff.");
        }
        return new InputColumn(name, kind);
    }

    private static ColumnKind kind(final DataType type) {
        if (type instanceof StringType || type instanceof BooleanType) {
            return ColumnKind.NOMINAL;
        } else if (type instanceof ByteType || type instanceof ShortType || type instanceof IntegerType
            || type instanceof LongType) {
            return ColumnKind.WHOLE;
        }
        return type instanceof FloatType || type instanceof DoubleType || type instanceof DecimalType ? ColumnKind.NUMBER
            : null;
    }

    /** How models read a column of a table that they can use. */
    static Function<String, ColumnKind> kinds(final StructType table) {
        return name -> kind(table.apply(name).dataType());
    }

    /** The same, for numbers only. */
    static InputColumn numeric(final StructType table, final String name, final String role) {
        final InputColumn column = of(table, name, role);
        if (column.kind == ColumnKind.NOMINAL) {
            throw new ModelException("The column \"" + name + "\", which is set as " + role + ", is not numeric but of "
                + "type " + table.apply(name).dataType().simpleString() + ". Choose a numeric column or cast it.");
        }
        return column;
    }

    /** The same, for columns that can name groups. */
    static InputColumn grouping(final StructType table, final String name, final String role) {
        final InputColumn column = of(table, name, role);
        if (column.kind == ColumnKind.NUMBER) {
            throw new ModelException("The column \"" + name + "\", which is set as " + role + ", is of type "
                + table.apply(name).dataType().simpleString() + ", whose values cannot name groups. Choose a column of "
                + "texts or whole numbers, or cast it.");
        }
        return column;
    }

    /** The same column with whole numbers as texts. */
    InputColumn asNominal() {
        return new InputColumn(name, ColumnKind.NOMINAL);
    }

    /** The same column with numbers in the place of what it has. */
    InputColumn asWhole() {
        return new InputColumn(name, ColumnKind.WHOLE);
    }

    /** Refuses columns of which one plays two parts. */
    static List<InputColumn> requireDifferent(final List<InputColumn> columns) {
        final Set<String> seen = new HashSet<>();
        columns.stream().filter(column -> !seen.add(column.name)).findFirst().ifPresent(column -> {
            throw new ModelException("The column \"" + column.name + "\" is set twice. Choose different columns.");
        });
        return columns;
    }

    /** Declares the column; its index is its place among all. */
    void declare(final FrameBuilder builder) {
        switch (kind) {
            case NOMINAL -> builder.addNominal(name);
            case WHOLE -> builder.addInteger(name);
            default -> builder.addNumeric(name);
        }
    }

    /** This name as a column of a table, whatever it is spelled with. */
    static Column in(final Dataset<Row> table, final String name) {
        return table.col("`" + name.replace("`", "``") + "`");
    }

    /** Hands the value at a place of a row to a column of the builder. */
    void read(final Row row, final int place, final FrameBuilder builder, final int column) {
        if (row.isNullAt(place)) {
            return;
        }
        final Object value = row.get(place);
        switch (kind) {
            case NOMINAL -> builder.text(column, value.toString());
            case WHOLE -> builder.integer(column, ((Number) value).longValue());
            default -> builder.number(column, ((Number) value).doubleValue());
        }
    }
}
