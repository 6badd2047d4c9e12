package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * Kenward and Roger's adjusted covariance and degrees of freedom for REML estimates. With V_k the derivative of V by
 * covariance parameter k and V_kl the second derivative:
 * P_k = -X'V^-1 V_k V^-1 X, Q_kl = X'V^-1 V_k V^-1 V_l V^-1 X, R_kl = X'V^-1 V_kl V^-1 X.
 * <p>
 * Source: Kenward &amp; Roger (1997) Biometrics 53:983-997, equations for phi_A, A1, A2, m and lambda.
 * <p>
 * The mathematics: doc/kenward-roger.md beside the sources.
 */
public final class KenwardRoger implements FixedInference {
    private final double[] beta;
    private final double[][] phi;
    private final double[][][] p;
    private final double[][] w;
    private final double[][] adjusted;

    /**
     * @param beta estimates, length p
     * @param phi (X'V^-1 X)^-1, p x p
     * @param p the matrices P_k, m x p x p
     * @param q the matrices Q_kl, m x m x p x p; only l &lt;= k are read
     * @param r the matrices R_kl, only l &lt;= k are read; null drops the term (V linear in its parameters, or
     *            "Kenward-Roger-Linear")
     * @param w asymptotic covariance of the covariance parameters, m x m
     */
    public KenwardRoger(final double[] beta, final double[][] phi, final double[][][] p, final double[][][][] q,
        final double[][][][] r, final double[][] w) {
        this(beta, phi, p, sum(q, r, w, phi.length), w);
    }

    /**
     * From matrices of a response that is measured in a unit.
     *
     * @param beta estimates, length p
     * @param phi (X'V^-1 X)^-1, p x p
     * @param p the matrices P_k times the square of the unit, m x p x p
     * @param q the matrices Q_kl times that, m x m x p x p; only l &lt;= k are read
     * @param r the matrices R_kl times that, only l &lt;= k are read; null drops the term
     * @param w asymptotic covariance of the covariance parameters, m x m
     * @param unit square of the unit
     * @return the method
     */
    public static KenwardRoger in(final double[] beta, final double[][] phi, final double[][][] p,
        final double[][][][] q, final double[][][][] r, final double[][] w, final double unit) {
        return new KenwardRoger(beta, phi,
            Arrays.stream(p).map(derivative -> Matrices.scaled(derivative, 1 / unit)).toArray(double[][][]::new),
            Matrices.scaled(sum(q, r, w, phi.length), 1 / unit), w);
    }

    /**
     * For models that can add up the Q and R matrices without forming each of them.
     *
     * @param beta estimates, length p
     * @param phi (X'V^-1 X)^-1, p x p
     * @param p the matrices P_k, m x p x p
     * @param sum the sum over k and l of w_kl (Q_kl - R_kl / 4), p x p
     * @param w asymptotic covariance of the covariance parameters, m x m
     */
    public KenwardRoger(final double[] beta, final double[][] phi, final double[][][] p, final double[][] sum,
        final double[][] w) {
        this.beta = beta;
        this.phi = phi;
        this.p = p;
        this.w = w;
        this.adjusted = adjusted(sum);
    }

    /** What {@link #stored} gave. */
    KenwardRoger(final StoredInference stored) {
        beta = stored.estimates();
        phi = stored.phi();
        p = stored.matrices();
        w = stored.w();
        adjusted = stored.covariance();
    }

