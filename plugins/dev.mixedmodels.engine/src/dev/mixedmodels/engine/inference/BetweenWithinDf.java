package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.design.WorkingBasis;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Between-within degrees of freedom. Let b be the dimension of the space of means that are constant within every
 * subject, and w that of the others: the degrees of freedom are subjects - b between and N - subjects - w within.
 * Coefficients of columns that are constant within every subject have the former, all others and the intercept the
 * latter. A mean, a difference or a hypothesis has the latter if it is 0 for every mean that is constant within
 * subjects, or if those are all the same; so its degrees of freedom do not depend on coding or reference level.
 * <p>
 * Source: Schluchter &amp; Elashoff (1990) J. Stat. Comput. Simul. 37:69-87; Galecki &amp; Burzykowski (2013), section
 * 14.2; for coefficients as mmrm.
 *
 * @param inner estimates and their covariance, of the coefficients of X
 * @param basis the working basis
 * @param strata what belongs between subjects and what within
 */
public record BetweenWithinDf(FixedInference inner, WorkingBasis basis, Strata strata) implements OtherDf {
    /** A value of a function of unit length that counts as 0. */
    private static final double ZERO = 1e-7;

    /**
     * What belongs between subjects and what within.
     *
     * @param byColumn degrees of freedom of each coefficient of X
     * @param betweenMeans orthonormal coefficients of the working basis of the means that are constant within subjects
     * @param covariates whether there are such means beside the common one
     * @param dfBetween degrees of freedom between subjects
     * @param dfWithin degrees of freedom within subjects
     */
    public record Strata(double[] byColumn, double[][] betweenMeans, boolean covariates, double dfBetween,
        double dfWithin) {
    }

    @Override
    public double coefficientDf(final int k) {
        return strata.byColumn[k];
    }

    @Override
    public double df(final double[] contrast) {
        return strata.covariates && between(contrast) ? strata.dfBetween : strata.dfWithin;
    }

    private boolean between(final double[] contrast) {
        final double[] l = basis.contrast(contrast);
        final double length = Math.sqrt(Matrices.dot(l, l));
        return Arrays.stream(strata.betweenMeans).anyMatch(mean -> Math.abs(Matrices.dot(l, mean)) > ZERO * length);
    }

    @Override
    public FTest test(final double[][] contrasts) {
        final boolean between = strata.covariates && Arrays.stream(contrasts).anyMatch(this::between);
        return test(contrasts, between ? strata.dfBetween : strata.dfWithin);
    }

    @Override
    public StoredInference stored() {
        return inner.stored().with(strata);
    }
}
