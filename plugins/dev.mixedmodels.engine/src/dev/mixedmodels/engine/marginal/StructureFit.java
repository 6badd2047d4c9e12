package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.MarginalPoint;
import dev.mixedmodels.engine.likelihood.MeanPoint;
import dev.mixedmodels.engine.optimise.Optimum;

/**
 * A maximised criterion.
 *
 * @param model the covariance structure over the rows
 * @param optimum where the optimiser stopped; its value is -2 log likelihood in the working basis
 * @param minus2LogLikelihood the same in the columns of X and the unit of the response's column
 * @param point the likelihood there
 * @param mean the mean there, in the working basis
 * @param covariance asymptotic covariance of theta, m x m: twice the inverse of the Hessian of -2 log likelihood, flat
 *            directions held fixed
 * @param flat whether there are such directions
 * @param undetermined what they leave open of V
 * @param singular whether V is singular to working precision
 */
record StructureFit(SubjectCovariance model, Optimum optimum, double minus2LogLikelihood,
    MarginalPoint point, MeanPoint mean,
    double[][] covariance, boolean flat, Undetermined undetermined, boolean singular) {

    /** Number of covariance parameters that the rows determine. */
    int parameters() {
        return theta().length - undetermined.count();
    }

    double[] theta() {
        return optimum.theta();
    }
}
