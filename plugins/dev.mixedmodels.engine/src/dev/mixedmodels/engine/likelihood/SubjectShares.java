package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;

/** Independent subjects, wherever they are, whose shares of the likelihood add up. */
public interface SubjectShares {
    /** @return number of random effects */
    int q();

    /** @return number of fixed effects */
    int p();

    /** @return number of rows */
    long rows();

    /** @return number of subjects */
    int subjects();

    /** @return number of residual parameters beside the scale */
    int residualParameters();

    /**
     * Adds up all subjects, in an order that depends on nothing but these, so that the rounding does not depend on
     * threads.
     *
     * @param factor F, q x q, D = F F'
     * @param eta residual parameters
     * @param order highest derivative that is asked for, 0 to 2
     * @param progress asked whether to go on
     * @return the sums
     */
    JetSums sum(double[] factor, double[] eta, int order, Progress progress);
}
