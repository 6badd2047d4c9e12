import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Prints CSV files as aligned tables for reading: six significant digits, long cells cut, long tables cut.
 *
 * <p>usage: java PrintTables.java {ROWS FILE.csv}...; at most so many rows of each file</p>
 */
final class PrintTables {
    private static final int WIDEST = 48;
    private static final MathContext DIGITS = new MathContext(6);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    private PrintTables() {
    }

    public static void main(final String[] arguments) throws IOException {
        for (int i = 0; i < arguments.length; i += 2) {
            final int rows = Integer.parseInt(arguments[i]);
            final Path file = Path.of(arguments[i + 1]);
            System.out.println();
            System.out.println(file.getFileName().toString().replace(".csv", ""));
            print(parse(Files.readString(file)), rows);
        }
    }

    private static void print(final List<List<String>> table, final int rows) {
        final List<List<String>> shown = table.subList(0, Math.min(table.size(), rows + 1)).stream()
            .map(row -> row.subList(1, row.size()).stream().map(PrintTables::shorten).toList()) // without RowID
            .toList();
        final int[] widths = new int[shown.get(0).size()];
        final boolean[] numeric = new boolean[widths.length];
        for (int column = 0; column < widths.length; column++) {
            numeric[column] = true;
            for (int row = 0; row < shown.size(); row++) {
                final String cell = shown.get(row).get(column);
                widths[column] = Math.max(widths[column], cell.length());
                numeric[column] &= row == 0 || cell.isEmpty() || NUMBER.matcher(cell).matches();
            }
        }
        for (final List<String> row : shown) {
            final StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                final String padding = " ".repeat(widths[column] - row.get(column).length());
                line.append("  ").append(numeric[column] ? padding + row.get(column) : row.get(column) + padding);
            }
            System.out.println(line.toString().stripTrailing());
        }
        if (table.size() > shown.size()) {
            System.out.println("  ... " + (table.size() - shown.size()) + " more rows");
        }
    }

    private static String shorten(final String cell) {
        if (NUMBER.matcher(cell).matches()) {
            final BigDecimal rounded = new BigDecimal(cell).round(DIGITS).stripTrailingZeros();
            final int exponent = rounded.precision() - rounded.scale();
            return exponent < -3 || exponent > 12 ? rounded.toString() : rounded.toPlainString();
        }
        final String line = cell.replaceAll("\\s+", " ");
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 3) + "...";
    }

    /** RFC 4180: cells may be quoted, then "" is a quote, and commas and line breaks are text. */
    private static List<List<String>> parse(final String csv) {
        final List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        final StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            final char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || c != ',' && c != '\n' && c != '\r') {
                cell.append(c);
            } else if (c != '\r') {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            }
        }
        return rows;
    }
}
