package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.FittedCovariance;
import dev.mixedmodels.engine.inference.Deletion;
import dev.mixedmodels.engine.inference.Deletions;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What a {@link MixedFit} would be without one unit of the outermost level, within whose units those of all others lie,
 * in the coordinates of its likelihood.
 *
 * @param fit a fit
 * @param inference its inference
 */
public record MixedInfluence(MixedFit fit, MixedInference inference) {
    /**
     * @return coefficients of the columns of the likelihood, length p
     */
    public double[] beta() {
        return fit.solution().beta();
    }

    /**
     * @return their model-based covariance, p x p row-major
     */
    public double[] phi() {
        return phi(fit);
    }

    private static double[] phi(final MixedFit fitted) {
        final double[] phi = fitted.solution().phi().clone();
        Arrays.setAll(phi, i -> phi[i] * fitted.scaledSigma2());
        return phi;
    }

    /**
     * @return what changes of beta are to be multiplied by to be those of the coefficients of the rows
     */
    public double scale() {
        return fit.model().coordinates().responseScale();
    }

    /**
     * @param method one step or refits
     * @param progress to learn of cancellation
     * @return the units
     */
    public Deletions deletions(final InfluenceMethod method, final Progress progress) {
        final OneStep oneStep = oneStep(progress);
        return method == InfluenceMethod.ONE_STEP ? oneStep
            : oneStep.refitted(worker -> (unit, leverage) -> refit(unit, worker, leverage));
    }

    private OneStep oneStep(final Progress progress) {
        final Supplier<UnitJets> source = fit.point().jets(fit.scaledSigma2(), progress);
        final int units = fit.model().levels(fit.model().outermost());
        final FittedCovariance covariance = inference.covariance();
        return new OneStep(units, source, OneStep.total(units, source, progress), covariance.freeCovariance() == null
            ? null : Matrices.scaled(covariance.freeCovariance(), 0.5), fit.reml(), fit.minimum().coordinates().size(),
            covariance::parameters);
    }

    private Deletion refit(final int unit, final Progress progress, final double leverage) {
        final MixedFit without = fit.again(fit.model().statistics().without(unit), progress);
        return without == null ? Deletion.impossible(leverage)
            : new Deletion(without.solution().beta(), phi(without),
                MixedInference.fitted(without, null, progress).parameters(), leverage);
    }
}
