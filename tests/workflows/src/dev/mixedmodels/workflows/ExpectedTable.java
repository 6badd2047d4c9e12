package dev.mixedmodels.workflows;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;

import dev.mixedmodels.standin.run.TableView;

/**
 * What a regression workflow compares an output with: a CSV of those columns that have a value in every row, numbers
 * rounded as the workflow rounds them.
 */
public final class ExpectedTable {

    private ExpectedTable() {
    }

    /** The names of the numeric columns of a table that have a value in every row. */
    public static List<String> numbers(final TableView table) {
        return table.columns().stream().filter(column -> isComplete(table, column)
            && table.cell(0, column) instanceof DoubleCell).toList();
    }

    private static boolean isComplete(final TableView table, final String column) {
        for (int row = 0; row < table.rows(); row++) {
            if (table.isMissing(row, column)) {
                return false;
            }
        }
        return true;
    }

    /** A number as the Number Rounder makes it. */
    public static double rounded(final double number, final int digits) {
        return BigDecimal.valueOf(number).round(new MathContext(digits, RoundingMode.HALF_UP)).doubleValue();
    }

    /** Without an exponent, with a decimal point. */
    private static String decimal(final double number) {
        final BigDecimal plain = BigDecimal.valueOf(number);
        return (plain.scale() < 1 ? plain.setScale(1) : plain).toPlainString();
    }

    static void write(final TableView table, final int digits, final Path file) throws IOException {
        final List<String> numbers = numbers(table);
        final List<String> columns = table.columns().stream()
            .filter(column -> numbers.contains(column)
                || isComplete(table, column) && table.cell(0, column) instanceof StringCell).toList();
        final List<String> lines = new ArrayList<>(List.of(String.join(",", columns)));
        for (int row = 0; row < table.rows(); row++) {
            final List<String> cells = new ArrayList<>();
            for (String column : columns) {
                // a decimal point makes the reader find a column of numbers, whole as they may be
                cells.add(numbers.contains(column) ? decimal(rounded(table.number(row, column), digits))
                    : '"' + table.text(row, column).replace("\"", "\"\"") + '"');
            }
            lines.add(String.join(",", cells));
        }
        Files.write(file, lines);
    }
}
