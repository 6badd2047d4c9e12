package dev.mixedmodels.engine.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link ValueWriter} wrote: boxed numbers and truth values, texts, arrays, lists, and {@link Fields} for
 * records. Memory grows with what is read, not with what a damaged length promises.
 */
final class ValueReader {
    private static final int CHUNK = 1 << 16;
    private static final int DEEPEST = 100;

    private final InputStream in;
    private int depth;

    /** The fields of a record and the simple name of its class. */
    record Fields(String type, Map<String, Object> values) {
    }

    /** Puts so many numbers from a buffer into an array, from a place on. */
    private interface Sink {
        void take(ByteBuffer buffer, Object array, int from, int count);
    }

    /**
     * @param in gives the bytes
     */
    ValueReader(final InputStream in) {
        this.in = in;
    }

    Object value() throws IOException {
        if (++depth > DEEPEST) {
            throw new StorageException("values within values without end");
        }
        final Object value = switch (tag()) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case INT -> buffer(Integer.BYTES).getInt();
            case LONG -> buffer(Long.BYTES).getLong();
            case DOUBLE -> buffer(Double.BYTES).getDouble();
            case TEXT -> text();
            case DOUBLES -> numbers(double.class, Double.BYTES,
                (from, to, at, n) -> from.asDoubleBuffer().get((double[]) to, at, n));
            case FLOATS -> numbers(float.class, Float.BYTES,
                (from, to, at, n) -> from.asFloatBuffer().get((float[]) to, at, n));
            case INTS -> numbers(int.class, Integer.BYTES, (from, to, at, n) -> from.asIntBuffer().get((int[]) to, at,
                n));
            case LONGS -> longs();
            case WHOLE_NUMBERS -> new WholeNumbers(longs());
            case TEXTS -> texts();
            case LIST -> list();
            case RECORD -> fields();
        };
        depth--;
        return value;
    }

    private Tag tag() throws IOException {
        final int code = in.read();
        if (code < 0) {
            throw new EOFException();
        }
        return Tag.of(code);
    }

    private Fields fields() throws IOException {
        final String type = text();
        final int count = length();
        final Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            final String name = text();
            values.put(name, value());
        }
        return new Fields(type, values);
    }

    private List<Object> list() throws IOException {
        final int count = length();
        final List<Object> list = new ArrayList<>(Math.min(count, CHUNK));
        for (int i = 0; i < count; i++) {
            list.add(value());
        }
        return list;
    }

    private List<String> texts() throws IOException {
        final int count = length();
        final List<String> list = new ArrayList<>(Math.min(count, CHUNK));
        for (int i = 0; i < count; i++) {
            list.add(text());
        }
        return list;
    }

    /** An array of numbers, which grows as they come. */
    private Object numbers(final Class<?> type, final int bytes, final Sink sink) throws IOException {
        final int length = length();
        Object array = Array.newInstance(type, 0);
        int room = 0;
        for (int from = 0; from < length;) {
            final int count = Math.min(length - from, CHUNK / bytes);
            if (from + count > room) {
                room = Math.max(from + count, from + from / 2);
                array = resized(array, from, room);
            }
            sink.take(buffer(count * bytes), array, from, count);
            from += count;
        }
        return resized(array, length, length);
    }

    private static Object resized(final Object array, final int kept, final int length) {
        final Object resized = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, resized, 0, kept);
        return resized;
    }

    private long[] longs() throws IOException {
        return (long[]) numbers(long.class, Long.BYTES, (from, to, at, n) -> from.asLongBuffer().get((long[]) to, at,
            n));
    }

    private String text() throws IOException {
        final int length = length();
        if (length <= CHUNK) {
            return new String(buffer(length).array(), StandardCharsets.UTF_8);
        }
        final byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int length() throws IOException {
        final int length = buffer(Integer.BYTES).getInt();
        if (length < 0) {
            throw new StorageException("a length of " + length);
        }
        return length;
    }

    private ByteBuffer buffer(final int bytes) throws IOException {
        final byte[] all = new byte[bytes];
        if (in.readNBytes(all, 0, bytes) < bytes) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(all);
    }
}
