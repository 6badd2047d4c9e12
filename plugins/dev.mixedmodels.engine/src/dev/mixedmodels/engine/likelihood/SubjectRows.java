package dev.mixedmodels.engine.likelihood;

/**
 * The rows of a model by subject: independent units whose rows are correlated with one another. Subjects are read one
 * at a time into a block that is used again, so that the design matrix need not be kept.
 */
public interface SubjectRows {
    /**
     * @return number of subjects
     */
    int subjects();

    /**
     * @return number of columns of X, p
     */
    int columns();

    /**
     * @param subject a subject, from 0
     * @param block receives its rows in order of visit or time
     */
    void read(int subject, SubjectBlock block);
}
