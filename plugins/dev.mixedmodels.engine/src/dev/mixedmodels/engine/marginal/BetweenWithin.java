package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.WorkingBasis;
import dev.mixedmodels.engine.inference.FTest;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Between-within degrees of freedom. Let b be the dimension of the space of means that are constant within every
 * subject, and w that of the others: the degrees of freedom are subjects - b between and N - subjects - w within.
 * Coefficients of columns that are constant within every subject have the former, all others and the intercept the
 * latter. A mean, a difference or a hypothesis has the latter if it is 0 for every mean that is constant within subjects,
 * or if those are all the same; so its degrees of freedom do not depend on coding or reference level.
 * <p>
 * Source: Schluchter &amp; Elashoff (1990) J. Stat. Comput. Simul. 37:69-87; Galecki &amp; Burzykowski (2013), section
 * 14.2; for coefficients as mmrm.
 */
final class BetweenWithin implements FixedInference {
    /** What is left of a column of unit mean square when subjects' means are taken off, and counts as nothing. */
    private static final double CONSTANT = 1e-10;
    /** A value of a function of unit length that counts as 0. */
    private static final double ZERO = 1e-7;

    private final FixedInference inner;
    private final WorkingBasis basis;
    private final boolean[] betweenColumn;
    /** Orthonormal coefficients of W of the means that are constant within subjects. */
    private final double[][] betweenMeans;
    private final boolean covariates;
    private final double dfBetween;
    private final double dfWithin;

    private BetweenWithin(final FixedInference inner, final RepeatedRows rows) {
        this.inner = inner;
        basis = rows.design().fixed().basis();
        betweenColumn = constantColumns(rows);
        betweenMeans = constantMeans(rows);
        final boolean intercept = rows.design().fixed().intercept();
        if (intercept) {
            betweenColumn[0] = false;
        }
        covariates = betweenMeans.length > (intercept ? 1 : 0);
        dfBetween = positive(rows.subjects() - betweenMeans.length);
        dfWithin = positive(rows.index().size() - rows.subjects() - (rows.columns() - betweenMeans.length));
    }

    static BetweenWithin of(final FixedInference inner, final RepeatedRows rows) {
        return new BetweenWithin(inner, rows);
    }

    private static double positive(final double df) {
        return df > 0 ? df : Double.NaN;
    }

    /** Columns of X that do not change within any subject. */
    private static boolean[] constantColumns(final RepeatedRows rows) {
        final int p = rows.columns();
        final boolean[] constant = new boolean[p];
        Arrays.fill(constant, true);
        final double[] first = new double[p];
        final double[] next = new double[p];
        for (int s = 0; s < rows.subjects(); s++) {
            rows.design().fixed().row(rows.index().row(rows.index().start(s)), first);
            for (int i = rows.index().start(s) + 1; i < rows.index().start(s + 1); i++) {
                rows.design().fixed().row(rows.index().row(i), next);
                for (int j = 0; j < p; j++) {
                    constant[j] &= next[j] == first[j];
                }
            }
        }
        return constant;
    }

    /** Null vectors of the cross-products of W less the means of subjects. */
    private static double[][] constantMeans(final RepeatedRows rows) {
        final int p = rows.columns();
        final double[][] products = new double[p][p];
        final double[] w = new double[p];
        for (int s = 0; s < rows.subjects(); s++) {
            final int from = rows.index().start(s);
            final int to = rows.index().start(s + 1);
            final double[] mean = new double[p];
            for (int i = from; i < to; i++) {
                rows.design().fixed().basisRow(rows.index().row(i), w);
                for (int j = 0; j < p; j++) {
                    mean[j] += w[j] / (to - from);
                }
            }
            for (int i = from; i < to; i++) {
                rows.design().fixed().basisRow(rows.index().row(i), w);
                for (int j = 0; j < p; j++) {
                    for (int k = 0; k < p; k++) {
                        products[j][k] += (w[j] - mean[j]) * (w[k] - mean[k]) / rows.index().size();
                    }
                }
            }
        }
        final Matrices.Eigen eigen = Matrices.eigen(products);
        int varying = 0;
        while (varying < p && eigen.values()[varying] > CONSTANT) {
            varying++;
        }
        return Arrays.copyOfRange(eigen.vectors(), varying, p);
    }

    @Override
    public double[] estimates() {
        return inner.estimates();
    }

    @Override
    public double[][] covariance() {
        return inner.covariance();
    }

    @Override
    public double estimate(final double[] contrast) {
        return inner.estimate(contrast);
    }

    @Override
    public double variance(final double[] contrast) {
        return inner.variance(contrast);
    }

    @Override
    public double coefficientDf(final int k) {
        return betweenColumn[k] ? dfBetween : dfWithin;
    }

    @Override
    public double df(final double[] contrast) {
        return covariates && between(contrast) ? dfBetween : dfWithin;
    }

    private boolean between(final double[] contrast) {
        final double[] l = basis.contrast(contrast);
        final double length = Math.sqrt(Matrices.dot(l, l));
        return Arrays.stream(betweenMeans).anyMatch(mean -> Math.abs(Matrices.dot(l, mean)) > ZERO * length);
    }

    @Override
    public FTest test(final double[][] contrasts) {
        final boolean between = covariates && Arrays.stream(contrasts).anyMatch(this::between);
        final FTest test = inner.test(contrasts);
        return FTest.of(test.f(), test.numDf(), Double.isNaN(test.f()) ? Double.NaN : between ? dfBetween : dfWithin);
    }
}
