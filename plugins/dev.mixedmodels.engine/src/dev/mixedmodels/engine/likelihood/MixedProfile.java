package dev.mixedmodels.engine.likelihood;

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
    private final ProfileLikelihood profile;

    /**
     * @param inference the fit and the information about its parameters
     * @param confidence confidence level in (0, 1)
     */
    public MixedProfile(final MixedInference inference, final double confidence) {
        fit = inference.fit();
        covariance = inference.covariance();
        profile = new ProfileLikelihood(covariance, confidence);
    }

    private int first(final int k) {
        return IntStream.of(fit.model().coordinates().effects()).limit(k).sum();
    }

    private RandomBlock block(final int k, final int effect) {
        return covariance.model().random().blocks().stream().filter(block -> first(k) + effect >= block.first()
            && first(k) + effect < block.first() + block.size()).findFirst().orElseThrow();
    }

    private double square() {
        return covariance.unit() * covariance.unit();
    }

    /**
     * @return bounds of the residual variance
     */
    public ProfileBounds residual() {
        return profile.residual(0).times(square());
    }

    /**
     * @param k index of a grouping factor
     * @param effect index of an effect
     * @return bounds of the effect's variance
     */
    public ProfileBounds variance(final int k, final int effect) {
        final RandomBlock block = block(k, effect);
        return profile.variance(block, first(k) + effect - block.first()).times(square());
    }

    /**
     * @param k index of a grouping factor
     * @param i index of an effect
     * @param j index of another effect, with a covariance of its own with i
     * @return bounds of the correlation of the two effects; NaN if a variance is 0
     */
    public ProfileBounds correlation(final int k, final int i, final int j) {
        final double[][] d = fit.covariance(k);
        if (!(d[i][i] > 0 && d[j][j] > 0)) {
            return ProfileBounds.NONE;
        }
        final RandomBlock block = block(k, i);
        return profile.correlation(block, first(k) + i - block.first(), first(k) + j - block.first());
    }
}
