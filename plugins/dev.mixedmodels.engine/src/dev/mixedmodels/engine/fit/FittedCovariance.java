package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The covariance parameters at the minimum of the criterion. Everything is in the coordinates and units of the
 * likelihood unless a method says otherwise.
 */
public class FittedCovariance {
    /** A variance below this part of the residual's, for a column of unit mean square, is 0. */
    private static final double ZERO = 1e-12;

    /** Log of a ratio of residual standard deviations from which a search may not come back by itself. */
    private static final double SMALL_LOG_RATIO = -3;
    /** Another one leads to other valleys. */
    private static final double OTHER_LOG_RATIO = 1.5;

    private final CovarianceModel model;
    private final Likelihood likelihood;
    private final Minimum minimum;
    private final double unit;
    private final AffineCoordinates free;
    private final double logScale;
    private final double[][] freeCovariance;

    /**
     * @param model the covariance model
     * @param likelihood the criterion
     * @param minimum where it is least
     * @param unit what the response was divided by
     * @param scale s there
     * @param hessian second derivatives of the criterion by the free coordinates and log s; null if they are not needed
     */
    public FittedCovariance(final CovarianceModel model, final Likelihood likelihood, final Minimum minimum,
        final double unit, final double scale, final double[][] hessian) {
        this.model = model;
        this.likelihood = likelihood;
        this.minimum = minimum;
        this.unit = unit;
        free = minimum.free();
        logScale = Math.log(scale);
        final double[][] inverse = hessian == null ? null : Matrices.inversePositiveDefinite(hessian);
        freeCovariance = inverse == null ? null : Matrices.scaled(inverse, 2);
    }

    /** @return the criterion */
    public Likelihood likelihood() {
        return likelihood;
    }

    /** @return the covariance model */
    public CovarianceModel model() {
        return model;
    }

    /** @return the minimum */
    public Minimum minimum() {
        return minimum;
    }

    /** @return what the response was divided by */
    public double unit() {
        return unit;
    }

    /** Asymptotic covariance of the free coordinates and log s; null if the observed information is not positive. */
    public double[][] freeCovariance() {
        return freeCovariance;
    }

    /** @return log s */
    public double logScale() {
        return logScale;
    }

    /** F with D / s = F F'. */
    public double[] relativeFactor() {
        return free.factor(minimum.z());
    }

    /** F with D = F F'. */
    public double[] factor() {
        final double root = Math.exp(logScale / 2);
        return Arrays.stream(relativeFactor()).map(f -> f * root).toArray();
    }

    /** @return the residual parameters */
    public double[] eta() {
        final double[] z = minimum.z();
        return Arrays.copyOfRange(z, model.q() * model.q(), z.length);
    }

    /** @return entries of F with D = F F', eta, log s */
    public double[] absolute() {
        final double[] z = minimum.z();
        final double[] absolute = Arrays.copyOf(z, z.length + 1);
        System.arraycopy(factor(), 0, absolute, 0, model.q() * model.q());
        absolute[z.length] = logScale;
        return absolute;
    }

    /**
     * Points from which a search may come into another valley: the minimum with residual variances that vanished, or
     * nearly so, as large as that of s, if there are any, and with every other residual variance larger and smaller.
     */
    public List<double[]> others() {
        final List<double[]> others = new ArrayList<>();
        final int shapes = model.residual().power() ? 0 : model.residual().shapes();
        final double[] absolute = absolute();
        final int first = model.q() * model.q();
        if (IntStream.range(first, first + shapes).anyMatch(at -> absolute[at] < SMALL_LOG_RATIO)) {
            others.add(shifted(absolute, k -> k < shapes && absolute[first + k] < SMALL_LOG_RATIO ? -absolute[first + k]
                : 0));
        }
        for (final double step : shapes > 1 ? new double[] {OTHER_LOG_RATIO, -OTHER_LOG_RATIO} : new double[0]) {
            others.add(shifted(absolute, k -> k >= shapes ? 0 : k % 2 == 0 ? step : -step));
        }
        return others;
    }

    private double[] shifted(final double[] absolute, final IntToDoubleFunction shift) {
        final double[] other = absolute.clone();
        for (int k = 0; k < model.residual().size(); k++) {
            other[model.q() * model.q() + k] += shift.applyAsDouble(k);
        }
        return other;
    }

    /** Whether something of D vanished or eta is at a bound. */
    public boolean singular() {
        return !minimum.vanished().isEmpty() || free.size() < minimum.coordinates().size();
    }

    /** Whether a parameter of the residuals, by its place among those reported, lies at its bound. */
    public boolean atBound(final int parameter) {
        final int eta = model.residual().etaOfParameter(parameter);
        return eta >= 0 && minimum.atBound(model.residual().size(), eta);
    }

    /** D as the user has it, in the user's units. */
    public double[][] d() {
        return Matrices.scaled(model.random().userCovariance(factor()), unit * unit);
    }

    /** Whether the variance of an effect of a block counts as 0, for what it contributes to that of the rows. */
    public boolean vanishes(final RandomBlock block, final int effect) {
        final int at = block.first() + effect;
        return model.random().userCovariance(factor())[at][at] <= ZERO * Math.exp(logScale)
            * block.unitVariance(effect);
    }

    /** The reported parameters in the user's units: those of D, then those of the residuals. */
    public double[] parameters() {
        return inUnits(model.random().userParameters(factor()), model.residual().values(eta(), logScale));
    }

    /** The same at a step of the free coordinates and log s; residual parameters stay within their bounds. */
    public double[] parameters(final double[] step) {
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

    /** Squared unit of the response for variances and covariances, 1 for delta and rho. */
    public double unitOf(final int parameter) {
        return isVariance(parameter) ? unit * unit : 1;
    }

    /** Whether a reported parameter is a variance or covariance. */
    public boolean isVariance(final int parameter) {
        return parameter < model.random().parameters() + model.residual().variances();
    }

    /** Derivatives of the elements of D, eta and log s by the free coordinates and log s. */
    double[][] elementSlopes() {
        final double[] z = absolute();
        final int entries = model.q() * model.q();
        final double[][] tangents = new double[free.size() + 1][z.length];
        for (int x = 0; x < free.size(); x++) {
            System.arraycopy(free.directions()[x], 0, tangents[x], 0, z.length - 1);
            for (int i = 0; i < entries; i++) {
                tangents[x][i] *= Math.exp(logScale / 2);
            }
        }
        for (int i = 0; i < entries; i++) {
            tangents[free.size()][i] = z[i] / 2;
        }
        tangents[free.size()][z.length - 1] = 1;
        return FreeCoordinates.first(model.q(), z, tangents);
    }

    /** Derivatives of the reported parameters, in the user's units, by the free coordinates and log s. */
    public double[][] parameterSlopes() {
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
    public double[][] parameterCovariance() {
        if (freeCovariance == null) {
            final double[][] missing = new double[model.parameters()][model.parameters()];
            Arrays.stream(missing).forEach(row -> Arrays.fill(row, Double.NaN));
            return missing;
        }
        return Matrices.sandwich(parameterSlopes(), freeCovariance);
    }
}
