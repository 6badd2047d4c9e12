package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.ModelException;

/** Where the covariance of the fixed effects comes from: the model, or a {@link Sandwich} over independent clusters. */
public enum FixedCovariance {
    /** (X'V^-1 X)^-1, adjusted by Kenward and Roger if these are chosen. */
    MODEL("Model", "", Double.NaN),
    /** Sandwich of Liang and Zeger. */
    CR0("Sandwich CR0", "CR0 (Liang and Zeger)", 0),
    /** CR0 times m / (m - 1), m the number of clusters, as clubSandwich has it. */
    CR1("Sandwich CR1", "CR1 (CR0 times clusters over clusters less one)", 0),
    /** Bias-reduced sandwich of Bell and McCaffrey. */
    CR2("Sandwich CR2", "CR2 (bias-reduced, Bell and McCaffrey)", 0.5),
    /** Jackknife sandwich of Mancl and DeRouen. */
    CR3("Sandwich CR3", "CR3 (jackknife, Mancl and DeRouen)", 1);

    /** Satterthwaite's method with a sandwich, in words. */
    static final String SATTERTHWAITE =
        "Satterthwaite for the sandwich covariance (Bell and McCaffrey; Pustejovsky and Tipton)";

    private final String label;
    private final String words;
    private final double power;

    FixedCovariance(final String label, final String words, final double power) {
        this.label = label;
        this.words = words;
        this.power = power;
    }

    /**
     * @return whether it goes by the residuals of clusters
     */
    public boolean sandwich() {
        return this != MODEL;
    }

    /** a of the adjustment (I - H)^-a. */
    double power() {
        return power;
    }

    /** What the sum over m clusters is multiplied by. */
    double factor(final int clusters) {
        return this == CR1 ? clusters / (clusters - 1.0) : 1;
    }

    /**
     * @param df method of degrees of freedom that is asked for
     * @throws ModelException if it corrects the model's covariance, and this is none
     */
    public void check(final DfMethod df) {
        if (df.kenwardRoger() && sandwich()) {
            throw new ModelException("Kenward-Roger corrects the model's covariance matrix and cannot be combined "
                + "with the covariance \"" + this + "\". Choose Satterthwaite degrees of freedom, "
                + "which are then those of the sandwich, or the model's covariance.");
        }
    }

    /**
     * @param clusters name of what the residuals are added up over
     * @return a sentence for Model fit; empty for the model's covariance
     */
    public String sentence(final String clusters) {
        return sandwich() ? " Standard errors: sandwich, " + words + ", over the levels of " + clusters + "." : "";
    }

    /**
     * @return the name in words, as dialogs show it
     */
    @Override
    public String toString() {
        return label;
    }
}
