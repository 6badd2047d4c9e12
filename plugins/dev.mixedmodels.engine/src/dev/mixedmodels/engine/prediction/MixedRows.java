package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredResidual;
import java.util.Set;

/**
 * Predictions x'beta + z'b of the rows of a part of a table, with their error variances:
 * <pre>
 * fixed effects alone           w' Cov(gamma^) w
 * a unit that the model knows   (w - K'z)' Cov(gamma^) (w - K'z) + |L'z|^2
 * another unit                  w' Cov(gamma^) w + z'D z
 * </pre>
 * The sums are those of {@link dev.mixedmodels.engine.report.FittedValues}, operation for operation. Bounds of fixed
 * effects alone take Student's t with the model's degrees of freedom, others the normal distribution, as those of the
 * BLUPs do. See doc/prediction.md.
 */
final class MixedRows extends FixedRows {
    private final StoredResidual residual;
    private final RowEffects effects;

    MixedRows(final StoredModel model, final ModelDesign design, final PredictionSettings settings,
        final boolean[] included, final Census census, final Set<String> made) {
        super(model, design, settings, census, made);
        residual = model.residual();
        effects = new RowEffects(model, design, included);
    }

    @Override
    Prediction predict(final int row, final double[] w, final double mean, final double offset) {
        final double value = effects.of(row) + mean + offset;
        effects.countNewUnits(census);
        final double variance = effects.variance(w, covariance);
        final double noise = noise(row);
        if (Double.isNaN(value)) {
            census.remark("predicted from the fixed effects only: the variance between units is estimated as negative, "
                + "so that nothing is predicted of a unit.");
        } else if (Double.isNaN(variance)) {
            census.withoutError();
        } else if (Double.isNaN(noise)) {
            census.remark("without prediction bounds: the residual variance of their level is not known.");
        }
        return Prediction.of(mean + offset, value, variance, quantiles == null ? normal : quantiles.of(row),
            effects.excludedVariance() + noise, normal);
    }

    private double noise(final int row) {
        final int level = residual.by() == null ? -1 : design.factor(residual.by()).code(row);
        return residual.of(level, residual.powerOf() == null ? Double.NaN
            : design.rows().frame().column(residual.powerOf()).value(row)) / design.weights().of(row);
    }
}
