package dev.mixedmodels.engine.report;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/**
 * What a model with random effects says about the rows of the table: all of a fitted row; only predictions where the
 * response alone is missing, with random effects 0 for units without fitted rows; nothing of other rows. For one
 * thread.
 */
public final class FittedValues implements IntFunction<FittedRow> {
    private final ModelDesign design;
    private final ResponseUnit unit;
    private final double[] gamma;
    private final KnownRows known;
    private final IntToDoubleFunction effects;
    private final IntToDoubleFunction deviation;
    private final IntToDoubleFunction normalized;
    private final BitSet used;
    private final BitSet predicted;
    private final double[] w; // of a row

    /**
     * Functions take rows of the frame, the last two fitted ones only, and measure in the design's unit.
     *
     * @param design rows, response and X
     * @param gamma coefficients in the working basis of X
     * @param known what is known of the rows already; null for nothing
     * @param effects the predicted random part z'b of a row of which it is not known
     * @param deviation standard deviation of the residual of a row; NaN if it is 0
     * @param normalized normalised residual of a row
     */
    public FittedValues(final ModelDesign design, final double[] gamma, final KnownRows known,
        final IntToDoubleFunction effects, final IntToDoubleFunction deviation, final IntToDoubleFunction normalized) {
        this.design = design;
        unit = ResponseUnit.of(design.responseUnit());
        this.gamma = gamma;
        this.known = known;
        this.effects = effects;
        this.deviation = deviation;
        this.normalized = normalized;
        used = design.rows().fitted().set();
        predicted = design.rows().predicted().set();
        w = new double[gamma.length];
    }

    private double mean(final int row) {
        if (known != null && !Double.isNaN(known.mean()[row])) {
            return known.mean()[row];
        }
        design.fixed().basisRow(row, w);
        return Matrices.dot(w, gamma);
    }

    private double random(final int row) {
        return known == null || Double.isNaN(known.random()[row]) ? effects.applyAsDouble(row) : known.random()[row];
    }

    @Override
    public FittedRow apply(final int row) {
        if (!used.get(row) && !predicted.get(row)) {
            return FittedRow.MISSING;
        }
        final double mean = mean(row);
        final double offset = design.fixed().offset().value(row);
        final double marginal = mean + offset;
        final double conditional = random(row) + mean;
        if (!used.get(row)) {
            return new FittedRow(unit.back(marginal), unit.back(conditional + offset), Double.NaN, Double.NaN,
                Double.NaN);
        }
        final double residual = design.response(row) - conditional;
        return new FittedRow(unit.back(marginal), unit.back(conditional + offset), unit.back(residual),
            residual / deviation.applyAsDouble(row), normalized.applyAsDouble(row));
    }
}
