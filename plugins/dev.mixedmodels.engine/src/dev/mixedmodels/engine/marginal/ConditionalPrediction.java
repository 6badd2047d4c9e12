package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.List;

/**
 * Best linear unbiased prediction of unobserved rows u of a subject from its observed rows o:
 * <pre>
 * x_u'beta + V_uo V_oo^-1 (y_o - X_o beta)
 * conditional variance  V_uu - V_uo V_oo^-1 V_ou
 * prediction error variance  conditional variance + m'phi m,   m = x_u - X_o' V_oo^-1 V_ou
 * </pre>
 * V is that of the rows times the roots of their weights; what is predicted of an unobserved row is divided by its
 * root.
 * <p>
 * Source: Goldberger (1962) JASA 57:369-375.
 */
final class ConditionalPrediction {
    /**
     * A prediction.
     *
     * @param value the prediction
     * @param conditionalVariance with all parameters known
     * @param errorVariance uncertainty of the mean included
     * @param variance V_uu
     */
    record Prediction(double value, double conditionalVariance, double errorVariance, double variance) {
    }

    /**
     * A row that was not observed.
     *
     * @param w the row of X in the working basis
     * @param offset what the mean has beside
     * @param root of the weight
     * @param visit its visit; -1 if there is none
     * @param group which covariance parameters its subject has
     * @param place where it is if the structure goes by places
     */
    record Target(double[] w, double offset, double root, int visit, int group, double[] place) {
    }

    private static final Prediction NONE = new Prediction(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private final Solved solved;
    private final double[] gamma;

    /**
     * @param solved the estimates
     * @param coordinates in which rows are computed with
     */
    ConditionalPrediction(final Solved solved, final RowCoordinates coordinates) {
        this.solved = solved;
        gamma = coordinates.coefficients(solved.beta());
    }

    /** Whether the rows of the fit do not determine how a visit goes with the observed ones. */
    private boolean open(final SubjectBlock block, final int unobserved) {
        for (int i = 0; i < block.rows() && unobserved >= 0; i++) {
            if (solved.open().contains(List.of(block.group(), block.visit(i), unobserved))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Predictions of rows of a subject, in their order.
     *
     * @param block its observed rows [w, residual], weighted
     * @param places of these where the structure goes by places, coordinates x rows
     * @param targets the rows
     */
    Prediction[] of(final SubjectBlock block, final double[][] places, final List<Target> targets) {
        final int k = block.rows();
        final double[] v = covariance(block, places, targets);
        final int n = k + targets.size();
        final double[] l = new double[k * k];
        for (int i = 0; i < k; i++) {
            System.arraycopy(v, i * n, l, i * k, k);
        }
        Cholesky.factor(l, k);
        final Prediction[] predictions = new Prediction[targets.size()];
        final double[] weights = new double[k];
        for (int u = 0; u < predictions.length; u++) {
            final Target target = targets.get(u);
            for (int i = 0; i < k; i++) {
                weights[i] = v[(k + u) * n + i];
            }
            Cholesky.solveLower(l, k, weights);
            final double root = target.root();
            final double variance = v[(k + u) * n + k + u] / (root * root);
            final double conditional = variance - Matrices.dot(weights, weights) / (root * root);
            Cholesky.solveUpper(l, k, weights);
            final double[] m = target.w().clone();
            double value = Matrices.dot(m, gamma) + target.offset();
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < m.length; j++) {
                    m[j] -= weights[i] / root * block.row(i)[j];
                }
                value += weights[i] / root * solved.rest(block.row(i));
            }
            predictions[u] = open(block, target.visit()) ? NONE : new Prediction(value, Math.max(0, conditional),
                Math.max(0, conditional) + Matrices.bilinear(solved.phi(), m, m), variance);
        }
        return predictions;
    }

    /** The mean of a row of a subject that was never observed, with its variance; null if there is none. */
    Prediction ofUnknown(final Target target) {
        final boolean byVisit = !solved.structure().homogeneous();
        final double value = Matrices.dot(target.w(), gamma) + target.offset();
        if (target.group() < 0 || byVisit && target.visit() < 0 || Double.isNaN(value)) {
            return null;
        }
        final double variance = solved.variance(target.group(), target.visit()) / (target.root() * target.root());
        return new Prediction(value, variance, variance + Matrices.bilinear(solved.phi(), target.w(), target.w()),
            variance);
    }

    /** V over the observed rows and then the unobserved ones, row-major. */
    private double[] covariance(final SubjectBlock block, final double[][] places, final List<Target> targets) {
        final int k = block.rows();
        final int[] visits = new int[k + targets.size()];
        Arrays.setAll(visits, i -> i < k ? block.visit(i) : targets.get(i - k).visit());
        final double[][] all = new double[solved.structure().overPlaces() == null ? 0 : places.length][visits.length];
        for (int d = 0; d < all.length; d++) {
            for (int i = 0; i < visits.length; i++) {
                all[d][i] = i < k ? places[d][i] : targets.get(i - k).place()[d];
            }
        }
        return solved.covariance(block.group(), visits, all);
    }
}
