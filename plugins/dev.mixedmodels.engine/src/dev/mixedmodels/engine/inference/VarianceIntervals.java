package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.SettingValues;
import java.io.Serializable;

/**
 * Confidence intervals for covariance parameters.
 *
 * @param kind how they are made
 * @param replicates responses that a bootstrap draws, at least 1; 0 without one
 * @param seed of its random numbers
 */
public record VarianceIntervals(Kind kind, int replicates, long seed) implements Serializable {
    /** Profile likelihood, where the parameter has a profile; else Wald. */
    public static final VarianceIntervals PROFILE = new VarianceIntervals(Kind.PROFILE, 0, 0);
    /** From standard errors. */
    public static final VarianceIntervals WALD = new VarianceIntervals(Kind.WALD, 0, 0);
    /** None. */
    public static final VarianceIntervals NONE = new VarianceIntervals(Kind.NONE, 0, 0);

    /** How intervals are made. */
    public enum Kind {
        /** Profile likelihood on the fitted criterion, where the parameter has a profile; else Wald. */
        PROFILE,
        /** From standard errors: on the log scale for variances, on Fisher's z scale for correlations. */
        WALD,
        /** From fits to responses drawn from the model, of all parameters. */
        BOOTSTRAP,
        /** None. */
        NONE
    }

    /**
     * @param values settings by the keys of a node
     * @return the same intervals
     * @throws dev.mixedmodels.engine.common.ModelException if a value is impossible
     */
    public static VarianceIntervals of(final SettingValues values) {
        final Kind kind = values.choice("varianceIntervals", Kind.class);
        return kind == Kind.BOOTSTRAP ? bootstrap((int) values.whole("bootstrapReplicates"), values.whole("seed"))
            : new VarianceIntervals(kind, 0, 0);
    }

    /**
     * @param replicates responses that are drawn, at least 1
     * @param seed of the random numbers
     * @return intervals by parametric bootstrap
     */
    public static VarianceIntervals bootstrap(final int replicates, final long seed) {
        return new VarianceIntervals(Kind.BOOTSTRAP, replicates, seed);
    }

    /**
     * @return whether they are made by profiles
     */
    public boolean profile() {
        return kind == Kind.PROFILE;
    }

    /**
     * @return whether they are made from fits to drawn responses
     */
    public boolean bootstrap() {
        return kind == Kind.BOOTSTRAP;
    }

    /**
     * @return whether Wald's intervals stand where a parameter has no profile
     */
    public boolean wald() {
        return kind == Kind.PROFILE || kind == Kind.WALD;
    }
}
