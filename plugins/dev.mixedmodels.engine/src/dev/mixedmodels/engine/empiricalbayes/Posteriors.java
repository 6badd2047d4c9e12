package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/** Posteriors of the rows of a table, observed or not, under an estimated prior. */
final class Posteriors {
    private final ObservedUnits observed;
    private final StoredPrior prior;
    private final Uncertainty uncertainty;
    private final int[] unitOfRow;

    /**
     * @param observed the units
     * @param prior the prior
     * @param uncertainty moments of the observed units
     */
    Posteriors(final ObservedUnits observed, final StoredPrior prior, final Uncertainty uncertainty) {
        this.observed = observed;
        this.prior = prior;
        this.uncertainty = uncertainty;
        unitOfRow = new int[observed.units().size()];
        Arrays.fill(unitOfRow, -1);
        for (int i = 0; i < observed.rows().size(); i++) {
            unitOfRow[observed.rows().row(i)] = i;
        }
    }

    /** Number of a row among the observed units; -1 if it is not. */
    int unit(final int row) {
        return unitOfRow[row];
    }

    /** Posterior of a row; without an observation the prior, with the uncertainty of its mean unless that is known. */
    Posterior of(final int row) {
        return unitOfRow[row] >= 0 ? uncertainty.posterior(unitOfRow[row])
            : prior.method() == PosteriorVariance.NAIVE ? prior(row) : wide(row);
    }

    /** Prior of a row as estimated. */
    Posterior prior(final int row) {
        return observed.model().prior(prior.eta(), observed.units().mean().row(row));
    }

    /** Prior of a row with the uncertainty of its mean. */
    Posterior wide(final int row) {
        final Posterior exact = prior(row);
        final double variance = meanVariance(row);
        return variance == 0 ? exact : exact.withMoments(exact.mean(), exact.variance() + variance);
    }

    /** Variance of the estimated mean of the prior of a row. */
    double meanVariance(final int row) {
        final double[] design = observed.units().mean().row(row);
        return prior.meanCovariance() == null ? 0 : Matrices.bilinear(prior.meanCovariance(), design, design);
    }
}
