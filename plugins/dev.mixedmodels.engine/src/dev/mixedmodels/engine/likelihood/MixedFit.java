package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.inference.Clusters;
import dev.mixedmodels.engine.inference.EstimationSettings;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Optimum;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A {@link MixedModel} fitted by maximum likelihood or restricted maximum likelihood. All figures are in the units of
 * the rows that the model was given.
 */
public final class MixedFit {
    /**
     * What vanished starts so far from 0, relative to the residual's standard deviation, when something else is left
     * out.
     */
    private static final double LITTLE = 0.01;

    private final MixedModel model;
    private final EstimationSettings settings;
    private final Minimum minimum;
    private final CovarianceSearch search;
    private final MixedPoint point;
    private final double[][] lambda;
    private final MeanFit solution;
    private final double scaledSigma2;

    private MixedFit(final MixedModel model, final EstimationSettings settings, final Minimum minimum,
        final CovarianceSearch search, final MixedPoint point) {
        this.model = model;
        this.settings = settings;
        this.minimum = minimum;
        this.search = search;
        this.point = point;
        lambda = RelativeFactors.parts(model.coordinates().effects(), minimum.z());
        solution = point.mean();
        scaledSigma2 = solution.r2() / nu();
    }

    /**
     * @param model the model
     * @param settings of the estimation
     * @param progress to learn of cancellation
     * @return the fit; null if the likelihood exists at none of the points where a search may begin
     */
    public static MixedFit of(final MixedModel model, final EstimationSettings settings, final Progress progress) {
        final CovarianceSearch search = search(model, settings, progress);
        return of(model, settings, search.best(), search);
    }

    /**
     * The fit of a smaller random part to the same rows, from these estimates on; for its likelihood and figures that
     * need no more digits, see {@link CovarianceSearch#forValue}.
     *
     * @param structures of the covariances of all factors
     * @param progress to learn of cancellation
     * @return the fit; null if the likelihood exists at none of the points where a search may begin
     */
    public MixedFit smaller(final List<LinearStructure> structures, final Progress progress) {
        return forValue(model.with(structures), minimum.z(), progress);
    }

    /**
     * The fit of random intercepts only to the same rows, as above.
     *
     * @param intercepts index of each factor's intercept among its effects
     * @param mean whether all fixed effects stay; else the first alone, the constant
     * @param progress to learn of cancellation
     * @return the fit; null if there is none
     */
    public MixedFit interceptsOnly(final int[] intercepts, final boolean mean, final Progress progress) {
        final double[] start = new double[intercepts.length * intercepts.length];
        for (int k = 0; k < intercepts.length; k++) {
            final int q = model.structures().get(k).dimension();
            final double[] row = Arrays.copyOfRange(lambda[k], intercepts[k] * q, (intercepts[k] + 1) * q);
            start[k * (intercepts.length + 1)] = Math.sqrt(Matrices.dot(row, row));
        }
        return forValue(model.interceptsOnly(intercepts, mean), start, progress);
    }

    private MixedFit forValue(final MixedModel other, final double[] estimates, final Progress progress) {
        final double[] start = estimates.clone();
        final int q = other.covariance().q();
        for (int i = 0; i < q * q; i += q + 1) {
            start[i] = start[i] == 0 ? LITTLE : start[i]; // where the criterion may be stationary
        }
        final CovarianceSearch anew = search(other, settings, progress).forValue();
        final Minimum near = anew.again(start);
        return of(other, settings, anew.severalMinima() ? CovarianceSearch.better(near, anew.best()) : near, anew);
    }

    private static CovarianceSearch search(final MixedModel model, final EstimationSettings settings,
        final Progress progress) {
        return new CovarianceSearch(model.covariance(), model.statistics().likelihood(settings.reml(), progress),
            settings);
    }

    private static MixedFit of(final MixedModel model, final EstimationSettings settings, final Minimum minimum,
        final CovarianceSearch search) {
        final MixedPoint point = minimum == null ? null : model.statistics().at(minimum, settings.reml());
        return point == null ? null : new MixedFit(model, settings, minimum, search, point);
    }

