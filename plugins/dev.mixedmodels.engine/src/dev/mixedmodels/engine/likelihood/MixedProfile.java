package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.StructureAlgebra;
import dev.mixedmodels.engine.inference.ProfileBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Profile-likelihood intervals of the covariance parameters of a {@link MixedFit}, on the criterion that was fitted. A
 * variance or the residual variance is held by letting the residual variance follow from theta; a correlation by a
 * family of factors in which it is the same for every theta.
 */
public final class MixedProfile {
    private static final int MAX_ITERATIONS = 60;
    private static final double TOLERANCE = 1e-12;
    /** First step from a variance of 0, in residual standard deviations. */
    private static final double FIRST_STEP = 0.1;

    private final MixedFit fit;
    private final PenalisedLeastSquares pls;
    private final PlsOptimiser optimiser;
    private final double minimum;
    private final double[] start;

    /**
     * @param fit the fit
     * @param progress asked before each evaluation whether to go on
     */
    public MixedProfile(final MixedFit fit, final Progress progress) {
        this.fit = fit;
        pls = fit.model().pls();
        optimiser = new PlsOptimiser(fit.reml(), MAX_ITERATIONS, TOLERANCE, progress, true);
        minimum = fit.solution().criterion(fit.reml(), pls.rows());
        start = fit.result().theta().clone();
        final double[] away = StartValues.spherical(pls.factors(), FIRST_STEP);
        for (int a = 0; a < start.length; a++) {
            // a column that is 0 would stay so
            start[a] = away[a] != 0 && Math.abs(start[a]) < FIRST_STEP / 10 ? away[a] : start[a];
        }
    }

    /**
     * @param confidence confidence level in (0, 1)
     * @return bounds of the residual variance
     */
    public ProfileBounds residual(final double confidence) {
        final double scale = fit.model().coordinates().responseScale();
        final DoubleUnaryOperator excess = deviation -> deviation == 0 ? Double.POSITIVE_INFINITY
            : excess(pls, start, ResidualScale.fixed(deviation * deviation / (scale * scale)), unbounded(start));
        final double deviation = Math.sqrt(fit.sigma2());
        return squared(ProfileBounds.of(excess, deviation, 0, Double.POSITIVE_INFINITY,
            deviation / Math.sqrt(2 * fit.nu()), confidence));
    }

    /**
     * @param k index of a grouping factor
     * @param effect index of an effect
     * @param confidence confidence level in (0, 1)
     * @param stdError standard error of the variance, NaN if unknown
     * @return bounds of the effect's variance
     */
    public ProfileBounds variance(final int k, final int effect, final double confidence, final double stdError) {
        final EffectFamily family = new EffectFamily(fit, k, effect, start);
        final PenalisedLeastSquares likelihood = pls.with(family.factors());
        final DoubleUnaryOperator excess = deviation -> deviation == 0 ? excessWithout(k, effect)
            : excess(likelihood, family.start(deviation), ResidualScale.ofEffect(family.rows(), deviation * deviation),
                unbounded(start));
        final double deviation = Math.sqrt(fit.covariance(k)[effect][effect]);
        final double step = stdError > 0 && deviation > 0 ? stdError / (2 * deviation)
            : FIRST_STEP * Math.sqrt(fit.sigma2()) / fit.model().coordinates().effectScale(k, effect);
        return squared(ProfileBounds.of(excess, deviation, 0, Double.POSITIVE_INFINITY, step, confidence));
    }

    /** The criterion minimised from a start less that of the fit; once more from elsewhere if it ends at a boundary. */
    private double excess(final PenalisedLeastSquares likelihood, final double[] from, final ResidualScale scale,
        final double[] lower) {
        final PlsOptimiser.Result result = optimiser.run(likelihood, from, scale, lower);
        double value = result.optimum().value();
        if (!result.optimum().converged() || !BoundaryFactors.near(likelihood.factors(), result.theta(), BoundaryFactors.SMALL).isInterior()) {
            for (final double sign : new double[] {1, -1}) {
                final double[] other = from.clone();
                for (int a = 0; a < other.length; a++) {
                    // the other sign of the covariances, and all of another size
                    other[a] *= StartValues.spherical(likelihood.factors(), 1)[a] == 0 ? -sign : 1;
                    other[a] += other[a] * (sign - 1) / 4;
                    other[a] = lower[a] > 0 ? Math.abs(other[a]) : other[a];
                }
                value = Math.min(value, optimiser.run(likelihood, other, scale, lower).optimum().value());
            }
        }
        return value - minimum;
    }

    private static double[] unbounded(final double[] parameters) {
        final double[] lower = new double[parameters.length];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        return lower;
    }

    private double excessWithout(final int k, final int effect) {
        final List<LinearStructure> smaller = new ArrayList<>(fit.model().structures());
        smaller.set(k, StructureAlgebra.without(smaller.get(k), effect));
        final MixedModel model = fit.model().with(smaller);
        return StartValues.best(model.pls(), optimiser).optimum().value() - minimum;
    }

    private static ProfileBounds squared(final ProfileBounds bounds) {
        return new ProfileBounds(bounds.lower() * bounds.lower(), bounds.upper() * bounds.upper());
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
        final CorrelationFamily family = new CorrelationFamily(fit, k, i, j);
        final double[] from = family.start(start, estimate);
        final double[] lower = family.lower(from);
        final DoubleUnaryOperator excess = rho -> excess(pls.with(family.factors(rho)), from, null, lower);
        final double step = Math.max(0.05, 1 - estimate * estimate) / Math.sqrt(fit.model().groupings().get(k).levels());
        return ProfileBounds.of(excess, estimate, family.least(), 1, step, confidence);
    }
}
