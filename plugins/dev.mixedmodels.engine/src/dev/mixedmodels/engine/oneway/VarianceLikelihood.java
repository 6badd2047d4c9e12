package dev.mixedmodels.engine.oneway;

/**
 * Minus twice the (restricted) log likelihood as a function of theta = (sigma2, tau2), maximised over mu, with its
 * derivatives. With v_i = tau2 + n_i sigma2, g_i = n_i / v_i, G = sum g_i and r_i = mean_i - mu:
 * <pre>
 * N log(2 pi) + (N - a) log tau2 + sum log v_i + within / tau2 + sum g_i r_i^2   [ + log G - log(2 pi) under REML ]
 * </pre>
 * G is the precision 1' V^-1 1 of the estimate of mu.
 * <p>
 * Source: Searle, Casella &amp; McCulloch (1992) Variance Components, section 3.8.
 */
record VarianceLikelihood(SizeClasses data, boolean restricted) {
    /**
     * Value and derivatives at one theta; index 0 is sigma2, 1 is tau2.
     *
     * @param value minus twice the log likelihood
     * @param mean the generalised least squares estimate of mu
     * @param precision G
     * @param precisionSlope dG / dtheta
     * @param gradient of the value
     * @param hessian of the value: twice the observed information
     * @param expected twice the expected information
     * @param quadratic Q_ij = 1' V^-1 V_i V^-1 V_j V^-1 1 of Kenward &amp; Roger (1997), V_i = dV / dtheta_i
     */
    record At(double value, double mean, double precision, double[] precisionSlope, double[] gradient,
        double[][] hessian, double[][] expected, double[][] quadratic) {
    }

    At at(final double sigma2, final double tau2) {
        double precision = 0;
        double weighted = 0;
        for (int k = 0; k < data.classes(); k++) {
            final double g = data.size()[k] / (tau2 + data.size()[k] * sigma2);
            precision += data.count()[k] * g;
            weighted += data.count()[k] * g * data.mean()[k];
        }
        final double mean = weighted / precision;
        final double free = data.rows() - data.groups(); // N - a
        double value = data.rows() * Math.log(2 * Math.PI) + free * Math.log(tau2) + data.within() / tau2;
        final double[] gradient = {0, (free - data.within() / tau2) / tau2};
        final double[][] hessian = {{0, 0}, {0, (2 * data.within() / tau2 - free) / tau2 / tau2}};
        final double[][] trace = {{0, 0}, {0, free / tau2 / tau2}}; // tr(V^-1 V_i V^-1 V_j)
        final double[][] quadratic = new double[2][2];
        final double[] slope = new double[2];
        final double[] slopeTimesResidual = new double[2];
        for (int k = 0; k < data.classes(); k++) {
            final double n = data.size()[k];
            final double c = data.count()[k];
            final double v = tau2 + n * sigma2;
            final double g = n / v;
            final double d = data.mean()[k] - mean;
            final double squares = data.scatter()[k] + c * d * d;
            value += c * Math.log(v) + g * squares;
            final double[] u = {n / v, 1 / v}; // (dv / dtheta) / v
            for (int i = 0; i < 2; i++) {
                gradient[i] += u[i] * (c - g * squares);
                slope[i] -= c * g * u[i];
                slopeTimesResidual[i] -= g * u[i] * c * d;
                for (int j = 0; j < 2; j++) {
                    hessian[i][j] += u[i] * u[j] * (2 * g * squares - c);
                    trace[i][j] += c * u[i] * u[j];
                    quadratic[i][j] += c * g * u[i] * u[j];
                }
            }
        }
        final double[][] expected = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                hessian[i][j] -= 2 * slopeTimesResidual[i] * slopeTimesResidual[j] / precision;
                expected[i][j] = trace[i][j];
                if (restricted) {
                    // d2 log G / dtheta_i dtheta_j, where d2 G = 2 Q
                    final double slopes = slope[i] * slope[j] / precision / precision;
                    hessian[i][j] += 2 * quadratic[i][j] / precision - slopes;
                    expected[i][j] += slopes - 2 * quadratic[i][j] / precision;
                }
            }
            if (restricted) {
                gradient[i] += slope[i] / precision;
            }
        }
        value += restricted ? Math.log(precision) - Math.log(2 * Math.PI) : 0;
        return new At(value, mean, precision, slope, gradient, hessian, expected, quadratic);
    }
}
