package dev.mixedmodels.spark;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.FrameBuilder;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
record InputColumn(String name, Kind kind) implements Serializable {
    /** What the engine takes a column for. */
    enum Kind {
        NOMINAL, WHOLE, NUMBER
    }

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
        final Kind kind = kind(type);
        if (kind == null) {
            throw new ModelException("The column \"" + name + "\", which is set as " + role + ", is of type "
                + type.simpleString() + ", which a model cannot use. Choose a column of numbers or texts.");
        }
        return new InputColumn(name, kind);
    }

    private static Kind kind(final DataType type) {
        if (type instanceof StringType || type instanceof BooleanType) {
            return Kind.NOMINAL;
        } else if (type instanceof ByteType || type instanceof ShortType || type instanceof IntegerType
            || type instanceof LongType) {
            return Kind.WHOLE;
        }
        return type instanceof FloatType || type instanceof DoubleType || type instanceof DecimalType ? Kind.NUMBER
            : null;
    }

    /** The same, for numbers only. */
    static InputColumn numeric(final StructType table, final String name, final String role) {
        final InputColumn column = of(table, name, role);
        if (column.kind == Kind.NOMINAL) {
            throw new ModelException("The column \"" + name + "\", which is set as " + role + ", is not numeric but of "
                + "type " + table.apply(name).dataType().simpleString() + ". Choose a numeric column or cast it.");
        }
        return column;
    }

    /** The same, for columns that can name groups. */
    static InputColumn grouping(final StructType table, final String name, final String role) {
        final InputColumn column = of(table, name, role);
        if (column.kind == Kind.NUMBER) {
            throw new ModelException("The column \"" + name + "\", which is set as " + role + ", is of type "
                + table.apply(name).dataType().simpleString() + ", whose values cannot name groups. Choose a column of "
                + "texts or whole numbers, or cast it.");
        }
        return column;
    }

    /** The same column with whole numbers as texts. */
    InputColumn asNominal() {
        return new InputColumn(name, Kind.NOMINAL);
    }

    /** Refuses columns of which one plays two parts. */
    static void requireDifferent(final List<InputColumn> columns) {
        final Set<String> seen = new HashSet<>();
        columns.stream().filter(column -> !seen.add(column.name)).findFirst().ifPresent(column -> {
            throw new ModelException("The column \"" + column.name + "\" is set twice. Choose different columns.");
        });
    }

    /** Declares the column; its index is its place among all. */
    void declare(final FrameBuilder builder) {
        switch (kind) {
            case NOMINAL -> builder.addNominal(name);
            case WHOLE -> builder.addInteger(name);
            default -> builder.addNumeric(name);
        }
    }

    /** Hands the value of a row to the builder. */
    void read(final Row row, final int place, final FrameBuilder builder) {
        if (row.isNullAt(place)) {
            return;
        }
        final Object value = row.get(place);
        switch (kind) {
            case NOMINAL -> builder.text(place, value.toString());
            case WHOLE -> builder.integer(place, ((Number) value).longValue());
            default -> builder.number(place, ((Number) value).doubleValue());
        }
    }
}
