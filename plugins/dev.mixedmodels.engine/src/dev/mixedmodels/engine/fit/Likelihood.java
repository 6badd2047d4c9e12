package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.optimise.Objective;

/** The -2 log (restricted) likelihood of V = s (Z D / s Z' + Sigma(eta)) as searches and profiles see it, D = F F'. */
public interface Likelihood {
    /**
     * @return number of units; the criterion of few may have several minima
     */
    int units();

    /**
     * @return asked before each evaluation whether to go on
     */
    Progress progress();

    /**
     * @param coordinates coordinates of the factor of D / s and of eta, without log s
     * @return the criterion as a function of them with s at its best value
     */
    Objective profiled(AffineCoordinates coordinates);

    /**
     * @param coordinates coordinates of the factor of D, of eta and of log s
     * @return the criterion as a function of them
     */
    Objective absolute(FreeCoordinates coordinates);

    /**
     * @param model the model
     * @param eta residual parameters to start with
     * @return where a search may begin: entries of the factor of D / s and eta
     */
    double[] start(CovarianceModel model, double[] eta);

    /**
     * @param minimum where the criterion is least to the digits that the search sees
     * @return the same to more digits, where that is possible
     */
    default Minimum polished(final Minimum minimum) {
        return minimum;
    }
}
