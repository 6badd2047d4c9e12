package dev.mixedmodels.engine.common;

/** The one place that turns a failure that nobody foresaw into words for the user. */
public final class Failures {
    private static final int MEGABYTE = 20;

    private Failures() {
    }

    /**
     * @param failure what was thrown: a runtime exception, no memory, no stack left
     * @param step what was being done, as progress reports it; empty if nothing was reported
     * @return the same if it is in words already; else an exception that says what the user can do and has the failure
     *         as its cause
     */
    public static ModelException inWords(final Throwable failure, final String step) {
        if (failure instanceof ModelException known) {
            return known;
        }
        final String where = step.isEmpty() ? "" : " at the step \"" + step + "\"";
        if (failure instanceof OutOfMemoryError) {
            return new ModelException("There is not enough memory" + where + ": "
                + (Runtime.getRuntime().maxMemory() >> MEGABYTE) + " MiB are there in all. Give KNIME more (-Xmx in "
                + "knime.ini), or use fewer rows, columns or levels.", failure);
        }
        if (failure instanceof StackOverflowError) {
            return new ModelException("The model is nested too deeply" + where + ". Use fewer terms, parentheses or "
                + "levels.", failure);
        }
        return new ModelException("The computation broke down" + where + ", for a reason that it does not foresee. "
            + "Mostly a column holds extreme numbers, or a part of the model has too few rows: bring numeric columns "
            + "to a scale near 1, leave out columns that are constant or computed from one another, or choose a "
            + "simpler model. The log tells the place; please report it.", failure);
    }
}
