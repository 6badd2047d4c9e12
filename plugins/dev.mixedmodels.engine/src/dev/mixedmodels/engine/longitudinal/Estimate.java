package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.CovarianceEstimate;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.FreeCoordinates;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.likelihood.CovarianceJet;
import dev.mixedmodels.engine.likelihood.GaussianCriterion;
import dev.mixedmodels.engine.likelihood.SubjectLikelihood;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The parameters at the minimum of the criterion. Everything is in the units of {@link SubjectData} (orthonormal
 * columns, scaled response) unless a method says otherwise.
 */
final class Estimate implements CovarianceEstimate {
    /** A variance below this part of the residual's, for a column of unit mean square, is 0. */
    private static final double ZERO = 1e-12;

    /** Log of a ratio of residual standard deviations from which a search may not come back by itself. */
    private static final double SMALL_LOG_RATIO = -3;

    private final CovarianceModel model;
    private final SubjectLikelihood criterion;
    private final Minimum minimum;
    private final double unit;
    private final AffineCoordinates free;
    private final CovarianceJet jet;
    private final GaussianCriterion atMinimum;
    private final double logScale;
    private final double[][] freeCovariance;

    /**
     * @param model the covariance model
     * @param criterion the criterion
     * @param minimum where it is least
     * @param unit what the response was divided by
     */
    Estimate(final CovarianceModel model, final SubjectLikelihood criterion, final Minimum minimum, final double unit) {
        this.model = model;
        this.criterion = criterion;
        this.minimum = minimum;
        this.unit = unit;
        free = minimum.free();
        final SubjectLikelihood.Point point = criterion.at(free, minimum.z());
        logScale = Math.log(point.scale());
        jet = point.jet();
        atMinimum = new GaussianCriterion(jet, criterion.reml());
        final double[][] inverse = Matrices.inversePositiveDefinite(atMinimum.hessian());
        freeCovariance = inverse == null ? null : Matrices.scaled(inverse, 2);
    }

    @Override
    public CovarianceModel model() {
        return model;
    }

    SubjectLikelihood criterion() {
        return criterion;
    }

    Minimum minimum() {
        return minimum;
    }

    double unit() {
        return unit;
    }

    /** The criterion at the minimum with derivatives by the free coordinates and log s. */
    GaussianCriterion atMinimum() {
        return atMinimum;
    }

    /** V at the minimum with derivatives by the free coordinates and log s. */
    CovarianceJet jet() {
        return jet;
    }

    /** Asymptotic covariance of the free coordinates and log s; null if the observed information is not positive. */
    double[][] freeCovariance() {
        return freeCovariance;
    }

    double logScale() {
        return logScale;
    }

    /** F with D / s = F F'. */
    double[] relativeFactor() {
        return free.factor(minimum.z());
    }

    /** F with D = F F'. */
    double[] factor() {
        final double root = Math.exp(logScale / 2);
        return Arrays.stream(relativeFactor()).map(f -> f * root).toArray();
    }

    double[] eta() {
        final double[] z = minimum.z();
        return Arrays.copyOfRange(z, model.q() * model.q(), z.length);
    }

    @Override
    public double[] absolute() {
        final double[] z = minimum.z();
        final double[] absolute = Arrays.copyOf(z, z.length + 1);
        System.arraycopy(factor(), 0, absolute, 0, model.q() * model.q());
        absolute[z.length] = logScale;
        return absolute;
    }

    /** The minimum with residual variances that vanished, or nearly so, as large as that of s, if there are any. */
    @Override
    public List<double[]> others() {
        final double[] absolute = absolute();
        boolean changed = false;
        for (int k = 0; k < model.residual().shapes() && !model.residual().power(); k++) {
            final int at = model.q() * model.q() + k;
            if (absolute[at] < SMALL_LOG_RATIO) {
                absolute[at] = 0;
                changed = true;
            }
        }
        return changed ? List.of(absolute) : List.of();
    }

    @Override
    public double least() {
        return atMinimum.value();
    }

    @Override
    public int units() {
        return criterion.shares().subjects();
    }

    @Override
    public Objective absolute(final FreeCoordinates coordinates) {
        return criterion.absolute(coordinates);
    }

    @Override
    public Progress progress() {
        return criterion.progress();
    }

    /** Whether something of D vanished or eta is at a bound. */
    boolean singular() {
        return !minimum.vanished().isEmpty() || free.size() < minimum.coordinates().size();
    }

    /** Whether a parameter of the residuals, by its place among those reported, lies at its bound. */
    boolean atBound(final int parameter) {
        final int eta = model.residual().etaOfParameter(parameter);
        return eta >= 0 && minimum.atBound(model.residual().size(), eta);
    }

    /** Indices of the reported residual parameters that do not lie at their bounds. */
    private int[] inside() {
        return IntStream.range(0, model.residual().names().size()).filter(k -> !atBound(k)).toArray();
    }

    /** D as the user has it, in the user's units. */
    double[][] d() {
        return Matrices.scaled(model.random().userCovariance(factor()), unit * unit);
    }

    /** Whether the variance of an effect of a block counts as 0, for what it contributes to that of the rows. */
    boolean vanishes(final RandomBlock block, final int effect) {
        final int at = block.first() + effect;
        return model.random().userCovariance(factor())[at][at] <= ZERO * Math.exp(logScale) * block.unitVariance(effect);
    }

