package dev.mixedmodels.engine.likelihood;

/** A marginal likelihood at one theta from a {@link CovarianceJet}. */
final class JetPoint implements MarginalPoint {
    private final CovarianceJet jet;
    private final GaussianCriterion criterion;

    JetPoint(final CovarianceJet jet, final boolean reml) {
        this.jet = jet;
        criterion = new GaussianCriterion(jet, reml);
    }

    boolean exists() {
        return criterion.exists();
    }

    @Override
    public double value() {
        return criterion.value();
    }

    @Override
    public double[] gradient() {
        return criterion.gradient();
    }

    @Override
    public double[][] hessian() {
        return criterion.hessian();
    }

    @Override
    public double[][] expectedHessian() {
        return jet.trace2();
    }

    @Override
    public MeanPoint mean() {
        return new MeanPoint(criterion.beta(), criterion.phi(), criterion.p());
    }

    @Override
    public double[][] kenwardRogerSum(final double[][] w, final boolean secondDerivatives) {
        final double[][][][] q = criterion.q();
        final double[][][][] r = criterion.r();
        final int p = jet.w() - 1;
        final double[][] sum = new double[p][p];
        for (int k = 0; k < w.length; k++) {
            for (int l = 0; l < w.length; l++) {
                for (int i = 0; i < p; i++) {
                    for (int j = 0; j < p; j++) {
                        sum[i][j] += w[k][l] * (q[k][l][i][j] - (secondDerivatives ? r[k][l][i][j] / 4 : 0));
                    }
                }
            }
        }
        return sum;
    }
}
