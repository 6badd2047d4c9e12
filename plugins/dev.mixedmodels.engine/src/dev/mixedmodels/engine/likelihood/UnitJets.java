package dev.mixedmodels.engine.likelihood;

/** What gives the share of the likelihood of one unit after another at fixed parameters; a workspace of one thread. */
@FunctionalInterface
public interface UnitJets {
    /**
     * @param unit index of a unit that is independent of the others
     * @return V of its rows with first derivatives by the free parameters
     */
    CovarianceJet read(int unit);
}
