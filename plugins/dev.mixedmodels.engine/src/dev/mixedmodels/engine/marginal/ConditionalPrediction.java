package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
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

    /** The mean of unobserved visits. */
    interface Mean {
        /** The row of X of a visit, in the working basis. */
        void fill(UnobservedVisits.Visit visit, double[] w);

        /** The offset of a visit. */
        double offset(UnobservedVisits.Visit visit);
    }

    private static final Prediction NONE = new Prediction(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private final RepeatedRows rows;
    private final Solved solved;
    private final Mean mean;
    private final double[] gamma;
    private final SubjectBlock block;

    /**
     * @param rows observed rows
     * @param solved the estimates
     * @param mean of the unobserved visits
     */
    ConditionalPrediction(final RepeatedRows rows, final Solved solved,
        final Mean mean) {
        this.rows = rows;
        this.solved = solved;
        this.mean = mean;
        gamma = rows.coefficients(solved.beta());
        block = new SubjectBlock(rows.columns());
    }

    /** Whether the rows do not determine how a visit goes with the observed ones. */
    private boolean open(final UnobservedVisits.Visit unobservedVisit) {
        for (int i = 0; i < block.rows() && unobservedVisit.visit() >= 0; i++) {
            if (solved.open().entry(block.group(), block.visit(i), unobservedVisit.visit())) {
                return true;
            }
        }
        return false;
    }

    /** The root of the weight: that of the row, and 1 of a visit without one. */
    private double root(final UnobservedVisits.Visit visit) {
        return visit.donor() == visit.row() ? rows.root(visit.row()) : 1;
    }

    /** Predictions of the given visits of a subject, in their order. */
    Prediction[] of(final int subject, final List<UnobservedVisits.Visit> visits) {
        rows.read(subject, block);
        final int k = block.rows();
        final int p = rows.columns();
        final double[] v = covariance(subject, visits);
        final int n = k + visits.size();
        final double[] l = new double[k * k];
        for (int i = 0; i < k; i++) {
            System.arraycopy(v, i * n, l, i * k, k);
        }
        Cholesky.factor(l, k);
        final Prediction[] predictions = new Prediction[visits.size()];
        final double[] m = new double[p];
        final double[] weights = new double[k];
        for (int u = 0; u < predictions.length; u++) {
            for (int i = 0; i < k; i++) {
                weights[i] = v[(k + u) * n + i];
            }
            Cholesky.solveLower(l, k, weights);
            final double root = root(visits.get(u));
            final double variance = v[(k + u) * n + k + u] / (root * root);
            final double conditional = variance - Matrices.dot(weights, weights) / (root * root);
            Cholesky.solveUpper(l, k, weights);
            mean.fill(visits.get(u), m);
            double value = Matrices.dot(m, gamma) + mean.offset(visits.get(u));
            for (int i = 0; i < k; i++) {
                double residual = block.row(i)[p];
                for (int j = 0; j < p; j++) {
                    residual -= block.row(i)[j] * solved.beta()[j];
                    m[j] -= weights[i] / root * block.row(i)[j];
                }
                value += weights[i] / root * residual;
            }
            predictions[u] = open(visits.get(u)) ? NONE : new Prediction(value, Math.max(0, conditional),
                Math.max(0, conditional) + Matrices.bilinear(solved.phi(), m, m), variance);
        }
        return predictions;
    }

    /** The mean of a row of a subject that was never observed, with its variance; null if there is none. */
    Prediction ofUnknown(final UnobservedVisits.Visit visit) {
        final int group = rows.by() == null ? 0 : rows.by().code(visit.row());
        final boolean byVisit = !solved.structure().homogeneous();
        final double[] w = new double[rows.columns()];
        mean.fill(visit, w);
        final double value = Matrices.dot(w, gamma) + mean.offset(visit);
        if (group < 0 || byVisit && visit.visit() < 0 || Double.isNaN(value)) {
            return null;
        }
        final double root = root(visit);
        final double variance = solved.variance(group, visit.visit()) / (root * root);
        return new Prediction(value, variance, variance + Matrices.bilinear(solved.phi(), w, w), variance);
    }

    /** V over the observed rows and then the unobserved ones, row-major. */
    private double[] covariance(final int subject, final List<UnobservedVisits.Visit> visits) {
        final int k = block.rows();
        final int n = k + visits.size();
        if (solved.structure().overPlaces() != null) {
            final int[] frameRows = Arrays.copyOf(rows.index().rows(subject), n);
            for (int i = k; i < n; i++) {
                frameRows[i] = visits.get(i - k).donor();
            }
            return solved.overPlaces(block.group(), rows.places(solved.structure(), frameRows), n);
        }
        final double[] all = solved.overVisits(block.group());
        final int size = solved.visits();
        final boolean exchangeable = solved.structure() == VisitStructure.INDEPENDENT
            || visits.stream().anyMatch(u -> u.visit() < 0);
        final double[] v = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i * n + j] = !exchangeable ? all[place(i, visits) * size + place(j, visits)]
                    : i == j ? all[0] : size > 1 ? all[1] : 0;
            }
        }
        return v;
    }

    private int place(final int i, final List<UnobservedVisits.Visit> visits) {
        return i < block.rows() ? block.visit(i) : visits.get(i - block.rows()).visit();
    }
}
