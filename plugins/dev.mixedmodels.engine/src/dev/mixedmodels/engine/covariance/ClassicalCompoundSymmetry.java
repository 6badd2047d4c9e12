package dev.mixedmodels.engine.covariance;

import java.util.Arrays;

/**
 * Compound symmetry in the classical notation V = c J + gamma I, with theta = (c, gamma): the form in which c and gamma
 * have intervals. Positive definite for gamma &gt; 0 and c &gt; -gamma / n only, which is not enforced.
 *
 * @param dimension n, at least 2
 */
record ClassicalCompoundSymmetry(int dimension) implements CovarianceStructure {

    @Override
    public int parameters() {
        return 2;
    }

    @Override
    public double[] near(final double[] v) {
        return new double[] {v[1], v[0] - v[1]};
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        final Jet[] byLag = new Jet[dimension];
        Arrays.fill(byLag, Jet.variable(0, theta[0], 1, 0, 2));
        byLag[0] = byLag[0].plus(Jet.variable(1, theta[1], 1, 0, 2));
        return new ToeplitzPoint(byLag);
    }
}
