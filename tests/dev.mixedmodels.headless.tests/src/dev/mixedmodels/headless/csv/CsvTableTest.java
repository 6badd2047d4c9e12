package dev.mixedmodels.headless.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.time.localdate.LocalDateValue;
import org.knime.core.node.BufferedDataTable;

import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;

/** Tables from and to CSV files. */
class CsvTableTest {

    @TempDir
    private Path folder;

    private BufferedDataTable read(final String csv, final String... nominal) throws IOException, CsvException {
        final Path file = folder.resolve("data.csv");
        Files.writeString(file, csv, StandardCharsets.UTF_8);
        return new CsvTableReader(file, Set.of(nominal)).read();
    }

    private static List<String> types(final BufferedDataTable table) {
        return table.getSpec().stream().map(DataColumnSpec::getType).map(type -> type.getName()).toList();
    }

    @Test
    void aColumnIsAsNarrowAsItsCellsAllow() throws IOException, CsvException {
        final BufferedDataTable table = read("""
            int,long,double,wide,text,date,time,mixed,none
            1,3000000000,1.5,1,a,2020-02-29,2020-01-01T10:30,2020-01-01,
            ,1,1,1.0,1,,,5,NA
            -7,,NaN,3000000000,,2021-01-01,2020-01-01T10:30:15,,
            """);
        assertEquals(List.of("Int", "Long", "Double", "Double", "String", "LocalDate", "LocalDateTime", "String",
            "Double"), types(table));
        final TableView view = new TableView(table);
        assertEquals(List.of("1", "", "-7"), view.texts("int"));
        assertEquals("2020-02-29", view.text(0, "date"));
        assertTrue(view.cell(0, "date") instanceof LocalDateValue);
        assertTrue(view.isMissing(1, "none"));
        assertTrue(Double.isNaN(view.number(2, "double")) && !view.isMissing(2, "double"));
        assertEquals("Row2", view.key(2));
    }

    @Test
    void nominalColumnsStayTexts() throws IOException, CsvException {
        final BufferedDataTable table = read("g,h\n01,1\nNA,2\n", "g");
        assertEquals(List.of("String", "Int"), types(table));
        assertEquals(List.of("01", ""), new TableView(table).texts("g"));
        assertTrue(new TableView(table).isMissing(1, "g"));
    }

    @Test
    void blankLinesAreSkippedBetweenSeveralColumnsOnly() throws IOException, CsvException {
        assertEquals(2, read("a,b\n1,2\n\n3,4\n\n").size());
        assertEquals(2, read("a\n1\n\n").size());
        assertEquals(0, read("a,b\n").size());
    }

    @Test
    void whatIsNoTableIsRefused() {
        assertEquals("Input data.csv: the file is empty; a line with the names of the columns is needed.", refusal(""));
        assertEquals("Input data.csv: line 3 has 1 cells but there are 2 columns.", refusal("a,b\n1,2\n3\n"));
        assertEquals("Input data.csv: there are two columns named \"a\".", refusal("a,a\n"));
        assertEquals("Input data.csv: a column has no name.", refusal("a,\n"));
        assertEquals("Input data.csv: --nominal names \"c\" but the columns are a, b.", refusal("a,b\n", "c"));
    }

    private String refusal(final String csv, final String... nominal) {
        return assertThrows(CsvException.class, () -> read(csv, nominal)).getMessage();
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws IOException {
        final Path file = folder.resolve("latin1.csv");
        Files.write(file, "a\né\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThrows(IOException.class, () -> new CsvTableReader(file, Set.of()).read());
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException, CsvException {
        final BufferedDataTable table = new TableBuilder()
            .strings("a,b", "x,y", "say \"hi\"", "two\nlines", " ", null, "ünï")
            .boxedDoubles("p", 1e-300, Math.PI, -5.0, Double.NaN, null, 0.1)
            .longs("n", 1L, 1L << 40, null, 3L, 4L, 5L).build();
        final Path file = folder.resolve("written.csv");
        CsvTableWriter.write(table, file);
        assertTrue(Files.readString(file).startsWith("RowID,\"a,b\",p,n\nRow0,\"x,y\",1.0E-300,1\n"));
        final BufferedDataTable again = new CsvTableReader(file, Set.of()).read();
        final TableView before = new TableView(table);
        final TableView after = new TableView(again);
        for (int row = 0; row < before.rows(); row++) {
            for (String column : before.columns()) {
                assertEquals(before.cell(row, column), after.cell(row, column), column);
            }
        }
    }

    @Test
    void aHundredThousandRowsAreReadInOrder() throws IOException, CsvException {
        final int rows = 100_000;
        final StringBuilder csv = new StringBuilder("g,y\n");
        for (int i = 0; i < rows; i++) {
            csv.append("group ").append(i % 100).append(',').append(i / 8.0).append('\n');
        }
        final TableView view = new TableView(read(csv.toString()));
        assertEquals(rows, view.rows());
        assertEquals("group 99", view.text(rows - 1, "g"));
        assertEquals((rows - 1) / 8.0, view.number(rows - 1, "y"));
    }
}
