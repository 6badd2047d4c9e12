package dev.mixedmodels.engine.empiricalbayes;

/** Parameters of the prior of counts, as functions of its mean m and reported overdispersion c. */
enum CountParameter {
    /** Var(theta). */
    TAU2("tau2"),
    /** Squared coefficient of variation of rates; intraclass correlation of trials. */
    OVERDISPERSION("overdispersion"),
    /** Gamma: 1 / c. */
    SHAPE("shape"),
    /** Gamma: 1 / (c m). */
    RATE("rate"),
    /** Beta: m (1 / c - 1). */
    ALPHA("alpha"),
    /** Beta: (1 - m) (1 / c - 1). */
    BETA("beta");

    private static final CountParameter[] GAMMA = {TAU2, OVERDISPERSION, SHAPE, RATE};
    private static final CountParameter[] BETAS = {TAU2, OVERDISPERSION, ALPHA, BETA};

    private final String label;

    CountParameter(final String label) {
        this.label = label;
    }

    static CountParameter[] of(final Family family) {
        return family == Family.POISSON_GAMMA ? GAMMA : BETAS;
    }

    String label() {
        return label;
    }

    /**
     * @return how many thetas it is a product of
     */
    int power() {
        return this == TAU2 ? 2 : this == RATE ? -1 : 0;
    }

    /**
     * @return whether complete pooling is at 0; else at infinity
     */
    boolean poolsAtZero() {
        return this == TAU2 || this == OVERDISPERSION;
    }

    /**
     * @param model the family
     * @param m prior mean
     * @param c overdispersion
     * @return the parameter; infinite where c = 0 sends it there
     */
    double value(final CountModel model, final double m, final double c) {
        return switch (this) {
            case TAU2 -> c * model.varianceFactor(m);
            case OVERDISPERSION -> c;
            case SHAPE -> 1 / c;
            case RATE -> 1 / (c * m);
            case ALPHA -> m / model.omega(c);
            case BETA -> (1 - m) / model.omega(c);
        };
    }

    /**
     * @param model the family
     * @param value of the parameter
     * @param m prior mean
     * @return the overdispersion at which the parameter has that value
     */
    double overdispersion(final CountModel model, final double value, final double m) {
        return switch (this) {
            case TAU2 -> value / model.varianceFactor(m);
            case OVERDISPERSION -> value;
            case SHAPE -> 1 / value;
            case RATE -> 1 / (value * m);
            case ALPHA -> model.overdispersion(m / value);
            case BETA -> model.overdispersion((1 - m) / value);
        };
    }

    /**
     * Direction of the curve on which the parameter is constant.
     *
     * @param model the family
     * @param m prior mean
     * @param omega overdispersion on the scale of the likelihood
     * @return d omega / du, u the logarithm or logit of m
     */
    double omegaByMean(final CountModel model, final double m, final double omega) {
        return switch (this) {
            case TAU2 -> model.largestOverdispersion() == 1 ? -omega * (1 + omega) * (1 - 2 * m) : -2 * omega;
            case OVERDISPERSION, SHAPE -> 0;
            case RATE -> -omega;
            case ALPHA -> omega * (1 - m);
            case BETA -> -omega * m;
        };
    }

    /**
     * @param model the family
     * @param m prior mean
     * @param c overdispersion, positive
     * @return derivatives by m and c
     */
    double[] gradient(final CountModel model, final double m, final double c) {
        return switch (this) {
            case TAU2 -> new double[] {c * (model.largestOverdispersion() == 1 ? 1 - 2 * m : 2 * m),
                model.varianceFactor(m)};
            case OVERDISPERSION -> new double[] {0, 1};
            case SHAPE -> new double[] {0, -1 / (c * c)};
            case RATE -> new double[] {-1 / (c * m * m), -1 / (c * c * m)};
            case ALPHA -> new double[] {1 / c - 1, -m / (c * c)};
            case BETA -> new double[] {1 - 1 / c, -(1 - m) / (c * c)};
        };
    }
}
