package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.Deletion;
import dev.mixedmodels.engine.inference.Deletions;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.ModelRows;
import dev.mixedmodels.engine.statistics.RowOrder;
import java.util.Arrays;
import java.util.function.Supplier;

/** What a {@link MixedFit} would be without one unit of an outermost level, in the coordinates of its likelihood. */
public final class MixedInfluence {
    private final MixedFit fit;
    private final MixedInference inference;
    private final int outermost;
    private final int maxIterations;
    private final double tolerance;

    /**
     * @param fit a fit
     * @param inference its inference
     * @param outermost index of the grouping factor within whose units those of all others lie
     * @param maxIterations of a refit
     * @param tolerance of a refit
     */
    public MixedInfluence(final MixedFit fit, final MixedInference inference, final int outermost, final int maxIterations,
        final double tolerance) {
        this.fit = fit;
        this.inference = inference;
        this.outermost = outermost;
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
    }

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
     * @return what changes of beta are of the coefficients of the rows' own columns, p x p
     */
    public double[][] back() {
        return Matrices.square(fit.model().coordinates().fixedBack(), beta().length);
    }

    /**
     * @param method one step or refits
     * @param progress to learn of cancellation
     * @return the units
     */
    public Deletions deletions(final InfluenceMethod method, final Progress progress) {
        final OneStep oneStep = oneStep(progress);
        return method == InfluenceMethod.ONE_STEP ? oneStep : refits(oneStep);
    }

    private OneStep oneStep(final Progress progress) {
        final double[] free = fit.result().free();
        final int units = fit.model().groupings().get(outermost).levels();
        final Supplier<UnitJets> source = source(progress);
        final double[][] covariance = inference.informationExists() ? inference.freeCovariance() : null;
        return new OneStep(units, source, OneStep.total(units, source, progress),
            covariance == null ? null : Matrices.scaled(covariance, 0.5), fit.reml(), free.length, this::parameters);
    }

    /** psi at a step of theta and log sigma2. */
    private double[] parameters(final double[] step) {
        final double[] free = fit.result().free();
        final double[] theta = new double[free.length];
        Arrays.setAll(theta, a -> free[a] + step[a]);
        return fit.parameters(theta, fit.scaledSigma2() * Math.exp(step[free.length]));
    }

    private Supplier<UnitJets> source(final Progress progress) {
        final ModelRows rows = fit.model().coordinates().rows();
        final double[] free = fit.result().free();
        if (fit.result().pls() instanceof BlockedPls blocked) {
            final BlockedJets jets = BlockedJets.of(blocked, free, fit.scaledSigma2(), rows, fit.model().groupings(), outermost,
                progress);
            return jets::copy;
        }
        final RowOrder order = RowOrder.of(fit.model().groupings().get(0));
        final RelativeFactors factors = fit.result().pls().factors();
        final double[][] lambda = factors.lambda(free);
        final int q = factors.effects()[0];
        final double[][] first = new double[q * (q + 1) / 2 + 1][free.length + 1];
        for (int a = 0; a < free.length; a++) {
            final double[] derivative = factors.first(a, lambda);
            for (int i = 0; i < q * q; i++) {
                first[Packed.at(i / q, i % q)][a] = derivative[i];
            }
        }
        first[first.length - 1][free.length] = 1;
        return () -> new SeriesJets((from, to) -> SubjectSeries.independent(rows, order, from, to), order.start().length - 1,
            lambda[0], new double[0], fit.scaledSigma2(), first);
    }

    private Deletions refits(final OneStep oneStep) {
        return new Deletions() {
            @Override
            public int size() {
                return oneStep.size();
            }

            @Override
            public Worker worker(final Progress progress) {
                final Worker first = oneStep.worker(progress);
                return unit -> {
                    final Deletion approximate = first.without(unit);
                    return approximate.beta() == null ? approximate : refit(unit, progress, approximate.leverage());
                };
            }
        };
    }

    private Deletion refit(final int unit, final Progress progress, final double leverage) {
        final MixedFit without =
            MixedFit.again(fit.model().without(outermost, unit), fit,
                new PlsOptimiser(fit.reml(), maxIterations, tolerance, progress));
        return without == null ? Deletion.impossible(leverage)
            : new Deletion(without.solution().beta(), phi(without), without.parameters(), leverage);
    }
}
