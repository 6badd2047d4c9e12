package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.inference.KenwardRoger;

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
        return KenwardRoger.sum(criterion.q(), secondDerivatives ? criterion.r() : null, w, jet.w() - 1);
    }
}
