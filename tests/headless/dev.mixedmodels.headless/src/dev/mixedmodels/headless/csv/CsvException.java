package dev.mixedmodels.headless.csv;

/** A file that is no CSV table; the message names the file and the line. */
public final class CsvException extends Exception {

    private static final long serialVersionUID = 1L;

    public CsvException(final String message) {
        super(message);
    }
}
