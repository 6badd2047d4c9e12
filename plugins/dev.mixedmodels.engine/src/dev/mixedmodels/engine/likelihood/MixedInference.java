package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.FittedCovariance;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.inference.Satterthwaite;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Inference from a {@link MixedFit}: asymptotic covariance of the covariance parameters from the observed information,
 * and what Satterthwaite's and Kenward and Roger's methods need. The covariance parameters psi are the elements of
 * D_1, D_2 ... in the order of their structures' entries and last the residual variance.
 * <p>
 * The information is taken in (theta, log sigma2), theta without the columns of Lambda that vanished: these directions
 * are held fixed.
 */
public final class MixedInference {
    /** Information, relative to that of the single parameters, that is rounding. */
    private static final double SINGULAR = 1e-8;

    private final MixedFit fit;
    private final FittedCovariance covariance;

    private MixedInference(final MixedFit fit, final FittedCovariance covariance) {
        this.fit = fit;
        this.covariance = covariance;
    }

    /**
     * @param fit a fit
     * @param progress to learn of cancellation
     * @return its inference; where the observed information is singular, what depends on it is NaN
     */
    public static MixedInference of(final MixedFit fit, final Progress progress) {
        final double[][] hessian = fit.point().hessian(progress);
        return new MixedInference(fit, fitted(fit, isWellDefined(hessian) ? hessian : null, progress));
    }

    /** The covariance parameters in units of the response's scale. */
    static FittedCovariance fitted(final MixedFit fit, final double[][] hessian, final Progress progress) {
        final MixedModel model = fit.model();
        return new FittedCovariance(model.covariance(), model.statistics().likelihood(fit.reml(), progress),
            fit.minimum(), model.coordinates().responseScale(), fit.scaledSigma2(), hessian);
    }

    /**
     * Whether no combination of parameters, each scaled to unit information, is without information but for rounding.
     */
    private static boolean isWellDefined(final double[][] h) {
        final int n = h.length;
        final double[][] scaled = Matrices.copy(h);
        Matrices.rescale(scaled, IntStream.range(0, n).mapToDouble(a -> 1 / Math.sqrt(h[a][a])).toArray());
        if (Arrays.stream(scaled).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN)) {
            return false;
        }
        return Matrices.eigen(scaled).values()[n - 1] > SINGULAR;
    }

    /**
     * @return whether the observed information is positive definite
     */
    public boolean informationExists() {
        return covariance.freeCovariance() != null;
    }

    /**
     * @return psi, the covariance parameters
     */
    public double[] parameters() {
        return covariance.parameters();
    }

    /** The fit. */
    MixedFit fit() {
        return fit;
    }

    /** The covariance parameters with the asymptotic covariance of theta and log sigma2. */
    FittedCovariance covariance() {
        return covariance;
    }

    /**
     * @return asymptotic covariance of psi; rows of parameters that do not vary with the free ones are 0
     */
    public double[][] parameterCovariance() {
        return covariance.parameterCovariance();
    }

    /**
     * @return fixed-effects inference with Satterthwaite's degrees of freedom
     */
    public Satterthwaite satterthwaite() {
        final MeanFit solution = fit.solution();
        final double[][] derivatives = fit.point().informationDerivatives();
        final int p = solution.beta().length;
        final double[][][] phi = new double[derivatives.length + 1][][];
        for (int a = 0; a < derivatives.length; a++) {
            // d C^-1 = -C^-1 dC C^-1
            final double[] d = SmallMatrix.multiply(SmallMatrix.multiply(solution.phi(), derivatives[a], p),
                solution.phi(), p);
            phi[a] = fit.fixedBack(d, -fit.scaledSigma2());
        }
        phi[derivatives.length] = fit.phi();
        return new Satterthwaite(fit.beta(), fit.phi(), phi, informationExists() ? covariance.freeCovariance()
            : Matrices.scaled(new double[phi.length][phi.length], Double.NaN));
    }

    /**
     * Kenward and Roger's method in the elements psi with the expected information of psi, as pbkrtest. V is linear in
     * psi, so the term in its second derivatives vanishes.
     *
     * @param progress to learn of cancellation
     * @return fixed-effects inference; empty if the expected information is singular
     * @throws ModelException if the fit is not REML
     */
    public Optional<KenwardRoger> kenwardRoger(final Progress progress) {
        if (!fit.reml()) {
            throw new ModelException("Kenward-Roger needs a REML fit: its expansion is about REML estimates of the "
                + "covariance parameters. Choose the method REML, or Satterthwaite degrees of freedom.");
        }
        final int factors = fit.model().structures().size();
        final double[][][] basis = new double[factors][][];
        for (int k = 0; k < factors; k++) {
            basis[k] = fit.model().coordinates().elements(k, fit.model().structures().get(k));
        }
        final CovarianceCrossProducts products = fit.point().crossProducts(basis, progress);
        final double s2 = fit.scaledSigma2();
        final int n = covariance.model().parameters();
        final double unit = s2 * fit.model().coordinates().responseScale() * fit.model().coordinates().responseScale();
        final double[][][] p = products.p();
        final double[][][][] q = products.q();
        final double[][] scaled = Matrices.scaled(fit.phi(), 1 / unit);
        final double[][] information = new double[n][n];
        for (int k = 0; k < n; k++) {
            for (int l = 0; l < n; l++) {
                information[k][l] = (products.traces()[k][l] - 2 * Matrices.trace(scaled, Matrices.transpose(q[k][l]))
                    + traceOfProduct(Matrices.multiply(scaled, p[k]), Matrices.multiply(scaled, p[l]))) / 2;
            }
        }
        final double[][] inverse =
            isWellDefined(information) ? Matrices.inversePositiveDefinite(information) : null;
        return inverse == null ? Optional.empty()
            : Optional.of(KenwardRoger.in(fit.beta(), fit.phi(), p, q, null, inverse, unit));
    }

    private static double traceOfProduct(final double[][] a, final double[][] b) {
        return Matrices.trace(a, Matrices.transpose(b));
    }
}
