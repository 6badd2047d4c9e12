package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.inference.Clusters;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import dev.mixedmodels.engine.statistics.RowOrder;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A {@link MixedModel} fitted by maximum likelihood or restricted maximum likelihood. All figures are in the units of
 * the rows that the model was given.
 */
public final class MixedFit {
    private final MixedModel model;
    private final boolean reml;
    private final PlsOptimiser.Result result;
    private final PlsPoint point;
    private final MeanFit solution;
    private final double rounding;
    private final double scaledSigma2;
    private final double criterion;

    private MixedFit(final MixedModel model, final boolean reml, final PlsOptimiser.Result result,
        final PlsPoint point) {
        this.model = model;
        this.reml = reml;
        this.result = result;
        this.point = point;
        solution = point.mean();
        rounding = result.pls().rows() * point.rounding();
        scaledSigma2 = solution.r2() / nu();
        criterion = inUnits(solution.criterion(reml, result.pls().rows()));
    }

    /**
     * @param model the model
     * @param reml restricted or full maximum likelihood
     * @param maxIterations at most so many Newton steps
     * @param tolerance relative tolerance of the criterion
     * @param progress asked before each evaluation whether to go on
     * @return the fit, converged or not; null if the likelihood exists at no start, for nothing is left of the response
     */
    public static MixedFit of(final MixedModel model, final boolean reml, final int maxIterations,
        final double tolerance, final Progress progress) {
        final PlsOptimiser optimiser = new PlsOptimiser(reml, maxIterations, tolerance, progress);
        final PlsOptimiser.Result best = StartValues.best(model.pls(), optimiser);
        final PlsPoint point = best == null ? null : best.pls().at(best.free());
        return point == null ? null : new MixedFit(model, reml, best, point);
    }

    /**
     * Fits again, from where another search ended.
     *
     * @param model the model with another response, or without some rows
     * @param near a fit to a similar response, or to all rows
     * @param optimiser searches
     * @return the fit, converged or not; null if the likelihood does not exist
     */
    static MixedFit again(final MixedModel model, final MixedFit near, final PlsOptimiser optimiser) {
        PlsOptimiser.Result best = near.singular() || model.pls().at(near.result.theta()) == null ? null
            : optimiser.polish(optimiser.minimise(model.pls(), near.result.theta()));
        if (best == null || !best.optimum().converged()) {
            best = StartValues.best(model.pls(), optimiser); // 0 is a stationary point that a search would not leave
        }
        final PlsPoint point = best == null ? null : best.pls().at(best.free());
        return point == null ? null : new MixedFit(model, near.reml, best, point);
    }

    /**
     * @return about the relative error of the covariance parameters by rounding, above 0 with several grouping factors
     *         only: the residual variance is then the small difference of large cross-products
     */
    public double rounding() {
        return rounding;
    }

    /**
     * @return the model
     */
    public MixedModel model() {
        return model;
    }

    /**
     * @return whether by restricted maximum likelihood
     */
    public boolean reml() {
        return reml;
    }

    /**
     * @return where the optimiser stopped
     */
    public Optimum optimum() {
        return result.optimum();
    }

    /**
     * @return whether some D_k is singular: a variance 0 or a perfect correlation
     */
    public boolean singular() {
        return result.optimum().theta().length < result.theta().length;
    }

    /**
     * @param k index of a grouping factor
     * @return whether D_k is singular
     */
    public boolean singular(final int k) {
        final int[] owner = model.pls().factors().factor();
        return IntStream.range(0, owner.length).anyMatch(a -> owner[a] == k && !result.keep()[a]);
    }

    /**
     * @return N - p for REML, N for ML
     */
    public double nu() {
        return solution.nu(reml, result.pls().rows());
    }

    /**
     * @return -2 log (restricted) likelihood; REML without the term log |X'X|
     */
    public double criterion() {
        return criterion;
    }

    /** A criterion of the model's own coordinates in those of the rows. */
    double inUnits(final double scaledCriterion) {
        final Coordinates coordinates = model.coordinates();
        return scaledCriterion + (reml ? coordinates.logDeterminantBack() : 0)
            + 2 * nu() * Math.log(coordinates.responseScale());
    }

    /**
     * @return the residual variance
     */
    public double sigma2() {
        final double c = model.coordinates().responseScale();
        return scaledSigma2 * c * c;
    }

