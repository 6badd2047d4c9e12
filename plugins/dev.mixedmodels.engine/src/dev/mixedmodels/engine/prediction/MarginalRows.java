package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.marginal.SubjectPredictions;
import dev.mixedmodels.engine.marginal.SubjectPredictions.Predicted;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Predictions of the rows of a table by a marginal model; a predicted response is its own mean, so both bounds are
 * one.
 */
final class MarginalRows implements IntFunction<Prediction> {
    private final ModelDesign design;
    private final Census census;
    private final ResponseUnit unit;
    private final double[] gamma;
    private final double[][] covariance;
    private final SubjectPredictions predictions;
    private final MeanQuantiles quantiles;
    private final NewLevels newLevels;
    private final CompleteRows complete;
    private final double normal;
    private final double[] w;

    MarginalRows(final StoredModel model, final ModelDesign design, final PredictionSettings settings,
        final Census census) {
        this.design = design;
        this.census = census;
        unit = new ResponseUnit(model.exponent());
        gamma = model.inference().estimates();
        covariance = model.inference().covariance();
        predictions = new SubjectPredictions(model, design);
        final double tail = (1 - settings.confidence()) / 2;
        normal = Tail.normalQuantile(tail);
        quantiles =
            settings.effects() == Effects.NONE ? new MeanQuantiles(design, model.fixedInference(), tail) : null;
        newLevels = new NewLevels(model.design(), design, settings.failOnNewLevels(), census);
        complete = new CompleteRows(design.rows());
        census.rows(design.rows(), Set.of());
        design.outsideKnots().forEach(census::remark);
        w = new double[gamma.length];
    }

    @Override
    public Prediction apply(final int row) {
        if (!complete.has(row) || newLevels.in(row)) {
            return Prediction.MISSING;
        }
        design.fixed().basisRow(row, w);
        final double marginal = Matrices.dot(w, gamma) + design.fixed().offset().value(row);
        if (Double.isNaN(marginal)) {
            census.undefined();
            return Prediction.MISSING;
        }
        if (quantiles != null) {
            return Prediction.of(marginal, marginal, Matrices.bilinear(covariance, w, w), quantiles.of(row),
                predictions.variance(row), normal).back(unit);
        }
        return conditional(row, marginal).back(unit);
    }

    private Prediction conditional(final int row, final double marginal) {
        if (!Double.isNaN(design.response(row))) {
            census.remark("with a response, which needs no prediction from others: see (marginal).");
            return Prediction.of(marginal, Double.NaN, Double.NaN, normal, 0, normal);
        }
        final Predicted predicted = predictions.of(row);
        if (!predictions.isKnown(row)) {
            census.remark("whose \"" + predictions.subject() + "\" has no response in this table to predict from"
                + (predicted == null ? ", of a visit whose variance the fit does not know: predicted from the fixed effects "
                    + "only, without a standard error." : ": predicted from the fixed effects only, with the variance of a "
                        + "response in the standard error."));
            return Prediction.of(marginal, marginal, predicted == null ? Double.NaN : predicted.errorVariance(), normal, 0,
                normal);
        }
        if (predicted == null) {
            census.remark("of a visit that the fit does not know, that the subject has a response at already, or that the fit "
                + "says nothing about together with the observed ones: predicted from the fixed effects only.");
            return Prediction.of(marginal, Double.NaN, Double.NaN, normal, 0, normal);
        }
        return Prediction.of(marginal, predicted.value(), predicted.errorVariance(), normal, 0, normal);
    }
}
