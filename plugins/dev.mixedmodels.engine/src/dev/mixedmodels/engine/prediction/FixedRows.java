package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.BitSet;
import java.util.Set;
import java.util.function.IntFunction;

/** Predictions of the rows of a table that begin with their fixed part x'beta. */
abstract class FixedRows implements IntFunction<Prediction> {
    final ModelDesign design;
    final Census census;
    final double[][] covariance;
    /** Of fixed effects alone; null if random effects are wanted. */
    final MeanQuantiles quantiles;
    final double normal;
    private final ResponseUnit unit;
    private final double[] gamma;
    private final NewLevels newLevels;
    private final BitSet complete;
    private final double[] w;

    FixedRows(final StoredModel model, final ModelDesign design, final PredictionSettings settings, final Census census,
        final Set<String> made) {
        this.design = design;
        this.census = census;
        unit = new ResponseUnit(model.exponent());
        gamma = model.inference().estimates();
        covariance = model.inference().covariance();
        final double tail = (1 - settings.confidence()) / 2;
        normal = Tail.normalQuantile(tail);
        quantiles =
            settings.effects() == Effects.NONE ? new MeanQuantiles(design, model.fixedInference(), tail) : null;
        newLevels = new NewLevels(model.design(), design, settings.failOnNewLevels(), census);
        complete = design.rows().complete();
        census.rows(design.rows(), made);
        design.outsideKnots().forEach(census::remark);
        w = new double[gamma.length];
    }

    @Override
    public final Prediction apply(final int row) {
        if (!complete.get(row) || newLevels.in(row)) {
            return Prediction.MISSING;
        }
        design.fixed().basisRow(row, w);
        final double mean = Matrices.dot(w, gamma);
        final double offset = design.fixed().offset().value(row);
        if (Double.isNaN(mean + offset)) {
            census.undefined();
            return Prediction.MISSING;
        }
        return predict(row, w, mean, offset).back(unit);
    }

    /**
     * @param row a row that the fixed effects tell the mean of
     * @param w its design
     * @param mean without the offset
     * @param offset its offset
     * @return the prediction in the unit of the model
     */
    abstract Prediction predict(int row, double[] w, double mean, double offset);
}
