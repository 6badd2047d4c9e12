package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure.Block;
import dev.mixedmodels.engine.fit.CovarianceEstimate;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.FreeCoordinates;
import dev.mixedmodels.engine.fit.ProfileLikelihood;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.fit.RandomModel;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.optimise.Objective;
import java.util.ArrayList;
import java.util.List;

/**
 * Profile-likelihood intervals of the covariance parameters of a {@link MixedFit}, on the criterion that was fitted. The
 * effects of all factors are taken as those of one, F being block diagonal.
 */
public final class MixedProfile implements CovarianceEstimate {
    private final MixedFit fit;
    private final Progress progress;
    private final CovarianceModel model;
    private final int[] first;

    /**
     * @param fit the fit
     * @param progress asked before each evaluation whether to go on
     */
    public MixedProfile(final MixedFit fit, final Progress progress) {
        this.fit = fit;
        this.progress = progress;
        final int[] effects = fit.model().pls().factors().effects();
        first = new int[effects.length + 1];
        for (int k = 0; k < effects.length; k++) {
            first[k + 1] = first[k] + effects[k];
        }
        final List<RandomBlock> blocks = new ArrayList<>();
        for (int k = 0; k < effects.length; k++) {
            for (final Block block : fit.model().structures().get(k).blocks()) {
                blocks.add(block(k, block));
            }
        }
        model = new CovarianceModel(new RandomModel(List.of(), blocks, first[effects.length]),
            ResidualModel.independent());
    }

    /** Effects of an unstructured block are those of the model's own coordinates, of any other those of the rows. */
    private RandomBlock block(final int k, final Block block) {
        final int q = first[k + 1] - first[k];
        final int[] own = block.effects();
        final double[] back = fit.model().coordinates().effectsBack(k);
        final double[] forward = fit.model().coordinates().effectsForward(k);
        final double[][] toUser = new double[own.length][own.length];
        final double[][] toCommon = new double[first[first.length - 1]][own.length];
        for (int i = 0; i < own.length; i++) {
            for (int j = 0; j < own.length; j++) {
                toUser[i][j] = block.free() ? back[own[i] * q + own[j]] : i == j ? 1 : 0;
                toCommon[first[k] + own[i]][j] = block.free() ? i == j ? 1 : 0 : forward[own[i] * q + own[j]];
            }
        }
        return new RandomBlock(first[k] + own[0], block.kind(), block.kind().of(own.length), toUser, toCommon);
    }

    @Override
    public CovarianceModel model() {
        return model;
    }

    @Override
    public double[] absolute() {
        final int q = model.q();
        final double[] absolute = new double[q * q + 1];
        final double[][] lambda = fit.result().pls().factors().lambda(fit.result().free());
        for (int k = 0; k < lambda.length; k++) {
            final int n = first[k + 1] - first[k];
            for (int i = 0; i < n * n; i++) {
                absolute[(first[k] + i / n) * q + first[k] + i % n] = lambda[k][i] * Math.sqrt(fit.scaledSigma2());
            }
        }
        absolute[q * q] = Math.log(fit.scaledSigma2());
        return absolute;
    }

    @Override
    public List<double[]> others() {
        return List.of();
    }

    @Override
    public double least() {
        return fit.solution().criterion(fit.reml(), fit.model().rows());
    }

    @Override
    public int units() {
        return fit.model().groupings().stream().mapToInt(grouping -> grouping.levels()).sum();
    }

    @Override
    public Objective absolute(final FreeCoordinates coordinates) {
        final Objective criterion = new AbsoluteCriterion(fit.model().pls(), fit.reml(), coordinates);
        return fit.model().pls().exactCurvature() ? criterion : new SecantObjective(criterion);
    }

    @Override
    public Progress progress() {
        return progress;
    }

    /**
     * @param confidence confidence level in (0, 1)
     * @return bounds of the residual variance
     */
    public ProfileBounds residual(final double confidence) {
        final ProfileBounds bounds = new ProfileLikelihood(this, confidence).residual(0, fit.scaledSigma2(),
            fit.scaledSigma2() * Math.sqrt(2 / fit.nu()));
        final double square = fit.sigma2() / fit.scaledSigma2();
        return new ProfileBounds(bounds.lower() * square, bounds.upper() * square);
    }

    private RandomBlock block(final int effect) {
        return model.random().blocks().stream()
            .filter(block -> effect >= block.first() && effect < block.first() + block.size()).findFirst().orElseThrow();
    }

    /**
     * @param k index of a grouping factor
     * @param effect index of an effect
     * @param confidence confidence level in (0, 1)
     * @param stdError standard error of the variance, NaN if unknown
     * @return bounds of the effect's variance
     */
    public ProfileBounds variance(final int k, final int effect, final double confidence, final double stdError) {
        final RandomBlock block = block(first[k] + effect);
        return new ProfileLikelihood(this, confidence).variance(block, first[k] + effect - block.first(),
            fit.covariance(k)[effect][effect], stdError);
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
        final RandomBlock block = block(first[k] + i);
        return new ProfileLikelihood(this, confidence).correlation(block, first[k] + i - block.first(),
            first[k] + j - block.first(), estimate,
            (1 - estimate * estimate) / Math.sqrt(fit.model().groupings().get(k).levels()));
    }
}
