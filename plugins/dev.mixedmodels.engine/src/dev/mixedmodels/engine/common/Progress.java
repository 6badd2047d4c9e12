package dev.mixedmodels.engine.common;

/**
 * How a long computation reports its progress and learns that it was cancelled. Implementations are safe to call from
 * several threads.
 */
@FunctionalInterface
public interface Progress {
    /** Reports nothing and is never cancelled. */
    Progress NONE = () -> {
        // never cancelled
    };

    /**
     * To be called at least every 50 milliseconds of work.
     *
     * @throws java.util.concurrent.CancellationException if the user cancelled the run
     */
    void check();

    /**
     * Does nothing but {@link #check} unless somebody listens.
     *
     * @param fraction the part of the work that is done, in [0, 1]
     * @param text what is being done, for the user
     * @throws java.util.concurrent.CancellationException if the user cancelled the run
     */
    default void report(final double fraction, final String text) {
        check();
    }

    /**
     * @return a progress that can be cancelled as this one and reports nothing, for one of many parallel parts
     */
    default Progress quiet() {
        return this::check;
    }

    /**
     * The progress of a part of this work.
     *
     * @param from fraction of the whole at which the part starts
     * @param to fraction of the whole at which it ends
     * @return a progress whose [0, 1] is [from, to] of this one
     */
    default Progress sub(final double from, final double to) {
        final Progress whole = this;
        return new Progress() {
            @Override
            public void check() {
                whole.check();
            }

            @Override
            public void report(final double fraction, final String text) {
                whole.report(from + (to - from) * Math.min(1, Math.max(0, fraction)), text);
            }
        };
    }
}
