package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.Progress;
import java.io.Serializable;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * What was gathered of the parts of a table, each kept where its rows are. All rows of a unit are in one part.
 *
 * @param <T> what is kept of a part
 */
public interface Parts<T> {
    /**
     * Makes something of a part where that is.
     *
     * @param <T> what is kept of a part
     * @param <R> what is made of it
     */
    @FunctionalInterface
    interface Step<T, R> extends Function<T, R>, Serializable {
    }

    /**
     * Merges what was made of parts with what was made of later ones; may change and give the first.
     *
     * @param <R> what was made
     */
    @FunctionalInterface
    interface Merge<R> extends BinaryOperator<R>, Serializable {
    }

    /**
     * @param <R> what is made of a part
     * @param step makes it, and must not give anything that the part holds
     * @param merge merges it, in an order that depends on the number of parts only
     * @param progress asked whether the user cancelled
     * @return what was made of all parts
     */
    <R> R reduce(Step<T, R> step, Merge<R> merge, Progress progress);

    /**
     * @return the only part, if it is in this process; else null
     */
    T only();

    /** Keeps nothing any more. */
    void release();

    /**
     * @param <T> what is kept
     * @param part of a table with one part
     * @return its parts
     */
    static <T> Parts<T> of(final T part) {
        return new Parts<>() {
            @Override
            public <R> R reduce(final Step<T, R> step, final Merge<R> merge, final Progress progress) {
                return step.apply(part);
            }

            @Override
            public T only() {
                return part;
            }

            @Override
            public void release() {
                // goes with its last reference
            }
        };
    }
}
