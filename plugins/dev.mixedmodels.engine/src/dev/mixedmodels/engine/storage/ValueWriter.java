package dev.mixedmodels.engine.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes values: numbers, truth values, texts, constants of enums, arrays of numbers, lists, records of these, and
 * null. Whole arrays go through one buffer, so that 10^8 bytes take a second.
 */
final class ValueWriter {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    /**
     * @param out takes the bytes; is not closed
     */
    ValueWriter(final OutputStream out) {
        this.out = out;
    }

    /** Hands everything to the stream. */
    void flush() throws IOException {
        drain();
        out.flush();
    }

    void value(final Object value) throws IOException {
        if (value == null) {
            tag(Tag.NULL);
        } else if (value instanceof Boolean truth) {
            tag(truth ? Tag.TRUE : Tag.FALSE);
        } else if (value instanceof Integer number) {
            tag(Tag.INT);
            room(Integer.BYTES).putInt(number);
        } else if (value instanceof Long number) {
            tag(Tag.LONG);
            room(Long.BYTES).putLong(number);
        } else if (value instanceof Double number) {
            tag(Tag.DOUBLE);
            room(Double.BYTES).putDouble(number);
        } else if (value instanceof String text) {
            tag(Tag.TEXT);
            text(text);
        } else if (value instanceof Enum<?> constant) {
            tag(Tag.TEXT);
            text(constant.name());
        } else if (value instanceof Record record) {
            record(record);
        } else if (value instanceof List<?> list) {
            list(list);
        } else {
            array(value);
        }
    }

    private void array(final Object value) throws IOException {
        if (value instanceof double[] numbers) {
            tag(Tag.DOUBLES);
            length(numbers.length);
            for (final double number : numbers) {
                room(Double.BYTES).putDouble(number);
            }
        } else if (value instanceof float[] numbers) {
            tag(Tag.FLOATS);
            length(numbers.length);
            for (final float number : numbers) {
                room(Float.BYTES).putFloat(number);
            }
        } else if (value instanceof int[] numbers) {
            tag(Tag.INTS);
            length(numbers.length);
            for (final int number : numbers) {
                room(Integer.BYTES).putInt(number);
            }
        } else if (value instanceof long[] numbers) {
            longs(Tag.LONGS, numbers);
        } else if (value instanceof Object[] arrays) {
            tag(Tag.LIST);
            length(arrays.length);
            for (final Object element : arrays) {
                value(element);
            }
        } else {
            throw new IllegalArgumentException("cannot be stored: " + value.getClass().getName());
        }
    }

    private void longs(final Tag tag, final long[] numbers) throws IOException {
        tag(tag);
        length(numbers.length);
        for (final long number : numbers) {
            room(Long.BYTES).putLong(number);
        }
    }

    private void list(final List<?> list) throws IOException {
        final long[] numbers = WholeNumbers.of(list);
        if (numbers != null) {
            longs(Tag.WHOLE_NUMBERS, numbers);
            return;
        }
        final boolean texts = list.stream().allMatch(String.class::isInstance);
        tag(texts ? Tag.TEXTS : Tag.LIST);
        length(list.size());
        for (final Object element : list) {
            if (texts) {
                text((String) element);
            } else {
                value(element);
            }
        }
    }

    private void record(final Record record) throws IOException {
        tag(Tag.RECORD);
        text(record.getClass().getSimpleName());
        final RecordComponent[] components = record.getClass().getRecordComponents();
        length(components.length);
        for (final RecordComponent component : components) {
            text(component.getName());
            value(get(record, component.getAccessor()));
        }
    }

    private static Object get(final Record record, final Method accessor) {
        try {
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void text(final String text) throws IOException {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        length(bytes.length);
        if (bytes.length <= BUFFER) {
            room(bytes.length).put(bytes);
        } else {
            drain();
            out.write(bytes);
        }
    }

    private void length(final int length) throws IOException {
        room(Integer.BYTES).putInt(length);
    }

    private void tag(final Tag tag) throws IOException {
        room(1).put((byte) tag.ordinal());
    }

    private ByteBuffer room(final int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            drain();
        }
        return buffer;
    }

    private void drain() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
