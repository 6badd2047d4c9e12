package dev.mixedmodels.engine.inference;

/** How the estimates without a unit are found. */
public enum InfluenceMethod {
    /** Not at all. */
    NONE("None"),
    /**
     * One Newton step of the covariance parameters from the fit to all rows; the mean follows exactly and to first
     * order.
     */
    ONE_STEP("One step"),
    /** The model is fitted again without the unit, from the estimates of all rows. */
    REFIT("Refit");

    private final String label;

    InfluenceMethod(final String label) {
        this.label = label;
    }

    /**
     * @param units name of what is left out
     * @return a sentence for Model fit; empty for none
     */
    public String sentence(final String units) {
        return switch (this) {
            case NONE -> "";
            case ONE_STEP -> " Influence: each level of " + units + " is left out, the covariance parameters by one "
                + "Newton step.";
            case REFIT -> " Influence: the model is fitted again without each level of " + units + ".";
        };
    }

    /**
     * @return the name in words, as dialogs show it
     */
    @Override
    public String toString() {
        return label;
    }
}
