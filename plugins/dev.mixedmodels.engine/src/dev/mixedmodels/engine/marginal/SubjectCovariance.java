package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import java.util.Arrays;

/**
 * A covariance structure over the rows at hand: its criterion, starting values, and V of a subject. theta holds the
 * parameters of each group in turn.
 */
abstract class SubjectCovariance {
    private final VisitStructure structure;
    private final int groups;
    private final boolean reml;

    SubjectCovariance(final VisitStructure structure, final int groups, final boolean reml) {
        this.structure = structure;
        this.groups = groups;
        this.reml = reml;
    }

    final VisitStructure structure() {
        return structure;
    }

    final int groups() {
        return groups;
    }

    final boolean reml() {
        return reml;
    }

    /** The criterion in the parameters in which it is maximised. */
    abstract MarginalLikelihood likelihood();

    /** The criterion in the parameters in which a search goes best; the same object where these are no others. */
    MarginalLikelihood forSearch() {
        return likelihood();
    }

    /** Parameters of {@link #likelihood} in the form of {@link #forSearch}. */
    double[] toSearch(final double[] theta) {
        return theta;
    }

    /** Parameters in the form of {@link #forSearch} as those of {@link #likelihood}; null if V is singular. */
    double[] fromSearch(final double[] theta) {
        return theta;
    }

    /** Starting values, best guess first. */
    abstract double[][] starts();

    /** The structure of one group over all visits or, over time, over a typical pair of times. */
    abstract CovarianceStructure typical();

    /** The structure over the rows of a subject. */
    abstract CovarianceStructure over(SubjectBlock block);

    /** Which rows of {@link #over} are those of the block. */
    abstract int[] places(SubjectBlock block);

    /** Parameters of one group. */
    final double[] part(final double[] theta, final int group) {
        final int m = theta.length / groups;
        return Arrays.copyOfRange(theta, group * m, (group + 1) * m);
    }

    /** V over the rows of a block, row-major. */
    final double[] covariance(final double[] theta, final SubjectBlock block) {
        final CovarianceStructure over = over(block);
        final int n = over.dimension();
        final double[] v = new double[n * n];
        over.at(part(theta, block.group())).value(v);
        final int[] places = places(block);
        final int k = places.length;
        final double[] part = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                part[i * k + j] = v[places[i] * n + places[j]];
            }
        }
        return part;
    }
}
