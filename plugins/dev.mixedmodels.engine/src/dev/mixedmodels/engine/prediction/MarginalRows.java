package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.marginal.SubjectPredictions;
import dev.mixedmodels.engine.marginal.SubjectPredictions.Predicted;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Set;

/**
 * Predictions of the rows of a table by a marginal model; a predicted response is its own mean, so both bounds are
 * one.
 */
final class MarginalRows extends FixedRows {
    private final SubjectPredictions predictions;

    MarginalRows(final StoredModel model, final ModelDesign design, final PredictionSettings settings,
        final Census census) {
        super(model, design, settings, census, Set.of());
        predictions = new SubjectPredictions(model, design);
    }

    @Override
    Prediction predict(final int row, final double[] w, final double mean, final double offset) {
        return quantiles == null ? conditional(row, mean + offset) : Prediction.of(mean + offset, mean + offset,
            Matrices.bilinear(covariance, w, w), quantiles.of(row), predictions.variance(row), normal);
    }

    private Prediction conditional(final int row, final double marginal) {
        if (!Double.isNaN(design.response(row))) {
            census.remark("with a response, which needs no prediction from others: see (marginal).");
            return Prediction.of(marginal, Double.NaN, Double.NaN, normal, 0, normal);
        }
        final Predicted predicted = predictions.of(row);
        if (!predictions.isKnown(row)) {
            census.remark("whose \"" + predictions.subject() + "\" has no response in this table to predict from"
                + (predicted == null
                    ? ", of a visit whose variance the fit does not know: predicted from the fixed effects "
                        + "only, without a standard error."
                    : ": predicted from the fixed effects only, with the variance of a "
                        + "response in the standard error."));
            return Prediction.of(marginal, marginal, predicted == null ? Double.NaN : predicted.errorVariance(),
                normal, 0, normal);
        }
        if (predicted == null) {
            census.remark("of a visit that the fit does not know, that the subject has a response at already, or that "
                + "the fit says nothing about together with the observed ones: predicted from the fixed effects only.");
            return Prediction.of(marginal, Double.NaN, Double.NaN, normal, 0, normal);
        }
        return Prediction.of(marginal, predicted.value(), predicted.errorVariance(), normal, 0, normal);
    }
}
