package dev.mixedmodels.engine.marginal;

import java.io.Serializable;
import java.util.List;

/**
 * What is made of subjects that are complete, by one {@link SubjectPass}: a monoid as a fold is.
 *
 * @param <T> the class itself
 */
interface SubjectTaker<T extends SubjectTaker<T>> extends Serializable {
    /** An object of the same question that was given nothing. */
    T fresh();

    /**
     * Looks at rows as they come, before their subjects are complete.
     *
     * @param part of the table
     * @param before rows that were seen before it
     */
    void rows(RowReader.Part part, int before);

    /** Takes subjects that have become complete. */
    void subjects(List<CompleteSubject> complete);

    /**
     * Adds what another was given.
     *
     * @param later of later rows
     * @param before rows that were seen before these
     */
    void merge(T later, int before);
}
