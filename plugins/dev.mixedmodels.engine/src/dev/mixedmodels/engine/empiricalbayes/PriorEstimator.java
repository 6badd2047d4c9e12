package dev.mixedmodels.engine.empiricalbayes;

import java.util.EnumSet;
import java.util.Set;

/** How the prior's parameters are estimated from the marginal distribution of the data. */
public enum PriorEstimator {
    /** REML for Gaussian data, ML otherwise. */
    DEFAULT("Automatic"),
    /** Maximum marginal likelihood. */
    ML("ML"),
    /** Restricted maximum likelihood: the mean is integrated out. */
    REML("REML"),
    /** DerSimonian &amp; Laird (1986): moments with inverse-variance weights. */
    DERSIMONIAN_LAIRD("DerSimonian-Laird"),
    /** Paule &amp; Mandel (1982): the generalised Q equals its expectation; also Morris's (1983) iteration. */
    PAULE_MANDEL("Paule-Mandel"),
    /** Hedges &amp; Olkin (1985): unweighted moments. */
    HEDGES("Hedges"),
    /** Sidik &amp; Jonkman (2005): moments with weights from a crude first estimate; always positive. */
    SIDIK_JONKMAN("Sidik-Jonkman"),
    /** Hunter &amp; Schmidt (1990). */
    HUNTER_SCHMIDT("Hunter-Schmidt"),
    /** Efron &amp; Morris (1973): the James-Stein estimator with its positive part; equal standard errors. */
    JAMES_STEIN("James-Stein"),
    /** Weighted moments of rates and proportions (Kleinman 1973); counts only. */
    MOMENTS("Moments"),
    /** The prior variance is given. */
    GIVEN("Given");

    private static final Set<PriorEstimator> LIKELIHOOD = EnumSet.of(ML, REML);

    private final String label;

    PriorEstimator(final String label) {
        this.label = label;
    }

    /**
     * @return the name in words, as dialogs show it
     */
    @Override
    public String toString() {
        return label;
    }

    /**
     * @return whether it maximises a likelihood
     */
    public boolean maximisesLikelihood() {
        return LIKELIHOOD.contains(this);
    }

    /**
     * @param family what is observed
     * @return whether it exists for that family
     */
    public boolean fits(final Family family) {
        return switch (this) {
            case DEFAULT, ML, GIVEN -> true;
            case MOMENTS -> family != Family.GAUSSIAN;
            default -> family == Family.GAUSSIAN;
        };
    }

    /**
     * @param family what is observed
     * @return this, or what DEFAULT stands for
     */
    public PriorEstimator or(final Family family) {
        return this != DEFAULT ? this : family == Family.GAUSSIAN ? REML : ML;
    }
}
