package dev.mixedmodels.engine.frame;

/** What to do with a row that has no value in a used column. */
public enum MissingValues {
    /** Leave the row out of the fit and count it. */
    OMIT_ROWS,
    /** Stop with an error that names the row and the column. */
    FAIL
}
