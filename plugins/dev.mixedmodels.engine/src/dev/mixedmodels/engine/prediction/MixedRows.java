package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredResidual;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Set;
import java.util.function.IntFunction;

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
final class MixedRows implements IntFunction<Prediction> {
    private final ModelDesign design;
    private final Census census;
    private final ResponseUnit unit;
    private final double[] gamma;
    private final double[][] covariance;
    private final MeanQuantiles quantiles;
    private final StoredResidual residual;
    private final RowEffects effects;
    private final NewLevels newLevels;
    private final CompleteRows complete;
    private final double normal;
    private final double[] w;

    MixedRows(final StoredModel model, final ModelDesign design, final PredictionSettings settings,
        final boolean[] included, final Census census, final Set<String> made) {
        this.design = design;
        this.census = census;
        unit = new ResponseUnit(model.exponent());
        gamma = model.inference().estimates();
        covariance = model.inference().covariance();
        final double tail = (1 - settings.confidence()) / 2;
        normal = Tail.normalQuantile(tail);
        quantiles =
            settings.effects() == Effects.NONE ? new MeanQuantiles(design, model.fixedInference(), tail) : null;
        residual = model.residual();
        effects = new RowEffects(model, design, included);
        newLevels = new NewLevels(model.design(), design, settings.failOnNewLevels(), census);
        complete = new CompleteRows(design.rows());
        census.rows(design.rows(), made);
        design.outsideKnots().forEach(census::remark);
        w = new double[gamma.length];
    }

    @Override
    public Prediction apply(final int row) {
        if (!complete.has(row) || newLevels.in(row)) {
            return Prediction.MISSING;
        }
        design.fixed().basisRow(row, w);
        final double mean = Matrices.dot(w, gamma);
        final double offset = design.fixed().offset().value(row);
        final double marginal = mean + offset;
        if (Double.isNaN(marginal)) {
            census.undefined();
            return Prediction.MISSING;
        }
        final double value = effects.of(row) + mean + offset;
        effects.countNewUnits(census);
        final double variance = effects.variance(w, covariance);
        final double noise = noise(row);
        if (Double.isNaN(value)) {
            census.remark("predicted from the fixed effects only: the variance between units is estimated as negative, so that "
                + "nothing is predicted of a unit.");
        } else if (Double.isNaN(variance)) {
            census.withoutError();
        } else if (Double.isNaN(noise)) {
            census.remark("without prediction bounds: the residual variance of their level is not known.");
        }
        return Prediction.of(marginal, value, variance, quantiles == null ? normal : quantiles.of(row),
            effects.excludedVariance() + noise, normal).back(unit);
    }

    private double noise(final int row) {
        final int level = residual.by() == null ? -1 : design.factor(residual.by()).code(row);
        return residual.of(level, residual.powerOf() == null ? Double.NaN
            : design.rows().frame().column(residual.powerOf()).value(row)) / design.weights().of(row);
    }
}
