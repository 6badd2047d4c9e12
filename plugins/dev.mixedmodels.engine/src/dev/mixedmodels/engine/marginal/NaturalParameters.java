package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.ReportedParameter;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.LUDecomposition;

/**
 * Kenward and Roger's second-derivative term in the natural parameters eta of a structure (variances, correlations),
 * from the parameters theta in which its likelihood is maximised. With J = d eta / d theta and the asymptotic
 * covariance W of theta, that of eta is J W J', and
 * <pre>
 * sum_ab (J W J')_ab d2V / d eta_a d eta_b = sum_kl W_kl V_kl + sum_k c_k V_k
 * J c = -h,   h_m = sum_kl W_kl d2 eta_m / d theta_k d theta_l
 * </pre>
 * which is the chain rule for V(theta(eta)), so that R in eta is R in theta and a multiple of each P.
 * <p>
 * Source: Kenward &amp; Roger (1997) Biometrics 53:983-997, R_ij; the parameters as in SAS PROC MIXED, DDFM=KR.
 */
final class NaturalParameters {
    private NaturalParameters() {
    }

    /**
     * What to say where the term dominates.
     *
     * @param structure the structure
     * @param negative whether it leaves no covariance matrix, or exceeds every number
     */
    static String dominant(final VisitStructure structure, final boolean negative) {
        return "Kenward-Roger's term of second derivatives " + (negative
            ? "exceeds the variances of the fixed effects, so that nothing positive is left of some of them. "
            : "changes standard errors of fixed effects by more than a factor of 2, so that they are hardly to be "
                + "trusted. ") + (structure.overTime()
                    ? "It depends on the unit of the time, since rho is the correlation at distance 1: give the time "
                        + "in a unit near the usual distance of two rows, or choose Kenward-Roger, linear, which has "
                        + "no such term."
                    : "There are too few subjects for it: choose Kenward-Roger, linear, which has no such term, or a "
                        + "structure with fewer parameters.");
    }

    /**
     * The least and the largest variance of a linear function under one covariance for a variance of 1 under another.
     */
    static double[] relativeVariances(final double[][] covariance, final double[][] under) {
        final Matrices.Eigen eigen = Matrices.eigen(under);
        final double[][] root = Matrices.copy(eigen.vectors());
        for (int i = 0; i < root.length; i++) {
            for (int j = 0; j < root.length; j++) {
                root[i][j] /= Math.sqrt(eigen.values()[i]);
            }
        }
        final double[] values = Matrices.eigen(Matrices.sandwich(root, covariance)).values();
        return new double[] {values[values.length - 1], values[0]};
    }

    /** c, one value for each parameter of theta. */
    static double[] curvature(final StructureFit estimates) {
        final int m = estimates.theta().length / estimates.model().groups();
        final double[] all = new double[estimates.theta().length];
        for (int g = 0; g < estimates.model().groups(); g++) {
            final int offset = g * m;
            final double[][] w = new double[m][];
            Arrays.setAll(w, k -> Arrays.copyOfRange(estimates.covariance()[offset + k], offset, offset + m));
            final double[] c = estimates.model().curvature(estimates.model().part(estimates.theta(), g), w);
            if (c == null || !Arrays.stream(c).allMatch(Double::isFinite)) {
                throw new ModelException(dominant(estimates.model().structure(), true));
            }
            System.arraycopy(c, 0, all, offset, m);
        }
        return all;
    }

    /** c of one group; null if it does not exist. */
    static double[] curvature(final List<ReportedParameter> natural, final CovarianceStructure over,
        final double[] part, final double[][] covariance) {
        final int n = over.dimension();
        final int m = natural.size();
        final CovariancePoint point = over.at(part);
        final double[] v = new double[n * n];
        point.value(v);
        final double[][] first = new double[m][n * n];
        for (int k = 0; k < m; k++) {
            point.first(k, first[k]);
        }
        final double[][] jacobian = new double[m][m];
        final double[] h = new double[m];
        for (int k = 0; k < m; k++) {
            for (int l = 0; l < m; l++) {
                jacobian[l][k] = natural.get(l).derivative(v, first[k], n);
                final double[] second = new double[n * n];
                point.second(k, l, second);
                final double w = covariance[k][l];
                for (int a = 0; a < m && w != 0; a++) {
                    h[a] -= w * natural.get(a).second(v, first[k], first[l], second, n);
                }
            }
        }
        for (int a = 0; a < m; a++) {
            if (covariance[a][a] == 0
                && Arrays.stream(jacobian[a]).allMatch(d -> d == 0)) {
                jacobian[a][a] = 1; // a parameter that is held on its bound has no curvature
            }
        }
        final DecompositionSolver solver = new LUDecomposition(new Array2DRowRealMatrix(jacobian, false), 0)
            .getSolver();
        return solver.isNonSingular() ? solver.solve(new ArrayRealVector(h, false)).toArray() : null;
    }
}
