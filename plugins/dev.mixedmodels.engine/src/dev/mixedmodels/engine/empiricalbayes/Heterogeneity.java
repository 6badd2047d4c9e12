package dev.mixedmodels.engine.empiricalbayes;

/**
 * Variation between units beyond sampling: Cochran's Q against chi2(df), the typical sampling variance
 * v = df / trace(P), I2 = tau2 / (tau2 + v), H2 = 1 + tau2 / v (Higgins &amp; Thompson 2002, Statistics in Medicine
 * 21:1539-1558; with covariates as in Viechtbauer 2010). For counts the sampling variances are those under complete
 * pooling and Q is Pearson's statistic.
 *
 * @param q the statistic
 * @param df its degrees of freedom
 * @param typicalVariance v; NaN where units are known, as is q, and without degrees of freedom, and with it I2 and H2
 */
record Heterogeneity(double q, double df, double typicalVariance) {
    static Heterogeneity of(final CompoundModel model) {
        if (model instanceof GaussianModel gaussian) {
            if (gaussian.known() > 0) {
                return new Heterogeneity(Double.NaN, model.units() - gaussian.columns(), Double.NaN);
            }
            final WeightedSums s = gaussian.regression().at(0).sums();
            final int df = model.units() - gaussian.columns();
            return new Heterogeneity(s.q(), df, df > 0 ? df / s.traceP() : Double.NaN);
        }
        final CountModel counts = (CountModel) model;
        final double[] pooled = {counts.pooled(), 0};
        double q = 0;
        double w1 = 0;
        double w2 = 0;
        for (int i = 0; i < model.units(); i++) {
            final double w = counts.frequency(i) / counts.marginalVariance(pooled, i);
            final double deviation = counts.raw(i) - pooled[0];
            q += w * deviation * deviation;
            w1 += w;
            w2 += w / counts.marginalVariance(pooled, i);
        }
        final double df = model.total() - 1;
        return new Heterogeneity(q, df, df > 0 ? df / (w1 - w2 / w1) : Double.NaN);
    }

    /** I2 as a share. */
    double share(final double tau2) {
        return tau2 / (tau2 + typicalVariance);
    }

    double h2(final double tau2) {
        return 1 + tau2 / typicalVariance;
    }
}
