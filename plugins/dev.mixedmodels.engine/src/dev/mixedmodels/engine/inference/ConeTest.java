package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The null distribution of a likelihood ratio for parameters that the hypothesis puts at the apex of a convex cone:
 * T is the squared length, in the metric of the information I, of the projection of Z ~ N(0, I^-1) on the cone
 * (chi-bar-square). Given the direction of Z, T is chi2(m) times the share c of the direction's squared length that the
 * projection keeps, so that P(T &gt;= t) = E P(chi2(m) &gt;= t / c), which simulated directions give accurately in the
 * far tail too.
 * <p>
 * Source: Shapiro (1988) International Statistical Review 56:49-62; Self &amp; Liang (1987) JASA 82:605-610.
 */
public final class ConeTest {
    private static final int MAX_STEPS = 500;
    private static final double PRECISION = 1e-6;

    private final double[][] information;
    private final UnaryOperator<double[]> euclideanProjection;
    private final double step;

    /**
     * @param information about the m parameters, others profiled out, m x m
     * @param euclideanProjection the nearest point of the cone in the plain metric
     */
    public ConeTest(final double[][] information, final UnaryOperator<double[]> euclideanProjection) {
        this.information = information;
        this.euclideanProjection = euclideanProjection;
        step = 1 / Matrices.eigen(information).values()[0];
    }

    /**
     * A simulated p-value.
     *
     * @param value P(T &gt;= t)
     * @param error its Monte Carlo standard error
     */
    public record PValue(double value, double error) {
    }

    /**
     * @param statistic the likelihood ratio t
     * @param simulations number of directions
     * @param seed of the random numbers
     * @return P(T &gt;= t), which is 1 at 0
     */
    public PValue upperTail(final double statistic, final int simulations, final long seed) {
        if (statistic <= 0) {
            return new PValue(1, 0);
        }
        final int m = information.length;
        final double[] l = Matrices.flat(information);
        if (!Cholesky.factor(l, m)) {
            return new PValue(Double.NaN, Double.NaN);
        }
        final Sampler sampler = new Sampler(seed);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < simulations; i++) {
            final double[] z = new double[m];
            double length = 0;
            for (int k = 0; k < m; k++) {
                z[k] = sampler.normal();
                length += z[k] * z[k];
            }
            Cholesky.solveUpper(l, m, z); // I = LL', Z = L'^-1 g
            final double[] kept = project(z);
            final double share = Math.min(1, Matrices.bilinear(information, kept, kept) / length);
            final double p = share > 0 ? Tail.chiSquare(statistic / share, m) : 0;
            sum += p;
            squares += p * p;
        }
        final double mean = sum / simulations;
        return new PValue(mean, Math.sqrt(Math.max(0, squares / simulations - mean * mean) / simulations));
    }

    /** The nearest point of the cone in the metric of the information, by accelerated projected gradients. */
    private double[] project(final double[] z) {
        double[] x = euclideanProjection.apply(z);
        if (Arrays.equals(x, z)) {
            return z; // in the cone
        }
        double[] y = x;
        double momentum = 1;
        for (int i = 0; i < MAX_STEPS; i++) {
            final double[] moved = y.clone();
            for (int k = 0; k < z.length; k++) {
                for (int l = 0; l < z.length; l++) {
                    moved[k] -= step * information[k][l] * (y[l] - z[l]);
                }
            }
            final double[] next = euclideanProjection.apply(moved);
            final double grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            final double[] ahead = next.clone();
            double change = 0;
            double size = 0;
            for (int k = 0; k < z.length; k++) {
                ahead[k] += (momentum - 1) / grown * (next[k] - x[k]);
                change = Math.max(change, Math.abs(next[k] - x[k]));
                size = Math.max(size, Math.abs(next[k]));
            }
            x = next;
            y = ahead;
            momentum = grown;
            if (change <= PRECISION * size) {
                return x;
            }
        }
        return x;
    }
}
