package dev.mixedmodels.engine.empiricalbayes;

/**
 * What likelihood equations and moment equations for A need, from one pass over the units: W = diag(w_i),
 * w_i = 1 / (v_i + A), residuals r, P = W - W X (X'WX)^-1 X'W, so that P y = W r.
 *
 * @param w sum of w = trace(W)
 * @param w2 sum of w^2 = trace(W^2)
 * @param wv sum of w v
 * @param q y'P y
 * @param q2 y'P P y
 * @param q3 y'P P P y
 * @param traceP trace(P)
 * @param traceP2 trace(P P)
 * @param traceHat2 trace((X'WX)^-1 X'W^2 X)
 * @param slope d beta / dA = -(X'WX)^-1 X'W^2 r
 */
record WeightedSums(double w, double w2, double wv, double q, double q2, double q3, double traceP, double traceP2,
    double traceHat2, double[] slope) {

    /**
     * @param fit the regression at an A
     * @param data its data
     * @return the sums
     */
    static WeightedSums of(final WeightedFit fit, final WeightedRegression data) {
        final int p = data.columns();
        double w1 = 0;
        double w2 = 0;
        double wv = 0;
        double q = 0;
        double q2 = 0;
        double q3 = 0;
        double traceP = 0; // sum of w (1 - h), h the leverage w x'(X'WX)^-1 x
        double traceP2 = 0;
        final double[] d = new double[p]; // R^-T X'W^2 r
        final double[][] m = new double[p][p]; // sum of w^2 z z', z = R^-T x
        final double[] common = p == 1 ? fit.whiten(data.design(0)) : new double[0];
        for (int i = 0; i < data.size(); i++) {
            final double v = data.variance(i);
            final double w = 1 / (v + fit.tau2());
            final double r = fit.residual(i);
            final double wr = w * r;
            w1 += w;
            w2 += w * w;
            wv += w * v;
            q += wr * r;
            q2 += wr * wr;
            q3 += w * wr * wr;
            final double[] z = p < 2 ? common : fit.whiten(data.design(i));
            double leverage = 0;
            for (int j = 0; j < p; j++) {
                d[j] += w * wr * z[j];
                leverage += w * z[j] * z[j];
                for (int l = 0; l <= j; l++) {
                    m[j][l] += w * w * z[j] * z[l];
                }
            }
            traceP += w * (1 - leverage);
            traceP2 += w * w * (1 - 2 * leverage);
        }
        double traceHat2 = 0;
        for (int j = 0; j < p; j++) {
            q3 -= d[j] * d[j];
            traceHat2 += m[j][j];
            for (int l = 0; l <= j; l++) {
                traceP2 += (l == j ? 1 : 2) * m[j][l] * m[j][l];
            }
        }
        return new WeightedSums(w1, w2, wv, q, q2, q3, p == 1 ? fit.traceOfOneColumn() : traceP, traceP2, traceHat2,
            slope(fit, d));
    }

    /** -R^-1 d. */
    private static double[] slope(final WeightedFit fit, final double[] d) {
        final double[] slope = new double[d.length];
        for (int j = 0; j < d.length; j++) {
            final double[] unit = new double[d.length];
            unit[j] = 1;
            final double[] row = fit.whiten(unit);
            for (int l = 0; l < d.length; l++) {
                slope[j] -= row[l] * d[l];
            }
        }
        return slope;
    }
}
