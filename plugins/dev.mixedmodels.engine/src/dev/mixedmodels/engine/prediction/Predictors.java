package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.model.StoredModel;

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
        return switch (model.kind()) {
            case RANDOM_INTERCEPT, LONGITUDINAL, MULTILEVEL -> new MixedPredictor(model, settings);
            case MARGINAL, EMPIRICAL_BAYES -> throw new ModelException("Not yet.");
        };
    }
}
