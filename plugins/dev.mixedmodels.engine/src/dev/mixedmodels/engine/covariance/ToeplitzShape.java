package dev.mixedmodels.engine.covariance;

import java.util.Arrays;

/**
 * A correlation for each lag, parametrised by the partial autocorrelations pi_k = x_k / sqrt(1 + x_k^2), any values of
 * which in (-1, 1) give a positive definite Toeplitz matrix (Barndorff-Nielsen and Schou 1973). The Durbin-Levinson
 * recursion turns them into the correlations:
 * rho_m = sum_(j<m) phi_(m-1,j) rho_(m-j) + pi_m v_(m-1), phi_(m,j) = phi_(m-1,j) - pi_m phi_(m-1,m-j),
 * phi_(m,m) = pi_m, v_m = v_(m-1) (1 - pi_m^2).
 *
 * @param dimension n, at least 2
 */
record ToeplitzShape(int dimension) implements CovarianceStructure {
    private static final double LARGEST_START = 0.999;

    @Override
    public int parameters() {
        return dimension - 1;
    }

    @Override
    public double[] near(final double[] v) {
        final int lags = dimension - 1;
        final double[] rho = new double[lags + 1];
        final double[] theta = new double[lags];
        double[] phi = new double[0];
        double innovation = 1;
        for (int m = 1; m <= lags; m++) {
            double predicted = 0;
            for (int j = 1; j < m; j++) {
                predicted += phi[j - 1] * rho[m - j];
            }
            final double partial = (ToeplitzPoint.meanCorrelation(v, dimension, m) - predicted) / innovation;
            final double pi = Math.max(-LARGEST_START, Math.min(LARGEST_START, partial));
            theta[m - 1] = ParameterMap.inverse(pi);
            rho[m] = predicted + pi * innovation;
            final double[] next = Arrays.copyOf(phi, m);
            for (int j = 1; j < m; j++) {
                next[j - 1] = phi[j - 1] - pi * phi[m - j - 1];
            }
            next[m - 1] = pi;
            phi = next;
            innovation *= (1 - pi) * (1 + pi);
        }
        return theta;
    }

    @Override
    public CovariancePoint at(final double[] theta) {
        return new ToeplitzPoint(correlations(theta));
    }

    /** Durbin and Levinson's recursion on values with first and second derivatives by theta. */
    @Override
    public CovarianceStructure holding(final ReportedParameter parameter) {
        return new MappedToeplitzShape(dimension);
    }

    private static Jet[] correlations(final double[] theta) {
        final int lags = theta.length;
        final Jet one = Jet.constant(1, lags);
        final Jet[] rho = new Jet[lags + 1];
        rho[0] = one;
        Jet[] phi = new Jet[0];
        Jet innovation = one;
        for (int m = 1; m <= lags; m++) {
            final Jet pi = ParameterMap.correlation(theta[m - 1]).jet(m - 1, lags);
            Jet sum = pi.times(innovation);
            for (int j = 1; j < m; j++) {
                sum = sum.plus(phi[j - 1].times(rho[m - j]));
            }
            rho[m] = sum;
            final Jet[] next = Arrays.copyOf(phi, m);
            for (int j = 1; j < m; j++) {
                next[j - 1] = phi[j - 1].minus(pi.times(phi[m - j - 1]));
            }
            next[m - 1] = pi;
            phi = next;
            innovation = innovation.minus(innovation.times(pi.times(pi)));
        }
        return rho;
    }
}
