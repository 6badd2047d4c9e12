package dev.mixedmodels.engine.storage;

/** What kind of value follows in the stream. The constants' order is part of the format. */
enum Tag {
    NULL, FALSE, TRUE, INT, LONG, DOUBLE, TEXT, DOUBLES, FLOATS, INTS, LONGS, LIST, TEXTS, WHOLE_NUMBERS, RECORD;

    private static final Tag[] ALL = values();

    static Tag of(final int code) throws StorageException {
        if (code < 0 || code >= ALL.length) {
            throw new StorageException("unknown kind of value " + code);
        }
        return ALL[code];
    }
}
