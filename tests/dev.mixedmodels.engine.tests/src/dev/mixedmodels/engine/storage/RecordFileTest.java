package dev.mixedmodels.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Records come back as they were; whatever else is in a file is a sentence. */
class RecordFileTest {
    private static final RecordFile FILE = new RecordFile("model", "TESTFILE", 2, "Test 1.0");

    private enum Colour {
        RED, GREEN
    }

    private sealed interface Shape {
    }

    private record Circle(double radius) implements Shape {
    }

    private record Square(int side, String name) implements Shape {
    }

    private record Everything(boolean truth, int whole, long large, double number, String text, Colour colour,
        double[] doubles, float[] floats, int[] ints, long[] longs, double[][] matrix, double[][][] cube,
        List<String> texts, List<String> numbers, List<Shape> shapes, Shape none) {
    }

    private static Everything everything(final int size) {
        final Random random = new Random(1);
        final double[] doubles = random.doubles(size).toArray();
        final float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = random.nextFloat();
        }
        return new Everything(true, -7, 1L << 40, Double.NaN, "äöü \uD83D\uDE00", Colour.GREEN, doubles, floats,
            random.ints(size).toArray(), random.longs(size).toArray(), new double[][] {{1, 2}, null, {}},
            new double[][][] {{{1}}, {}}, List.of("07", "x", ""), List.of("-3", "0", "9223372036854775807"),
            List.of(new Circle(2), new Square(3, null)), null);
    }

    private static byte[] write(final Record record) throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        FILE.write(record, out);
        return out.toByteArray();
    }

    private static <T extends Record> T read(final Class<T> type, final byte... bytes) throws IOException {
        return FILE.read(type, new ByteArrayInputStream(bytes));
    }

    private static String refusal(final Class<? extends Record> type, final byte... bytes) {
        return assertThrows(StorageException.class, () -> read(type, bytes)).getMessage();
    }

    @Test
    void everyKindOfValueComesBack() throws IOException {
        for (final int size : new int[] {0, 3, 100_000}) {
            final Everything a = everything(size);
            final Everything b = read(Everything.class, write(a));
            assertEquals(Arrays.deepToString(values(a)), Arrays.deepToString(values(b)));
        }
    }

    private static Object[] values(final Everything e) {
        return new Object[] {e.truth, e.whole, e.large, e.number, e.text, e.colour, e.doubles, e.floats, e.ints, e.longs,
            e.matrix, e.cube, e.texts, e.numbers, e.shapes, e.none};
    }

    private record Older(int whole) {
    }

    /** In another class of the same simple name, for names are what counts. */
    private static final class Next {
        private record Older(int whole, double added, List<String> alsoAdded) {
        }
    }

    @Test
    void fieldsThatAnOlderVersionDidNotWriteAreEmpty() throws IOException {
        final Next.Older read = read(Next.Older.class, write(new Older(5)));
        assertEquals(5, read.whole);
        assertEquals(0, read.added);
        assertNull(read.alsoAdded);
    }

    @Test
    void fieldsThatAreUnknownArePassedOver() throws IOException {
        assertEquals(5, read(Older.class, write(new Next.Older(5, 1, List.of("x")))).whole);
    }

    @Test
    void aFileThatIsCutShortIsRefusedWhereverTheCutIs() throws IOException {
        final byte[] whole = write(everything(3));
        for (int length = 0; length < whole.length; length++) {
            final String message = refusal(Everything.class, Arrays.copyOf(whole, length));
            assertTrue(message.contains(length < 8 ? "cut short." : "was cut short: its end is missing"), message);
        }
    }

    @Test
    void aFileThatWasChangedIsRefusedWhereverTheChangeIs() throws IOException {
        final byte[] whole = write(everything(3));
        for (int at = 0; at < whole.length; at++) {
            for (final int change : new int[] {1, 0x80}) {
                final byte[] changed = whole.clone();
                changed[at] ^= change;
                final String message = refusal(Everything.class, changed);
                assertTrue(message.startsWith("The model was") || message.startsWith("This is no model"), message);
            }
        }
    }

    @Test
    void aNewerFormatIsRefusedWithWhoWroteIt() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RecordFile("model", "TESTFILE", 3, "Test 2.0").write(new Older(1), out);
        assertEquals("The model was written by Test 2.0 in a newer format (3) than this version reads (2). Update Mixed "
            + "Models for KNIME.", refusal(Older.class, out.toByteArray()));
    }

    @Test
    void anOlderFormatIsRead() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        new RecordFile("model", "TESTFILE", 1, "Test 0.9").write(new Older(1), out);
        assertEquals(1, read(Older.class, out.toByteArray()).whole);
    }

    @Test
    void anotherFileIsRefused() {
        assertEquals("This is no model of Mixed Models for KNIME, or it was cut short.",
            refusal(Older.class, new byte[100]));
    }

    @Test
    void anotherRecordIsRefused() throws IOException {
        assertTrue(refusal(Circle.class, write(new Older(1))).startsWith("The model was changed or damaged"));
    }
}
