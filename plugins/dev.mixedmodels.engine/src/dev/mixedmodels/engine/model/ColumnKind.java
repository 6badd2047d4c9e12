package dev.mixedmodels.engine.model;

/** How a model has read a column; another table must have one that can be read so. Constants are part of the format. */
public enum ColumnKind {
    /** Texts and truth values. */
    NOMINAL("texts"),
    /** Levels of a factor of which some are no whole numbers, so that no number can be one of them. */
    TEXT("texts"),
    /** Whole numbers, which may be numbers or name groups. */
    WHOLE("whole numbers"),
    /** Other numbers. */
    NUMBER("numbers"),
    /** Dates, with or without a time of day. */
    DATE("dates");

    private final String words;

    ColumnKind(final String words) {
        this.words = words;
    }

    /**
     * @return what its values are
     */
    public String words() {
        return words;
    }

    /**
     * @param other kind of the column of that name in another table
     * @return whether the model may be able to read it: whole numbers may be names too
     */
    public boolean takes(final ColumnKind other) {
        return this == other || switch (this) {
            case NOMINAL, NUMBER -> other == WHOLE;
            case WHOLE -> other == NOMINAL || other == NUMBER;
            case TEXT -> other == NOMINAL;
            case DATE -> false;
        };
    }
}
