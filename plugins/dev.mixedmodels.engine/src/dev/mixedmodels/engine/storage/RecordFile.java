package dev.mixedmodels.engine.storage;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipException;

/**
 * A record in a stream: eight letters that say what it is, the version of the format, who wrote it, the record, and a
 * checksum of all of it (CRC-32). Fields go by name: a format may gain fields without a new version, which is needed
 * only where an older reader would take the file for something else than it is.
 *
 * @param what what the file holds, in words for messages, such as {@code model}
 * @param letters eight ASCII letters at its start
 * @param version highest version of the format that is understood, and the one that is written
 * @param writer who writes, such as {@code Mixed Models for KNIME 1.0}
 */
public record RecordFile(String what, String letters, int version, String writer) {
    private static final int LETTERS = 8;

    /**
     * @param record what is to be written
     * @param out takes it; is flushed and not closed
     * @throws IOException if the stream does not take it
     */
    public void write(final Record record, final OutputStream out) throws IOException {
        final CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
        checked.write(letters.getBytes(StandardCharsets.US_ASCII));
        final DataOutputStream head = new DataOutputStream(checked);
        head.writeInt(version);
        head.writeUTF(writer);
        head.flush();
        final ValueWriter values = new ValueWriter(checked);
        values.value(record);
        values.flush();
        new DataOutputStream(out).writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    /**
     * @param <T> the record
     * @param type its class
     * @param in gives the bytes; may be read beyond the end of the record and is not closed
     * @return the record
     * @throws StorageException if the stream holds something else, a newer version, or was cut or changed; the message
     *         is for users
     * @throws IOException if the stream fails
     */
    public <T extends Record> T read(final Class<T> type, final InputStream in) throws IOException {
        final CheckedInputStream checked =
            new CheckedInputStream(in instanceof ByteArrayInputStream ? in : new BufferedInputStream(in), new CRC32());
        try {
            final byte[] start = checked.readNBytes(LETTERS);
            if (!Arrays.equals(start, letters.getBytes(StandardCharsets.US_ASCII))) {
                throw new StorageException("This is no " + what + " of Mixed Models for KNIME, or it was cut short.");
            }
            final DataInputStream head = new DataInputStream(checked);
            final int found = head.readInt();
            final String by = head.readUTF();
            if (found > version) {
                throw new StorageException("The " + what + " was written by " + by + " in a newer format (" + found
                    + ") than this version reads (" + version + "). Update Mixed Models for KNIME.");
            }
            final Object made = made(type, checked);
            final long expected = checked.getChecksum().getValue();
            if (head.readLong() != expected) {
                throw damaged(null);
            }
            return type.cast(made);
        } catch (final EOFException e) {
            throw new StorageException("The " + what + " was cut short: its end is missing. Write it again.", e);
        } catch (final ZipException | UTFDataFormatException e) {
            throw damaged(e);
        }
    }

    private Object made(final Class<?> type, final InputStream in) throws IOException {
        try {
            final Object made = RecordMaker.make(type, new ValueReader(in).value());
            if (made == null) {
                throw damaged(null);
            }
            return made;
        } catch (final StorageException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private StorageException damaged(final Throwable cause) {
        return new StorageException("The " + what + " was changed or damaged after it was written. Write it again.",
            cause);
    }
}