    /** The reported parameters in the user's units: those of D, then those of the residuals. */
    double[] parameters() {
        return inUnits(model.random().userParameters(factor()), model.residual().values(eta(), logScale));
    }

    /** The same at a step of the free coordinates and log s; residual parameters stay within their bounds. */
    double[] parameters(final double[] step) {
        final double[] z = free.at(Arrays.copyOf(step, free.size()));
        final double shifted = logScale + step[free.size()];
        final int entries = model.q() * model.q();
        final double[] eta = Arrays.copyOfRange(z, entries, z.length);
        for (int k = 0; k < eta.length; k++) {
            eta[k] = Math.max(model.residual().bounds(-1)[k], Math.min(model.residual().bounds(1)[k], eta[k]));
        }
        final double root = Math.exp(shifted / 2);
        return inUnits(model.random().userParameters(Arrays.stream(free.factor(z)).map(f -> f * root).toArray()),
            model.residual().values(eta, shifted));
    }

    private double[] inUnits(final double[] ofD, final double[] rest) {
        final double[] all = Arrays.copyOf(ofD, ofD.length + rest.length);
        System.arraycopy(rest, 0, all, ofD.length, rest.length);
        for (int k = 0; k < all.length; k++) {
            all[k] *= unitOf(k);
        }
        return all;
    }

    /** First derivatives of the elements of D / s, eta and log s by the free coordinates and log s. */
    double[][] firstDerivatives() {
        return SubjectLikelihood.withScale(FreeCoordinates.first(model.q(), minimum.z(), free.directions()));
    }

    /** Squared unit of the response for variances and covariances, 1 for delta and rho. */
    double unitOf(final int parameter) {
        return isVariance(parameter) ? unit * unit : 1;
    }

    /** Whether a reported parameter is a variance or covariance. */
    boolean isVariance(final int parameter) {
        return parameter < model.random().parameters() + model.residual().variances();
    }

    /** Derivatives of the reported parameters, in the user's units, by the free coordinates and log s. */
    double[][] parameterSlopes() {
        final int n = free.size();
        final double[][] slopes = new double[model.parameters()][n + 1];
        final double[][] first = FreeCoordinates.first(model.q(), minimum.z(), free.directions());
        final double[] values = model.random().userParameters(factor());
        for (int x = 0; x < n; x++) {
            final double[] along = model.random().userSlopes(relativeFactor(), free.factor(free.directions()[x]));
            for (int k = 0; k < values.length; k++) {
                slopes[k][x] = Math.exp(logScale) * along[k];
            }
        }
        for (int k = 0; k < values.length; k++) {
            slopes[k][n] = values[k];
        }
        int k = values.length;
        final double[][] residual = model.residual().slopes(eta(), logScale);
        final int elements = model.q() * (model.q() + 1) / 2;
        for (int r = 0; r < residual.length; r++, k++) {
            for (int e = 0; e < model.residual().size(); e++) {
                for (int x = 0; x < n; x++) {
                    slopes[k][x] += residual[r][e] * first[elements + e][x];
                }
            }
            slopes[k][n] = residual[r][model.residual().size()];
        }
        for (int p = 0; p < slopes.length; p++) {
            for (int x = 0; x <= n; x++) {
                slopes[p][x] *= unitOf(p);
            }
        }
        return slopes;
    }

    /** Asymptotic covariance of the reported parameters; NaN where there is none. */
    double[][] parameterCovariance() {
        if (freeCovariance == null) {
            final double[][] missing = new double[model.parameters()][model.parameters()];
            Arrays.stream(missing).forEach(row -> Arrays.fill(row, Double.NaN));
            return missing;
        }
        return Matrices.sandwich(parameterSlopes(), freeCovariance);
    }

    /**
     * V and its derivatives by the parameters in which Kenward and Roger's matrices are taken: those of D in working
     * coordinates (V is linear in them, so that their choice does not matter) and the reported ones of the residuals,
     * without what is at its bound.
     */
    CovarianceJet naturalJet() {
        final CovarianceJet absolute = criterion.absoluteJet(model.q(), absolute(), 2);
        final int elements = model.q() * (model.q() + 1) / 2;
        final int ofD = model.random().parameters();
        final double[][] residual = model.residual().first(eta(), logScale);
        final double[][][] curvature = model.residual().second(eta(), logScale);
        final int[] inside = inside();
        final int size = ofD + inside.length;
        final double[][] first = new double[elements + residual.length][size];
        final double[][][] second = new double[elements + residual.length][][];
        final double[][] ofElements = model.random().elementDerivatives();
        for (int e = 0; e < ofElements.length; e++) {
            System.arraycopy(ofElements[e], 0, first[e], 0, ofD);
        }
        for (int e = 0; e < residual.length; e++) {
            second[elements + e] = new double[size][size];
            for (int k = 0; k < inside.length; k++) {
                first[elements + e][ofD + k] = residual[e][inside[k]];
                for (int l = 0; l < inside.length; l++) {
                    second[elements + e][ofD + k][ofD + l] = curvature[e][inside[k]][inside[l]];
                }
            }
        }
        return absolute.change(first, second);
    }
}
