package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredResidual;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.prediction.PredictionSettings.Effects;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Predictions x'beta + z'b of the rows of a part of a table, with their error variances:
 * <pre>
 * fixed effects alone           w' Cov(gamma^) w
 * a unit that the model knows   (w - K'z)' Cov(gamma^) (w - K'z) + |L'z|^2
 * another unit                  w' Cov(gamma^) w + z'D z
 * </pre>
 * The sums are those of {@link dev.mixedmodels.engine.report.FittedValues}, operation for operation. Bounds of fixed effects
 * alone take Student's t with the model's degrees of freedom, others the normal distribution, as those of the BLUPs do.
 */
final class MixedRows implements IntFunction<Prediction> {
    /** So many quantiles are kept. */
    private static final int MOST_QUANTILES = 10_000;

    private final ModelDesign design;
    private final PredictionSettings settings;
    private final Census census;
    private final ResponseUnit unit;
    private final double[] gamma;
    private final double[][] covariance;
    private final FixedInference inference;
    private final StoredResidual residual;
    private final RowEffects effects;
    private final NewLevels newLevels;
    private final BitSet complete = new BitSet();
    private final double tail;
    private final double normal;
    private final Map<Double, Double> quantiles = new HashMap<>();
    private final double[] w;
    private final double[] x;

    MixedRows(final StoredModel model, final ModelDesign design, final PredictionSettings settings,
        final boolean[] included, final Census census, final Set<String> made) {
        this.design = design;
        this.settings = settings;
        this.census = census;
        unit = new ResponseUnit(model.exponent());
        gamma = model.inference().estimates();
        covariance = model.inference().covariance();
        inference = settings.effects() == Effects.NONE ? model.fixedInference() : null;
        residual = model.residual();
        effects = new RowEffects(model, design, included);
        newLevels = new NewLevels(model.design(), design, settings.failOnNewLevels(), census);
        set(design.rows().fitted());
        set(design.rows().predicted());
        census.rows(design.rows(), made);
        tail = (1 - settings.confidence()) / 2;
        normal = Tail.normalQuantile(tail);
        w = new double[gamma.length];
        x = new double[gamma.length];
    }

    private void set(final Rows rows) {
        for (int i = 0; i < rows.size(); i++) {
            complete.set(rows.row(i));
        }
    }

    @Override
    public Prediction apply(final int row) {
        if (!complete.get(row) || newLevels.in(row)) {
            return Prediction.MISSING;
        }
        final FixedDesign fixed = design.fixed();
        fixed.basisRow(row, w);
        final double mean = Matrices.dot(w, gamma);
        final double offset = fixed.offset().value(row);
        final double marginal = mean + offset;
        if (Double.isNaN(marginal)) {
            census.undefined();
            return Prediction.MISSING;
        }
        final double value = effects.of(row) + mean + offset;
        effects.countNewUnits(census);
        final double variance = effects.variance(w, covariance);
        if (Double.isNaN(variance) && !Double.isNaN(value)) {
            census.withoutError();
        }
        return Prediction.of(marginal, value, variance, quantile(row, fixed), effects.excludedVariance() + noise(row),
            normal).back(unit);
    }

    private double quantile(final int row, final FixedDesign fixed) {
        if (settings.effects() != Effects.NONE) {
            return normal;
        }
        fixed.row(row, x);
        final double df = inference.df(x);
        if (quantiles.size() > MOST_QUANTILES) {
            quantiles.clear();
        }
        return quantiles.computeIfAbsent(df, d -> Tail.tQuantile(tail, d));
    }

    private double noise(final int row) {
        final int level = residual.by() == null ? -1 : design.factor(residual.by()).code(row);
        return residual.of(level, residual.powerOf() == null ? Double.NaN
            : design.rows().frame().column(residual.powerOf()).value(row));
    }
}
