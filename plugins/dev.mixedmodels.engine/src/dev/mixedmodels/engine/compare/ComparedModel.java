package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.empiricalbayes.PriorEstimator;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredModel;

/**
 * One of the models that are compared.
 *
 * @param number its place among the inputs, from 1
 * @param model the model
 */
record ComparedModel(int number, StoredModel model) {
    String name() {
        return "Model " + number;
    }

    boolean empiricalBayes() {
        return model.kind() == ModelKind.EMPIRICAL_BAYES;
    }

    /** How messages name the response: the column, or the function of it that is modelled. */
    String response() {
        if (empiricalBayes()) {
            return model.prior().columns().observed();
        }
        final Variable response = model.design().formula().response();
        return response instanceof Variable.Plain ? response.column() : response.toString();
    }

    String formula() {
        return model.design() == null ? response() + " ~ 1" : model.design().formula().toString();
    }

    /** -2 log (restricted) likelihood; NaN if the method has none. */
    double deviance() {
        return model.statistic("-2 Log Likelihood");
    }

    /** All parameters: AIC counts each twice. */
    double parameters() {
        return Math.rint((model.statistic("AIC") - deviance()) / 2);
    }

    /** Coefficients of the mean that were estimated; NaN where the mean follows from a prior without a shape. */
    double coefficients() {
        if (model.design() != null) {
            return model.design().kept().length;
        }
        return prior() == Prior.NONPARAMETRIC ? Double.NaN : Double.isNaN(model.prior().settings().givenMean()) ? 1 : 0;
    }

    boolean singular() {
        return model.statistic("Singular") == 1;
    }

    boolean converged() {
        return model.statistic("Converged") != 0;
    }

    /** What is said first about the method. */
    String method() {
        return model.tables().modelFit().stream().filter(row -> row.statistic().equals("Method")).findFirst()
            .map(row -> row.note().split("[.;]( |$)")[0]).orElse("");
    }

    /** Whether the fit maximised a likelihood, which can then be compared. */
    boolean hasLikelihood() {
        return !Double.isNaN(deviance()) && (!empiricalBayes() || prior() == Prior.NONPARAMETRIC
            || estimator().maximisesLikelihood() || estimator() == PriorEstimator.GIVEN);
    }

    /** Whether that likelihood was a restricted one. */
    boolean restricted() {
        return empiricalBayes() ? prior() != Prior.NONPARAMETRIC && estimator() == PriorEstimator.REML : model.reml();
    }

    private Prior prior() {
        return model.prior().settings().prior();
    }

    private PriorEstimator estimator() {
        return model.prior().settings().estimator().or(model.prior().settings().family());
    }
}