    /**
     * @return estimates of the fixed effects, length p
     */
    public double[] beta() {
        final Coordinates coordinates = model.coordinates();
        final int p = solution.beta().length;
        final double[] beta = coordinates.fixedOffset();
        final double[] back = coordinates.fixedBack();
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                beta[i] += back[i * p + j] * solution.beta()[j];
            }
        }
        return beta;
    }

    /**
     * @return Cov(beta) = (X'V^-1 X)^-1, p x p
     */
    public double[][] phi() {
        return fixedBack(solution.phi(), scaledSigma2);
    }

    /** factor B a B' with B the way back of fixed effects. */
    double[][] fixedBack(final double[] a, final double factor) {
        final int p = solution.beta().length;
        final double[] back = model.coordinates().fixedBack();
        final double[] product = SmallMatrix.multiplyTransposed(SmallMatrix.multiply(back, a, p), back, p);
        return Matrices.scaled(Matrices.square(product, p), factor);
    }

    /**
     * @param k index of a grouping factor
     * @return D_k, covariance of its effects, q x q
     */
    public double[][] covariance(final int k) {
        return covariance(k, result.free(), scaledSigma2);
    }

    private double[][] covariance(final int k, final double[] free, final double scaled) {
        final double[] lambda = result.pls().factors().lambda(free)[k];
        return effectsBack(k, SmallMatrix.multiplyTransposed(lambda, lambda, model.structures().get(k).dimension()), scaled);
    }

    /**
     * @return psi, the covariance parameters: the elements of D_1, D_2 ... in the order of their structures' entries, and
     *         last the residual variance
     */
    double[] parameters() {
        return parameters(result.free(), scaledSigma2);
    }

    /** psi at other free parameters and another residual variance in the units of the likelihood. */
    double[] parameters(final double[] free, final double scaled) {
        final double[] psi = new double[model.structures().stream().mapToInt(LinearStructure::parameters).sum() + 1];
        int at = 0;
        for (int k = 0; k < model.structures().size(); k++) {
            final double[][] d = covariance(k, free, scaled);
            for (final int[] entry : model.structures().get(k).entries()) {
                psi[at++] = d[entry[0]][entry[1]];
            }
        }
        final double c = model.coordinates().responseScale();
        psi[at] = scaled * c * c;
        return psi;
    }

    /**
     * @param k index of a grouping factor
     * @return F with D_k = F F', q x q
     */
    public double[][] covarianceRoot(final int k) {
        final int q = model.structures().get(k).dimension();
        final double[] lambda = result.pls().factors().lambda(result.free())[k];
        return Matrices.scaled(Matrices.square(SmallMatrix.multiply(model.coordinates().effectsBack(k), lambda, q), q),
            Math.sqrt(scaledSigma2));
    }

    /** factor B g B' with B the way back of factor k's effects. */
    double[][] effectsBack(final int k, final double[] g, final double factor) {
        final int q = model.structures().get(k).dimension();
        final double[] back = model.coordinates().effectsBack(k);
        final double[] product = SmallMatrix.multiplyTransposed(SmallMatrix.multiply(back, g, q), back, q);
        return Matrices.scaled(Matrices.square(product, q), factor);
    }

    /**
     * @param outermost index of the grouping factor within whose units those of all others lie
     * @param names of its units
     * @return its units as clusters of independent rows
     */
    public Clusters clusters(final int outermost, final IntFunction<String> names) {
        final Grouping grouping = model.groupings().get(outermost);
        return new MixedClusters(grouping.name(), grouping.levels(), names, products(outermost), scaledSigma2,
            solution.beta(), model.coordinates().fixedForward());
    }

    private Supplier<UnitProducts> products(final int outermost) {
        final ModelRows rows = model.coordinates().rows();
        if (point instanceof BlockedPoint blocked) {
            final BlockedProducts products =
                ((BlockedPls) result.pls()).products(rows, model.groupings(), outermost, blocked);
            return products::copy;
        }
        final RowOrder order = RowOrder.of(model.groupings().get(outermost));
        final double[] lambda = result.pls().factors().lambda(result.free())[0];
        return () -> new SeriesProducts((from, to) -> SubjectSeries.independent(rows, order, from, to),
            order.start().length - 1, lambda, new double[0]);
    }

    PlsOptimiser.Result result() {
        return result;
    }

    /** The likelihood at the estimates. */
    PlsPoint point() {
        return point;
    }

    MeanFit solution() {
        return solution;
    }

    double scaledSigma2() {
        return scaledSigma2;
    }
}
