package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import java.util.Arrays;
import java.util.function.Supplier;

/** A {@link BlockedPls} at one theta. */
final class BlockedPoint implements MixedPoint {
    /** Least step of the differences that make the Hessian, in standard errors of theta or in its size if less. */
    private static final double STEP = 2e-4;
    private static final double LONGEST = 0.1;
    /** Relative rounding of a cross-product. */
    private static final double ROUNDING = 4 * Math.ulp(1.0);
    /**
     * Rounding of a gradient, relative to what changes it by a standard error, that wants differences of fourth order:
     * up to here those of second order have a Hessian to NOISY^(2/3), six digits.
     */
    private static final double NOISY = 5e-9;

    private final BlockedPls pls;
    private final double[] theta;
    private final double[][] lambda;
    private final MeanFit mean;
    /** L^-1 Lambda'Z'[X y] by columns, M = L L'. */
    private final double[][] half;
    /** Computed when they are first asked for. */
    private BlockedMoments moments;

    BlockedPoint(final BlockedPls pls, final double[] theta, final double[][] lambda, final MeanFit mean,
        final double[][] half) {
        this.pls = pls;
        this.theta = theta;
        this.lambda = lambda;
        this.mean = mean;
        this.half = half;
    }

    double[] theta() {
        return theta;
    }

    double[][] lambda() {
        return lambda;
    }

    double[][] half() {
        return half;
    }

    @Override
    public MeanFit mean() {
        return mean;
    }

    /** y'Py is the small difference of y'y and what the fixed and random effects explain of it. */
    @Override
    public double rounding() {
        final double[] cross = pls.statistics().data.cross();
        return ROUNDING * cross[cross.length - 1] / mean.r2();
    }

    private BlockedMoments moments(final boolean curvature) {
        if (moments == null || curvature && !moments.hasCurvature()) {
            moments = pls.moments(this, curvature);
        }
        return moments;
    }

    /** First derivatives by theta, each of length m. */
    PlsDerivatives gradient() {
        return moments(false).gradient();
    }

    /**
     * Second derivatives by theta of log |V| (+ log |X'V^-1 X|) + y'Py / sigma2 for Newton's method; where they are not
     * to be had exactly, with the average of observed and expected information in their place (Gilmour, Thompson &amp;
     * Cullis 1995, Biometrics 51:1440-1450).
     */
    double[][] curvature(final boolean reml, final double sigma2) {
        return moments(true).curvature(reml, sigma2);
    }

    /** Central differences of the gradient, as long as its noise wants them; of fourth order where it is noisy. */
    PlsDerivatives second(final Progress progress) {
        final int m = theta.length;
        final double noise = pls.statistics().rows() * rounding();
        final double relative = Math.max(STEP, Math.min(LONGEST, Math.pow(noise, noise > NOISY ? 0.2 : 1 / 3.0)));
        final double[][] curvature = curvature(true, mean.r2() / (pls.statistics().rows() - mean.beta().length));
        final PlsDerivatives hessian = PlsDerivatives.zero(m * m);
        for (int a = 0; a < m; a++) {
            progress.check();
            final double error = Math.sqrt(2 / Math.max(curvature[a][a], Double.MIN_NORMAL));
            final double step = relative * Math.min(error, 0.1 + Math.abs(theta[a]));
            addDifference(hessian, a, step, noise > NOISY ? 4 / 3.0 : 1);
            if (noise > NOISY) {
                addDifference(hessian, a, 2 * step, -1 / 3.0);
            }
        }
        return hessian;
    }

    @Override
    public double[][] hessian(final Progress progress) {
        final int m = theta.length;
        final double nu = mean.nu(pls.reml(), pls.statistics().rows());
        final double sigma2 = mean.r2() / nu;
        final double[][] second = pls.statistics().factor.twice ? curvature(pls.reml(), sigma2) : differences(sigma2, progress);
        final PlsDerivatives first = gradient();
        final double[][] h = new double[m + 1][m + 1];
        for (int a = 0; a < m; a++) {
            System.arraycopy(second[a], 0, h[a], 0, m);
            h[a][m] = -first.r2()[a] / sigma2;
            h[m][a] = h[a][m];
        }
        h[m][m] = nu;
        return h;
    }

    private double[][] differences(final double sigma2, final Progress progress) {
        final int m = theta.length;
        final PlsDerivatives second = second(progress);
        final double[] logDet = second.logDeterminants(pls.reml());
        final double[][] h = new double[m][m];
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                h[a][b] = logDet[a * m + b] + second.r2()[a * m + b] / sigma2;
            }
        }
        return h;
    }

    private void addDifference(final PlsDerivatives hessian, final int a, final double step,
        final double weight) {
        final double[] moved = theta.clone();
        final PlsDerivatives above = gradientAt(moved, a, theta[a] + step);
        final PlsDerivatives below = gradientAt(moved, a, theta[a] - step);
        final double factor = weight / (4 * step);
        for (int b = 0; b < theta.length; b++) {
            addHalf(hessian.logDetV(), a, b, factor * (above.logDetV()[b] - below.logDetV()[b]));
            addHalf(hessian.logDetC(), a, b, factor * (above.logDetC()[b] - below.logDetC()[b]));
            addHalf(hessian.r2(), a, b, factor * (above.r2()[b] - below.r2()[b]));
        }
    }

    /** NaN where the likelihood does not exist. */
    private PlsDerivatives gradientAt(final double[] point, final int a, final double value) {
        point[a] = value;
        final BlockedPoint at = pls.at(point);
        if (at != null) {
            return at.gradient();
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
    public double[][] informationDerivatives() {
        return moments(false).informationDerivatives();
    }

    @Override
    public void unitEffects(final int k, final UnitEffects receiver) {
        if (!pls.statistics().factor.isInverseOf(lambda)) {
            moments = null; // their inverse has given way to that of another point
        }
        moments(false).unitEffects(k, receiver);
    }

    @Override
    public void pairEffects(final int k, final int l, final PairEffects receiver) {
        if (PairCovariances.all(pls.statistics().data)) {
            PairCovariances.of(pls.statistics().data, lambda, k, l, receiver);
            return;
        }
        if (!pls.statistics().factor.isInverseOf(lambda)) {
            moments = null;
        }
        moments(false).pairEffects(k, l, receiver);
    }

    @Override
    public CovarianceCrossProducts crossProducts(final double[][][] basis, final Progress progress) {
        return DenseCrossProducts.of(pls.statistics().data, lambda, mean, basis, progress);
    }

    @Override
    public Supplier<UnitProducts> products() {
        final BlockedProducts products = BlockedProducts.of(pls.statistics(), this);
        return () -> products;
    }

    @Override
    public Supplier<UnitJets> jets(final double scale, final Progress progress) {
        final BlockedJets jets = BlockedJets.of(pls, theta, scale, progress);
        return () -> jets;
    }
}
