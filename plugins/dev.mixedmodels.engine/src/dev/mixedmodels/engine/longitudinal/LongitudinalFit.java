package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;

/** A fitted longitudinal mixed model. */
public final class LongitudinalFit {
    final SubjectData data;
    final Estimate estimate;
    final Estimator estimator;

    LongitudinalFit(final LongitudinalSettings settings, final SubjectData data, final OrdinaryLeastSquares naive,
        final ResidualColumns residual, final Estimate estimate, final Estimator estimator, final Progress progress,
        final Warnings warnings) {
        this.data = data;
        this.estimate = estimate;
        this.estimator = estimator;
    }

    /** -2 log likelihood in the user's units. */
    double criterion() {
        final var at = estimate.atMinimum();
        return at.value() + 2 * at.degreesOfFreedom() * Math.log(data.scale())
            + (estimate.criterion().reml() ? data.design().fixed().basis().logDeterminant() : 0);
    }
}
