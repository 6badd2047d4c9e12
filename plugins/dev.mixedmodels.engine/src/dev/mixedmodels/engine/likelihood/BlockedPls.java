package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.Arrays;
import java.util.List;

/**
 * Penalised least squares with any number of grouping factors, nested, crossed or partly crossed, from the blocked
 * Cholesky factor of M = Lambda'Z'Z Lambda + I. Source: Bates et al. (2015), sections 3 and 5, for the criterion; the
 * order of the units and the dense core are described at {@link EliminationOrder}.
 */
public final class BlockedPls implements PenalisedLeastSquares {
    private final BlockedCrossProducts data;
    private final RelativeFactors factors;
    /** The room for one factor of M at a time, shared by all likelihoods of these data. */
    private final BlockedFactor factor;
    private final BlockedVectors vectors;
    /** Z'[X y] by columns. */
    private final double[][] zxy;
    /** The point asked for last: search, start and fit ask for the same one in turn. */
    private BlockedPoint last;

    /**
     * @param data statistics of the rows
     * @param factors the relative covariance factors of the grouping factors
     */
    public BlockedPls(final BlockedCrossProducts data, final RelativeFactors factors) {
        this(data, factors, new BlockedFactor(data), null);
    }

    private BlockedPls(final BlockedCrossProducts data, final RelativeFactors factors, final BlockedFactor factor,
        final double[][] zxy) {
        this.data = data;
        this.factors = factors;
        this.factor = factor;
        vectors = new BlockedVectors(factor);
        this.zxy = zxy == null ? new double[data.fixedEffects() + 1][] : zxy;
        for (int c = 0; zxy == null && c <= data.fixedEffects(); c++) {
            this.zxy[c] = vectors.fixedColumn(data.fixed(), c);
        }
    }

    @Override
    public int rows() {
        return data.rows();
    }

    @Override
    public RelativeFactors factors() {
        return factors;
    }

    @Override
    public PenalisedLeastSquares with(final RelativeFactors other) {
        return new BlockedPls(data, other, factor, zxy);
    }

    /** The likelihood without the rows of a unit of an outermost factor. */
    BlockedPls without(final ModelRows rows, final List<Grouping> groupings, final int outermost, final int unit) {
        return new BlockedPls(data.without(rows, groupings, outermost, unit), factors);
    }

    @Override
    public PlsPoint at(final double[] theta) {
        if (last == null || !Arrays.equals(last.theta(), theta)) {
            last = compute(theta.clone());
        }
        return last;
    }

    private BlockedPoint compute(final double[] theta) {
        final double[][] lambda = factors.lambda(theta);
        if (!factor.factor(lambda)) {
            return null;
        }
        final int p1 = data.fixedEffects() + 1;
        final double[][] half = new double[p1][];
        final double[] s = data.cross().clone();
        for (int a = 0; a < p1; a++) {
            half[a] = vectors.scale(lambda, zxy[a], true);
            factor.solveLower(half[a]);
            for (int b = 0; b <= a; b++) {
                s[a * p1 + b] -= dot(half[a], half[b]);
            }
        }
        final MeanFit mean = MeanFit.of(factor.logDeterminant(), s, p1 - 1);
        return mean == null ? null : new BlockedPoint(this, theta, lambda, mean, half);
    }

    private static double dot(final double[] x, final double[] y) {
        double s0 = 0;
        double s1 = 0;
        int i = 0;
        for (; i + 1 < x.length; i += 2) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
        }
        return s0 + s1 + (i < x.length ? x[i] * y[i] : 0);
    }

    /**
     * The derivatives at a point; the factor of M is taken again where another point or an inverse has taken its place.
     *
     * @param curvature whether the second derivatives are wanted too
     */
    BlockedMoments moments(final BlockedPoint point, final boolean curvature) {
        if (!factor.isOf(point.lambda())) {
            factor.factor(point.lambda());
        }
        return new BlockedMoments(factor, vectors, factors, point.lambda(), point.mean(), zxy, point.half(), curvature);
    }

    /** The cross-products of the units of an outermost factor at a point. */
    BlockedProducts products(final ModelRows rows, final List<Grouping> groupings, final int outermost,
        final BlockedPoint point) {
        return BlockedProducts.of(rows, groupings, outermost, vectors, point);
    }

    /** The same likelihood with rooms of its own, for another thread. */
    BlockedPls apart() {
        return new BlockedPls(data, factors);
    }

    /** The likelihood of the same rows with another response, in the same rooms. */
    BlockedPls with(final BlockedCrossProducts other) {
        final int p = other.fixedEffects();
        final double[][] columns = zxy.clone();
        columns[p] = vectors.fixedColumn(other.fixed(), p);
        return new BlockedPls(other, factors, factor, columns);
    }

    /** log l_ii of the factor taken last, by effects in elimination order. */
    double[] logDiagonal() {
        return factor.logDiagonal();
    }

    BlockedCrossProducts data() {
        return data;
    }

    /** Whether the inverse is that of a point. */
    boolean holdsInverse(final BlockedPoint point) {
        return factor.isInverseOf(point.lambda());
    }

    @Override
    public boolean exactCurvature() {
        return false;
    }

    @Override
    public EffectMoments effectMoments() {
        return EffectMoments.of(data);
    }

    /**
     * @return number of random effects in the dense core of the factor
     */
    public int coreSize() {
        return factor.symbolic.coreSize();
    }

    /**
     * @return numbers of the random effects, of entries of the factor before the core, and of rows of the dense core
     */
    @Override
    public String toString() {
        return "BlockedPls" + Arrays.toString(new int[] {factor.symbolic.order(), factor.panels.length, coreSize()});
    }
}