    /**
     * The fit of the same model to other rows, from these estimates on.
     *
     * @param statistics of the other rows
     * @param progress to learn of cancellation
     * @return the fit; null if there is none
     */
    MixedFit again(final EffectStatistics statistics, final Progress progress) {
        final MixedModel other = model.with(statistics);
        final CovarianceSearch anew = search(other, settings, progress);
        return of(other, settings, anew.again(minimum.z()), anew);
    }

    /**
     * @return about the relative error of the covariance parameters by rounding, above 0 with several grouping factors
     *         only: the residual variance is then the small difference of large cross-products
     */
    public double rounding() {
        return model.rows() * point.rounding();
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
        return settings.reml();
    }

    /**
     * @return where the optimiser stopped
     */
    public Optimum optimum() {
        return minimum.optimum();
    }

    /**
     * @return whether some D_k is singular: a variance 0 or a perfect correlation
     */
    public boolean singular() {
        return !minimum.vanished().isEmpty();
    }

    /**
     * @param k index of a grouping factor
     * @return whether D_k is singular
     */
    public boolean singular(final int k) {
        final int[] effects = model.coordinates().effects();
        final int first = IntStream.of(effects).limit(k).sum();
        return minimum.vanished().stream().mapToInt(vanished -> vanished.block().first())
            .anyMatch(at -> at >= first && at < first + effects[k]);
    }

    /**
     * @return N - p for REML, N for ML
     */
    public double nu() {
        return solution.nu(reml(), model.rows());
    }

    /**
     * @return -2 log (restricted) likelihood; REML without the term log |X'X|
     */
    public double criterion() {
        return solution.criterion(reml(), model.rows()) + 2 * nu() * Math.log(model.coordinates().responseScale());
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
        final double[] beta = model.coordinates().fixedOffset();
        for (int i = 0; i < beta.length; i++) {
            beta[i] += model.coordinates().responseScale() * solution.beta()[i];
        }
        return beta;
    }

    /**
     * @return Cov(beta) = (X'V^-1 X)^-1, p x p
     */
    public double[][] phi() {
        return fixedBack(solution.phi(), scaledSigma2);
    }

    /** factor c^2 a, c the scale of the response. */
    double[][] fixedBack(final double[] a, final double factor) {
        final double c = model.coordinates().responseScale();
        return Matrices.scaled(Matrices.square(a, solution.beta().length), factor * c * c);
    }

    /**
     * @param k index of a grouping factor
     * @return D_k, covariance of its effects, q x q
     */
    public double[][] covariance(final int k) {
        final double[][] root = covarianceRoot(k);
        return Matrices.multiply(root, Matrices.transpose(root));
    }

    /**
     * @param k index of a grouping factor
     * @return F with D_k = F F', q x q
     */
    public double[][] covarianceRoot(final int k) {
        final int q = model.structures().get(k).dimension();
        return Matrices.scaled(Matrices.square(SmallMatrix.multiply(model.coordinates().effectsBack(k), lambda[k], q),
            q), Math.sqrt(scaledSigma2));
    }

    /**
     * @param grouping name of the outermost grouping factor, within whose units those of all others lie
     * @param names of its units
     * @return its units as clusters of independent rows
     */
    public Clusters clusters(final String grouping, final IntFunction<String> names) {
        return new MixedClusters(grouping, model.levels(model.outermost()), names, point.products(), scaledSigma2,
            solution.beta(), model.coordinates().responseScale());
    }

    /**
     * @return the search that found the estimates, for its work
     */
    public CovarianceSearch search() {
        return search;
    }

    Minimum minimum() {
        return minimum;
    }

    /** The likelihood at the estimates. */
    MixedPoint point() {
        return point;
    }

    MeanFit solution() {
        return solution;
    }

    double scaledSigma2() {
        return scaledSigma2;
    }
}
