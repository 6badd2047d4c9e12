package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.util.Arrays;

/**
 * Penalised least squares with any number of grouping factors, nested, crossed or partly crossed, from the blocked
 * Cholesky factor of M = Lambda'Z'Z Lambda + I. Source: Bates et al. (2015), sections 3 and 5, for the criterion; the
 * order of the units and the dense core are described at {@link EliminationOrder}.
 */
public final class BlockedPls implements PenalisedLeastSquares {
    /** Step of the differences that make the Hessian, in standard errors of theta or in its size if that is less. */
    private static final double STEP = 2e-4;
    private static final double LONGEST = 0.1;
    /** Relative rounding of a cross-product. */
    private static final double ROUNDING = 4 * Math.ulp(1.0);
    /** Rounding of a gradient, relative to what changes it by a standard error, that shows in such differences. */
    private static final double NOISY = 1e-11;

    private final BlockedCrossProducts data;
    private final RelativeFactors factors;
    private final BlockedFactor factor;
    private final BlockedVectors vectors;
    private final double[][] zxy;
    private double[] theta;
    private double[][] lambda;
    private double[][] spherical;
    private PlsSolution solution;
    private BlockedMoments moments;

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
            this.zxy[c] = vectors.fixedColumn(c);
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
        return new BlockedPls(data, other, factor, zxy); // the factor is filled anew by every evaluation
    }

    @Override
    public int levels(final int k) {
        return data.levels()[k];
    }

    @Override
    public PlsSolution solve(final double[] newTheta) {
        if (solution == null || !Arrays.equals(theta, newTheta)) {
            compute(newTheta);
        }
        return solution;
    }

    private void compute(final double[] newTheta) {
        theta = newTheta.clone();
        lambda = factors.lambda(theta);
        moments = null;
        solution = null;
        if (!factor.factor(lambda, this)) {
            return;
        }
        final int p1 = data.fixedEffects() + 1;
        spherical = new double[p1][];
        final double[] s = data.cross().clone();
        for (int a = 0; a < p1; a++) {
            spherical[a] = vectors.scale(lambda, zxy[a], true);
            factor.solveLower(spherical[a]);
            for (int b = 0; b <= a; b++) {
                s[a * p1 + b] -= dot(spherical[a], spherical[b]);
            }
        }
        solution = PlsSolution.of(factor.logDeterminant(), s, p1 - 1);
    }

    /** y'Py is the small difference of y'y and what the fixed and random effects explain of it. */
    @Override
    public double rounding() {
        return solution == null ? 0 : ROUNDING * data.cross()[data.cross().length - 1] / solution.r2();
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

    private BlockedMoments moments() {
        if (!factor.belongsTo(this)) {
            compute(theta);
        }
        if (moments == null) {
            for (final double[] column : spherical) {
                factor.solveUpper(column); // now U = M^-1 Lambda'Z'[X y]
            }
            moments = new BlockedMoments(factor, vectors, factors, lambda, solution, zxy, spherical);
        }
        return moments;
    }

    @Override
    public PlsDerivatives gradient() {
        return moments().gradient();
    }

    @Override
    public double[][] curvature(final boolean reml, final double sigma2) {
        return moments().curvature(reml, sigma2);
    }

    /** Central differences of the gradient; where it is noisy, longer ones of fourth order. */
    @Override
    public PlsDerivatives hessian(final Progress progress) {
        final double[] centre = theta;
        final double[][] centreLambda = lambda;
        final PlsSolution centreSolution = solution;
        final BlockedMoments centreMoments = moments();
        final int m = centre.length;
        final double noise = rows() * rounding();
        final double relative = noise > NOISY ? Math.max(STEP, Math.min(LONGEST, Math.pow(noise, 0.2))) : STEP;
        final double[][] curvature = curvature(true, solution.r2() / (rows() - data.fixedEffects()));
        final PlsDerivatives hessian = PlsDerivatives.zero(m * m);
        for (int a = 0; a < m; a++) {
            progress.check();
            final double error = Math.sqrt(2 / Math.max(curvature[a][a], Double.MIN_NORMAL));
            final double step = relative * Math.min(error, 0.1 + Math.abs(centre[a]));
            addDifference(hessian, centre, a, step, noise > NOISY ? 4 / 3.0 : 1);
            if (noise > NOISY) {
                addDifference(hessian, centre, a, 2 * step, -1 / 3.0);
            }
        }
        theta = centre;
        lambda = centreLambda;
        solution = centreSolution;
        moments = centreMoments;
        factor.release(); // it is that of the last difference
        return hessian;
    }

    private void addDifference(final PlsDerivatives hessian, final double[] centre, final int a, final double step,
        final double weight) {
        final double[] moved = centre.clone();
        final PlsDerivatives above = gradientAt(moved, a, centre[a] + step);
        final PlsDerivatives below = gradientAt(moved, a, centre[a] - step);
        final double factor = weight / (4 * step);
        for (int b = 0; b < centre.length; b++) {
            addHalf(hessian.logDetV(), a, b, factor * (above.logDetV()[b] - below.logDetV()[b]));
            addHalf(hessian.logDetC(), a, b, factor * (above.logDetC()[b] - below.logDetC()[b]));
            addHalf(hessian.r2(), a, b, factor * (above.r2()[b] - below.r2()[b]));
        }
    }

    /** NaN where the likelihood does not exist. */
    private PlsDerivatives gradientAt(final double[] point, final int a, final double value) {
        point[a] = value;
        if (solve(point) != null) {
            return gradient();
        }
        final PlsDerivatives none = PlsDerivatives.zero(point.length);
        Arrays.fill(none.logDetV(), Double.NaN);
        return none;
    }

    private void addHalf(final double[] h, final int a, final int b, final double half) {
        h[a * theta.length + b] += half;
        h[b * theta.length + a] += half;
    }

    @Override
    public boolean exactCurvature() {
        return false;
    }

    @Override
    public EffectMoments effectMoments() {
        return EffectMoments.of(data);
    }

    @Override
    public double[][] informationDerivatives() {
        return (moments == null ? moments() : moments).informationDerivatives(); // which needs no factor
    }

    @Override
    public UnitEffects unitEffects(final int k) {
        return moments().unitEffects(k);
    }

    @Override
    public CovarianceCrossProducts crossProducts(final double[][][] basis, final Progress progress) {
        return DenseCrossProducts.of(data, lambda, solution, basis, progress);
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
