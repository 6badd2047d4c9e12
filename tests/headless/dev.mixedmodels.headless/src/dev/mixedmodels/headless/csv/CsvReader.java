package dev.mixedmodels.headless.csv;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records of a CSV file (RFC 4180): commas, double quotes around cells that hold commas, quotes (doubled) or line
 * breaks; lines end with LF, CRLF or CR. UTF-8, with or without a byte order mark; other bytes are an IOException.
 */
public final class CsvReader implements Closeable {

    private static final int END = -1;

    private final Reader in;

    private int current;

    private int line = 1;

    public CsvReader(final Path file) throws IOException {
        // a decoder, unlike a charset, refuses malformed bytes
        this(new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()), 1 << 16));
    }

    public CsvReader(final Reader in) throws IOException {
        this.in = in;
        current = in.read();
        if (current == '\uFEFF') {
            current = in.read();
        }
    }

    /** The number of the line at which the next record starts, counted from 1. */
    public int line() {
        return line;
    }

    /** The cells of the next record; null at the end. */
    public List<String> next() throws IOException, CsvException {
        if (current == END) {
            return null;
        }
        final List<String> cells = new ArrayList<>();
        cells.add(cell());
        while (current == ',') {
            advance();
            cells.add(cell());
        }
        skipLineBreak();
        return cells;
    }

    private String cell() throws IOException, CsvException {
        if (current == '"') {
            return quoted();
        }
        final StringBuilder text = new StringBuilder();
        while (current != ',' && !isLineEnd()) {
            text.append((char)current);
            advance();
        }
        return text.toString();
    }

    private String quoted() throws IOException, CsvException {
        final int start = line;
        final StringBuilder text = new StringBuilder();
        advance();
        while (true) {
            if (current == END) {
                throw new CsvException("the quote opened in line " + start + " is never closed");
            } else if (current == '"') {
                advance();
                if (current != '"') {
                    break;
                }
            } else if (current == '\n') {
                line++;
            }
            text.append((char)current);
            advance();
        }
        if (current != ',' && !isLineEnd()) {
            throw new CsvException("text follows a closing quote in line " + line);
        }
        return text.toString();
    }

    private boolean isLineEnd() {
        return current == '\n' || current == '\r' || current == END;
    }

    private void skipLineBreak() throws IOException {
        line++;
        if (current == '\r') {
            advance();
        }
        if (current == '\n') {
            advance();
        }
    }

    private void advance() throws IOException {
        current = in.read();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
