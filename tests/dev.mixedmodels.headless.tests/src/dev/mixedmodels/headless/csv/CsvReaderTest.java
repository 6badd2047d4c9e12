package dev.mixedmodels.headless.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Records of CSV texts. */
class CsvReaderTest {

    private static List<List<String>> records(final String text) throws IOException, CsvException {
        final List<List<String>> records = new ArrayList<>();
        try (CsvReader in = new CsvReader(new StringReader(text))) {
            for (List<String> record = in.next(); record != null; record = in.next()) {
                records.add(record);
            }
        }
        return records;
    }

    @Test
    void linesEndInAnyWayAndTheLastNeedNot() throws IOException, CsvException {
        final List<List<String>> expected = List.of(List.of("a", "b"), List.of("1", ""), List.of("", "2"));
        for (String end : List.of("\n", "\r\n", "\r")) {
            assertEquals(expected, records("a,b" + end + "1," + end + ",2" + end));
            assertEquals(expected, records("a,b" + end + "1," + end + ",2"));
        }
        assertEquals(List.of(), records(""));
    }

    @Test
    void quotedCellsHoldCommasQuotesAndLineBreaks() throws IOException, CsvException {
        assertEquals(List.of(List.of("a,b", "say \"hi\"", "two\r\nlines", "", "5\" pipe")),
            records("\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",\"\",5\" pipe\r\n"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstCell() throws IOException, CsvException {
        assertEquals(List.of(List.of("a", "é")), records("\uFEFFa,é"));
    }

    @Test
    void brokenQuotesAreRefusedWithTheirLine() {
        assertEquals("the quote opened in line 2 is never closed",
            assertThrows(CsvException.class, () -> records("a\n\"b\nc")).getMessage());
        assertEquals("text follows a closing quote in line 2",
            assertThrows(CsvException.class, () -> records("a\n\"b\" c\n")).getMessage());
    }
}
