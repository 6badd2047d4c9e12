package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.FittedCovariance;
import dev.mixedmodels.engine.fit.ProfileLikelihood;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.inference.ProfileBounds;
import java.util.stream.IntStream;

/**
 * Profile-likelihood intervals of the covariance parameters of a {@link MixedFit}, on the criterion that was fitted.
 */
public final class MixedProfile {
    private final MixedFit fit;
    private final FittedCovariance covariance;
    private final double square;

    /**
     * @param fit the fit
     * @param progress to learn of cancellation
     */
    public MixedProfile(final MixedFit fit, final Progress progress) {
        this.fit = fit;
        covariance = MixedInference.fitted(fit, null, progress);
        square = covariance.unit() * covariance.unit();
    }

    private int first(final int k) {
        return IntStream.of(fit.model().coordinates().effects()).limit(k).sum();
    }

    private RandomBlock block(final int k, final int effect) {
        return covariance.model().random().blocks().stream().filter(block -> first(k) + effect >= block.first()
            && first(k) + effect < block.first() + block.size()).findFirst().orElseThrow();
    }

    private ProfileBounds inUnits(final ProfileBounds bounds) {
        return new ProfileBounds(bounds.lower() * square, bounds.upper() * square);
    }

    /**
     * @param confidence confidence level in (0, 1)
     * @return bounds of the residual variance
     */
    public ProfileBounds residual(final double confidence) {
        return inUnits(new ProfileLikelihood(covariance, confidence).residual(0, fit.scaledSigma2(),
            fit.scaledSigma2() * Math.sqrt(2 / fit.nu())));
    }

    /**
     * @param k index of a grouping factor
     * @param effect index of an effect
     * @param confidence confidence level in (0, 1)
     * @param stdError standard error of the variance, NaN if unknown
     * @return bounds of the effect's variance
     */
    public ProfileBounds variance(final int k, final int effect, final double confidence, final double stdError) {
        final RandomBlock block = block(k, effect);
        return inUnits(new ProfileLikelihood(covariance, confidence).variance(block, first(k) + effect - block.first(),
            fit.covariance(k)[effect][effect] / square, stdError / square));
    }

    /**
     * @param k index of a grouping factor
     * @param i index of an effect
     * @param j index of another effect, with a covariance of its own with i
     * @param confidence confidence level in (0, 1)
     * @return bounds of the correlation of the two effects; NaN if a variance is 0
     */
    public ProfileBounds correlation(final int k, final int i, final int j, final double confidence) {
        final double[][] d = fit.covariance(k);
        if (!(d[i][i] > 0 && d[j][j] > 0)) {
            return new ProfileBounds(Double.NaN, Double.NaN);
        }
        final double estimate = Math.max(-1, Math.min(1, d[i][j] / Math.sqrt(d[i][i] * d[j][j])));
        final RandomBlock block = block(k, i);
        return new ProfileLikelihood(covariance, confidence).correlation(block, first(k) + i - block.first(),
            first(k) + j - block.first(), estimate,
            (1 - estimate * estimate) / Math.sqrt(fit.model().levels(k)));
    }
}
