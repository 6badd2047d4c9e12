package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Where the search for D begins: its size is such that the residual variance is about what is left when D explains all
 * it can, its shape comes from one step of Fisher's scoring in the elements of D, which makes quadratic estimates that
 * are unbiased whatever D is (MINQUE); what is not positive there starts a little above 0.
 * <p>
 * Source: Rao (1971) J. Multivariate Analysis 1:257-275; Searle, Casella &amp; McCulloch (1992) Variance Components,
 * section 11.3.
 */
record MomentStart(CovarianceModel model, SubjectLikelihood criterion) {
    /** A factor of F that makes D much larger than the residual variance, and further ones. */
    private static final double LARGE = 1e5;
    private static final double LARGE_STEP = 100;
    private static final double LARGEST = 1e15;
    /** Least standard deviation relative to that which contributes as much as the residuals. */
    private static final double LEAST = 0.1;

    /**
     * @param model the model
     * @param criterion its criterion
     * @param eta residual parameters to start with
     * @return entries of F and eta
     */
    static double[] of(final CovarianceModel model, final SubjectLikelihood criterion, final double[] eta) {
        final double[] start = model.start();
        System.arraycopy(eta, 0, start, model.q() * model.q(), eta.length);
        if (model.random().blocks().isEmpty()) {
            return start;
        }
        final MomentStart moments = new MomentStart(model, criterion);
        final double[] sized = moments.sized(start);
        final double[] shaped = moments.shaped(sized);
        return shaped == null ? sized : shaped;
    }

    private double[] sized(final double[] start) {
        final double without = scale(start, 0);
        double factor = LARGE;
        double within = scale(start, factor);
        while (factor < LARGEST) { // D explains more while it is larger
            final double next = scale(start, factor * LARGE_STEP);
            if (!(next < within / 2)) {
                break;
            }
            factor *= LARGE_STEP;
            within = next;
        }
        final double ratio = without / within - 1;
        return ratio > 0 ? times(start, Math.max(LEAST, Math.sqrt(ratio))) : start;
    }

    private double scale(final double[] start, final double factor) {
        return criterion.scale(model.coordinates(), times(start, factor));
    }

    private double[] times(final double[] z, final double factor) {
        final double[] changed = z.clone();
        for (int i = 0; i < model.q() * model.q(); i++) {
            changed[i] *= factor;
        }
        return changed;
    }

    /**
     * One step of scoring in the parameters of D and s, in which V is linear; null where the information is singular.
     */
    private double[] shaped(final double[] z) {
        final int q = model.q();
        final int parameters = model.random().parameters();
        final CovarianceJet unit = criterion.unitJet(model.coordinates(), z, 2);
        final double s = criterion.scale(unit);
        final CovarianceJet jet = SubjectLikelihood.absolute(unit, q, z, s);
        final double[][] ofElements = model.random().elementDerivatives();
        final double[][] first = new double[jet.parameters()][parameters + 1];
        for (int e = 0; e < ofElements.length; e++) {
            System.arraycopy(ofElements[e], 0, first[e], 0, parameters);
        }
        first[first.length - 1][parameters] = 1;
        final GaussianCriterion at =
            new GaussianCriterion(jet.change(first), criterion.reml());
        final double[][] inverse = at.exists() ? Matrices.inversePositiveDefinite(at.expectedHessian()) : null;
        if (inverse == null) {
            return null;
        }
        final double[] step = Matrices.multiply(inverse, at.gradient());
        final double newScale = s * Math.max(LEAST, 1 - step[parameters]);
        final double[] shaped = z.clone();
        Arrays.fill(shaped, 0, q * q, 0);
        int k = 0;
        for (final RandomBlock block : model.random().blocks()) {
            final int n = block.size();
            final double[] factor = new double[n * n];
            block.structure().factorAt(block.coordinates(z, q), factor);
            final double[][] f = Matrices.square(factor, n);
            final double[] own = block.structure().near(Matrices.flat(Matrices.multiply(f, Matrices.transpose(f))));
            for (int i = 0; i < own.length; i++) {
                own[i] = (s * own[i] - step[k++]) / newScale;
            }
            final double[] d = new double[n * n];
            block.structure().at(own).value(d);
            block.place(root(Matrices.square(d, n), block.startScales()), q, shaped);
        }
        return criterion.scale(model.coordinates(), shaped) > 0 ? shaped : null;
    }

    /** A factor of G^-1 D G^-1 with eigenvalues that are not too small, times G. */
    private static double[] root(final double[][] d, final double[] scales) {
        final int n = scales.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                d[i][j] /= scales[i] * scales[j];
            }
        }
        final Matrices.Eigen eigen = Matrices.eigen(d);
        final double[] root = new double[n * n];
        for (int e = 0; e < n; e++) {
            final double length = Math.sqrt(Math.max(LEAST * LEAST, eigen.values()[e]));
            for (int i = 0; i < n * n; i++) {
                root[i] += length * scales[i / n] * eigen.vectors()[e][i / n] * eigen.vectors()[e][i % n];
            }
        }
        return root;
    }
}