    /**
     * @param q the matrices Q_kl, m x m x p x p; only l &lt;= k are read
     * @param r the matrices R_kl, only l &lt;= k are read; null drops the term
     * @param w asymptotic covariance of the covariance parameters, m x m
     * @param n p
     * @return the sum over k and l of w_kl (Q_kl - R_kl / 4), p x p
     */
    public static double[][] sum(final double[][][][] q, final double[][][][] r, final double[][] w, final int n) {
        final double[][] sum = new double[n][n];
        for (int k = 0; k < w.length; k++) {
            for (int l = 0; l <= k; l++) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        // the terms kl and lk together are symmetric although each alone need not be
                        sum[i][j] += (k == l ? 1 : 2) * w[k][l]
                            * ((q[k][l][i][j] + q[k][l][j][i]) / 2 - (r == null ? 0 : r[k][l][i][j] / 4));
                    }
                }
            }
        }
        return sum;
    }

    /** phi + 2 phi { sum - sum w_kl P_k phi P_l } phi; the inner sum over l first: P_k phi (sum_l w_kl P_l). */
    private double[][] adjusted(final double[][] ofQAndR) {
        final int n = phi.length;
        final double[][] sum = Matrices.copy(ofQAndR);
        for (int k = 0; k < p.length; k++) {
            final double[][] combined = new double[n][n];
            for (int l = 0; l < p.length; l++) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        combined[i][j] += w[k][l] * p[l][i][j];
                    }
                }
            }
            final double[][] pPhiP = Matrices.multiply(Matrices.multiply(p[k], phi), combined);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    sum[i][j] -= pPhiP[i][j];
                }
            }
        }
        final double[][] correction = Matrices.sandwich(phi, sum);
        final double[][] result = Matrices.copy(phi);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                result[i][j] += correction[i][j] + correction[j][i];
            }
        }
        return result;
    }

    /**
     * @param warnings told if the adjusted covariance is none, as it may be with very few units
     * @return this, or then the estimates with their unadjusted covariance and no degrees of freedom
     */
    public FixedInference orUnadjusted(final Warnings warnings) {
        final double[] f = new double[phi.length * phi.length];
        for (int i = 0; i < phi.length; i++) {
            for (int j = 0; j < phi.length; j++) {
                f[i * phi.length + j] = adjusted[i][j] / (Math.sqrt(phi[i][i]) * Math.sqrt(phi[j][j]));
            }
        }
        if (Cholesky.factor(f, phi.length)) {
            return this;
        }
        warnings.add("Kenward and Roger's adjustment leaves no positive variances of the fixed effects, for there are "
            + "too few units for it. Standard errors are those without it, and their degrees of freedom are missing. "
            + "Choose Satterthwaite under \"Degrees of freedom\".");
        return new ConstantDf(beta, phi, Double.NaN);
    }

    /**
     * What is left where the covariance of the covariance parameters does not exist.
     *
     * @param beta estimates, length p
     * @param phi (X'V^-1 X)^-1, p x p
     * @param warnings told
     * @return the estimates with their unadjusted covariance and no degrees of freedom
     */
    public static FixedInference withoutInformation(final double[] beta, final double[][] phi,
        final Warnings warnings) {
        warnings.add("The expected information about the covariance parameters is singular at the estimates, so that "
            + "Kenward and Roger's method does not exist: standard errors are those without its adjustment, and "
            + "degrees of freedom are missing. Choose a model with fewer covariance parameters, or Satterthwaite under "
            + "\"Degrees of freedom\".");
        return new ConstantDf(beta, phi, Double.NaN);
    }

    @Override
    public double[] estimates() {
        return beta;
    }

    @Override
    public double[][] covariance() {
        return adjusted;
    }

    @Override
    public double df(final double[] contrast) {
        return approximate(new double[][] {contrast}).df;
    }

    @Override
    public FTest test(final double[][] contrasts) {
        final Hypothesis.Wald wald = Hypothesis.wald(contrasts, beta, adjusted);
        if (wald.rank() == 0) {
            return FTest.NONE;
        }
        final Approximation a = approximate(contrasts);
        return FTest.of(a.scale * wald.meanSquare(), wald.rank(), a.df);
    }

    private record Approximation(double df, double scale) {
    }

    /** Degrees of freedom m and scale lambda that match the first two moments of the Wald statistic; NaN if none do. */
    private Approximation approximate(final double[][] contrasts) {
        final double[][] rows = Hypothesis.orthonormal(contrasts, phi); // so that (L phi L')^-1 = I
        final double[][] rowsPhi = Matrices.multiply(rows, phi);
        final double[][][] g = new double[p.length][][]; // L phi P_k phi L'
        final double[] trace = new double[p.length];
        for (int k = 0; k < p.length; k++) {
            g[k] = Matrices.sandwich(rowsPhi, p[k]);
            for (int i = 0; i < g[k].length; i++) {
                trace[k] += g[k][i][i];
            }
        }
        double a1 = 0;
        double a2 = 0;
        for (int k = 0; k < p.length; k++) {
            for (int l = 0; l < p.length; l++) {
                a1 += w[k][l] * trace[k] * trace[l];
                a2 += w[k][l] * Matrices.trace(g[k], g[l]);
            }
        }
        return moments(rows.length, a1, a2);
    }

    private static Approximation moments(final int q, final double a1, final double a2) {
        if (a2 == 0) {
            return new Approximation(Double.POSITIVE_INFINITY, 1);
        }
        if (q == 1) {
            return new Approximation(a2 > 0 ? 2 / a2 : Double.NaN, 1); // what the formulas below come to
        }
        final double b = (a1 + 6 * a2) / (2 * q);
        final double g = ((q + 1) * a1 - (q + 4) * a2) / ((q + 2) * a2);
        final double c = 3 * q + 2 * (1 - g);
        final double v0 = 1 + g / c * b;
        final double v1 = 1 - (q - g) / c * b;
        final double v2 = 1 - (q + 2 - g) / c * b;
        final double e = 1 - a2 / q; // 1 / E*
        final double rho = e * e * v0 / (q * v1 * v1 * v2); // V* / (2 E*^2)
        final double m = 4 + (q + 2) / (q * rho - 1);
        // with very few units no F distribution has these moments
        return m > 2 && e > 0 ? new Approximation(m, m * e / (m - 2)) : new Approximation(Double.NaN, Double.NaN);
    }

    @Override
    public StoredInference stored() {
        return new StoredInference(StoredInference.Kind.KENWARD_ROGER, beta, phi, adjusted, p, w, null, null, null);
    }
}
