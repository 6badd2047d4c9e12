package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.PatternLikelihood;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.likelihood.VisitPatterns;
import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Arrays;

/** A structure over visits. */
final class VisitCovariance extends SubjectCovariance {
    /** Parts of the observed correlations that a start may keep, largest first. */
    private static final double[] SHRINKAGE = {1, 0.9, 0.7, 0.4, 0};
    /** Smallest eigenvalue of a correlation matrix to start from. */
    private static final double MARGIN = 1e-9;
    /** A variance that is 0 starts as this part of the mean variance. */
    private static final double SMALLEST = 1e-4;

    private final VisitPatterns patterns;
    private final CovarianceStructure over;
    private final PatternLikelihood likelihood;
    private final boolean byVisit;

    /**
     * @param patterns the pooled rows
     * @param structure which structure
     * @param visits number of visits; 1 where visits do not matter
     * @param groups number of sets of parameters
     * @param reml whether the restricted likelihood is meant
     */
    VisitCovariance(final VisitPatterns patterns, final VisitStructure structure, final int visits, final int groups,
        final boolean reml) {
        super(structure, groups, reml);
        this.patterns = patterns;
        byVisit = structure != VisitStructure.INDEPENDENT;
        over = structure.over(visits);
        likelihood = new PatternLikelihood(patterns, over, groups, reml);
    }

    @Override
    MarginalLikelihood likelihood() {
        return likelihood;
    }

    @Override
    MarginalLikelihood forSearch() {
        return over.forSearch() == over ? likelihood : with(over.forSearch());
    }

    @Override
    double[] toSearch(final double[] theta) {
        return over.forSearch() == over ? theta : convert(theta, over, over.forSearch());
    }

    @Override
    double[] fromSearch(final double[] theta) {
        return over.forSearch() == over ? theta : convert(theta, over.forSearch(), over);
    }

    /** The criterion of the same family in other parameters. */
    MarginalLikelihood with(final CovarianceStructure other) {
        return new PatternLikelihood(patterns, other, groups(), reml());
    }

    /** Parameters of the same matrices in another parametrisation; null if one is singular to working precision. */
    double[] convert(final double[] theta, final CovarianceStructure other) {
        return convert(theta, over, other);
    }

    private double[] convert(final double[] theta, final CovarianceStructure from, final CovarianceStructure to) {
        final int m = to.parameters();
        final double[] converted = new double[groups() * m];
        final double[] v = new double[from.dimension() * from.dimension()];
        for (int g = 0; g < groups(); g++) {
            from.at(part(theta, g)).value(v);
            if (!positive(v, 0)) {
                return null;
            }
            System.arraycopy(to.near(v), 0, converted, g * m, m);
        }
        return converted;
    }

    /** From the moments of the residuals: as they are, if that is a covariance matrix, and with less correlation. */
    @Override
    double[][] starts() {
        final int m = over.parameters();
        final double[][] starts = new double[SHRINKAGE.length][groups() * m];
        for (int g = 0; g < groups(); g++) {
            final double[] moments = patterns.moments(g, over.dimension());
            final double[] plain = over.near(shrunk(moments, 0));
            for (int i = 0; i < SHRINKAGE.length; i++) {
                final double[] v = shrunk(moments, SHRINKAGE[i]);
                System.arraycopy(v == null ? plain : over.near(v), 0, starts[i], g * m, m);
            }
        }
        return starts;
    }

    /** The matrix with its correlations times a factor; null if it is not positive definite. */
    private double[] shrunk(final double[] moments, final double factor) {
        final int n = over.dimension();
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += moments[i * n + i] / n;
        }
        final double[] v = moments.clone();
        for (int i = 0; i < n; i++) {
            v[i * n + i] = Math.max(v[i * n + i], SMALLEST * mean);
            for (int j = 0; j < n; j++) {
                v[i * n + j] *= i == j ? 1 : factor;
            }
        }
        return positive(v, MARGIN) ? v : null;
    }

    /** Whether the correlation matrix of V has no eigenvalue below a margin, and V itself none below 0. */
    private boolean positive(final double[] v, final double margin) {
        final int n = over.dimension();
        final double[] correlation = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                correlation[i * n + j] = i == j ? 1 - margin : v[i * n + j] / Math.sqrt(v[i * n + i] * v[j * n + j]);
            }
        }
        return Cholesky.factor(correlation, n) && Cholesky.factor(v.clone(), n);
    }

    @Override
    CovarianceStructure typical() {
        return over;
    }

    @Override
    CovarianceStructure over(final SubjectBlock block) {
        return byVisit ? over : VisitStructure.INDEPENDENT.over(block.rows());
    }

    @Override
    int[] places(final SubjectBlock block) {
        final int[] places = new int[block.rows()];
        Arrays.setAll(places, byVisit ? block::visit : i -> i);
        return places;
    }
}
