package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;

/** Makes models ready to predict. */
public final class Predictors {
    private Predictors() {
    }

    /**
     * @param model a model of any node
     * @param settings what to predict
     * @return the model, ready
     * @throws ModelException if the model cannot be used so
     */
    public static Predictor of(final StoredModel model, final PredictionSettings settings) {
        if (settings.effects() == Effects.UP_TO
            && (model.kind() == ModelKind.MARGINAL || model.kind() == ModelKind.EMPIRICAL_BAYES)) {
            throw new ModelException("A model of the node " + model.kind().node()
                + " has no levels up to which units are known. Choose all of them or none.");
        }
        return switch (model.kind()) {
            case RANDOM_INTERCEPT, LONGITUDINAL, MULTILEVEL -> new MixedPredictor(model, settings);
            case MARGINAL -> new MarginalPredictor(model, settings);
            case EMPIRICAL_BAYES -> new EmpiricalBayesPredictor(model, settings);
        };
    }
}
