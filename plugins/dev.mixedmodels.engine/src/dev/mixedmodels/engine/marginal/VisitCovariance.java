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
final class VisitCovariance extends CovarianceModel {
    /** Parts of the observed correlations that a start may keep, largest first. */
    private static final double[] SHRINKAGE = {1, 0.95, 0.9, 0.8, 0.6, 0.4, 0.2, 0};
    /** Smallest eigenvalue of a correlation matrix to start from. */
    private static final double MARGIN = 0.01;
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
    MarginalLikelihood forKenwardRoger() {
        return new PatternLikelihood(patterns, over.forKenwardRoger(), groups(), reml());
    }

    @Override
    double[] forKenwardRoger(final double[] theta) {
        return convert(theta, over.forKenwardRoger());
    }

    /** The criterion of the same family in other parameters. */
    MarginalLikelihood with(final CovarianceStructure other) {
        return new PatternLikelihood(patterns, other, groups(), reml());
    }

    /** Parameters of the same matrices in another parametrisation. */
    double[] convert(final double[] theta, final CovarianceStructure other) {
        final int m = other.parameters();
        final double[] converted = new double[groups() * m];
        final double[] v = new double[over.dimension() * over.dimension()];
        for (int g = 0; g < groups(); g++) {
            over.at(part(theta, g)).value(v);
            System.arraycopy(other.near(v), 0, converted, g * m, m);
        }
        return converted;
    }

    @Override
    double[][] starts() {
        final int m = over.parameters();
        final double[] near = new double[groups() * m];
        final double[] plain = new double[groups() * m];
        for (int g = 0; g < groups(); g++) {
            final double[] moments = patterns.moments(g, over.dimension());
            System.arraycopy(over.near(shrunk(moments, 0)), 0, plain, g * m, m);
            double[] v = null;
            for (int i = 0; v == null && i < SHRINKAGE.length; i++) {
                v = shrunk(moments, SHRINKAGE[i]);
            }
            System.arraycopy(over.near(v), 0, near, g * m, m);
        }
        return new double[][] {near, plain};
    }

    /** The matrix with its correlations times a factor; null if it is not well inside the positive definite ones. */
    private double[] shrunk(final double[] moments, final double factor) {
        final int n = over.dimension();
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += moments[i * n + i] / n;
        }
        final double[] v = moments.clone();
        for (int i = 0; i < n; i++) {
            v[i * n + i] = Math.max(v[i * n + i], SMALLEST * mean);
        }
        final double[] test = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    v[i * n + j] *= factor;
                }
                test[i * n + j] = v[i * n + j] / Math.sqrt(v[i * n + i] * v[j * n + j]) - (i == j ? MARGIN : 0);
            }
        }
        return Cholesky.factor(test, n) ? v : null;
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
