package dev.mixedmodels.engine.inference;

/**
 * An estimated linear function l'beta with its test and confidence interval. Where the standard error is 0 or
 * missing there is neither: they are NaN.
 *
 * @param estimate l'beta
 * @param stdError its standard error
 * @param df denominator degrees of freedom
 * @param t (estimate - value of the hypothesis) / stdError
 * @param pValue of the test
 * @param lower lower confidence bound
 * @param upper upper confidence bound
 */
public record Contrast(double estimate, double stdError, double df, double t, double pValue, double lower,
    double upper) {

    /** Not estimable. */
    public static final Contrast MISSING = new Contrast(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN,
        Double.NaN, Double.NaN);

    /**
     * @param inference estimates and their covariance
     * @param l length p
     * @param confidence confidence level in (0, 1)
     * @return the function with its inference
     */
    public static Contrast of(final FixedInference inference, final double[] l, final double confidence) {
        return of(inference.estimate(l), Math.sqrt(inference.variance(l)), inference.df(l), confidence);
    }

    /**
     * @param estimate an estimate
     * @param stdError its standard error
     * @param df denominator degrees of freedom, possibly infinite
     * @param confidence confidence level in (0, 1)
     * @return test and interval by Student's t
     */
    public static Contrast of(final double estimate, final double stdError, final double df,
        final double confidence) {
        return of(estimate, stdError, df, confidence, 0, Alternative.TWO_SIDED);
    }

    /**
     * @param estimate an estimate
     * @param stdError its standard error
     * @param df denominator degrees of freedom, possibly infinite
     * @param confidence confidence level in (0, 1)
     * @param hypothesis value that it is tested against
     * @param alternative what the test is against; an interval of a one-sided test has one infinite bound
     * @return test and interval by Student's t
     */
    public static Contrast of(final double estimate, final double stdError, final double df, final double confidence,
        final double hypothesis, final Alternative alternative) {
        if (!(stdError > 0)) {
            return new Contrast(estimate, stdError, df, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        final double t = (estimate - hypothesis) / stdError;
        return new Contrast(estimate, stdError, df, t, alternative.pValue(t, df), Double.NaN, Double.NaN)
            .within(alternative.quantile(1 - confidence, df), alternative);
    }

    /**
     * @param errors standard errors from the estimate to the bounds
     * @param alternative of the test
     * @return the same with an interval that ends there
     */
    Contrast within(final double errors, final Alternative alternative) {
        final double half = errors * stdError;
        return new Contrast(estimate, stdError, df, t, pValue,
            alternative == Alternative.LESS ? Double.NEGATIVE_INFINITY : estimate - half,
            alternative == Alternative.GREATER ? Double.POSITIVE_INFINITY : estimate + half);
    }
}
