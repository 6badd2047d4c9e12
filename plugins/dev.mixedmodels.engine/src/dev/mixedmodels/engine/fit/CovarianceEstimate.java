package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.optimise.Objective;
import java.util.List;

/** Covariance parameters at the minimum of a criterion, and the criterion: what profiles need of a fit. */
public interface CovarianceEstimate {
    /**
     * @return the covariance model
     */
    CovarianceModel model();

    /**
     * @return the minimum: entries of F with D = F F', eta, log s
     */
    double[] absolute();

    /**
     * @return further points to search from
     */
    List<double[]> others();

    /**
     * @return the criterion at the minimum
     */
    double least();

    /**
     * @return number of units; the criterion of few may have several minima
     */
    int units();

    /**
     * @param coordinates coordinates with log s among them
     * @return the criterion as a function of them
     */
    Objective absolute(FreeCoordinates coordinates);

    /**
     * @return asked before each evaluation whether to go on
     */
    Progress progress();
}
