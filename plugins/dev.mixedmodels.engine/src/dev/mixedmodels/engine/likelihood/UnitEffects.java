package dev.mixedmodels.engine.likelihood;

/** Receives the predicted random effects of a factor, unit by unit, in any order and from any thread. */
@FunctionalInterface
public interface UnitEffects {
    /**
     * @param unit index of the unit
     * @param blup b given beta, length q; like the others to be read at once, for it is filled anew for the next unit
     * @param conditional Cov(b | y) / sigma2 when all parameters are known, q x q
     * @param onFixed G Z'V^-1 X, q x p: b falls by it times a change of beta
     */
    void accept(int unit, double[] blup, double[] conditional, double[] onFixed);
}
