package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.ResidualStructure;

/**
 * The rows of all subjects, one subject after the other and each in order of time, for models with a residual
 * structure.
 *
 * @param q number of random effects
 * @param p number of fixed effects
 * @param values rows of [z x y], row-major, q + p + 1 columns
 * @param starts index of each subject's first row, and the number of rows at the end
 * @param structure the correlation of a subject's residuals
 * @param gaps time since the subject's row before; may be empty where the structure does not need it
 * @param exponents variance function: the standard deviation of a row is proportional to exp(sum_k eta_k d_k) with
 *            d_k = exponents[k][row]
 * @param maxRows the largest number of rows of a subject
 */
public record SubjectSeries(int q, int p, double[] values, int[] starts, ResidualStructure structure, double[] gaps,
    double[][] exponents, int maxRows) implements SubjectShares {

    /** The largest number of rows of a subject is counted. The other components are as above. */
    public SubjectSeries(final int q, final int p, final double[] values, final int[] starts,
        final ResidualStructure structure, final double[] gaps, final double[][] exponents) {
        this(q, p, values, starts, structure, gaps, exponents, longest(starts));
    }

    private static int longest(final int[] starts) {
        int max = 0;
        for (int i = 1; i < starts.length; i++) {
            max = Math.max(max, starts[i] - starts[i - 1]);
        }
        return max;
    }

    @Override
    public int subjects() {
        return starts.length - 1;
    }

    @Override
    public long rows() {
        return starts[subjects()];
    }

    /** Those of the variance function, then that of the correlation. */
    @Override
    public int residualParameters() {
        return exponents.length + structure.parameters();
    }

    @Override
    public Worker worker(final double[] factor, final double[] eta, final int order) {
        return new ResidualPart(this, eta, factor, order)::add;
    }

    @Override
    public Reducer reducer(final double[] eta) {
        return new ResidualPart(this, eta, new double[q * q], 0)::reduce;
    }
}
