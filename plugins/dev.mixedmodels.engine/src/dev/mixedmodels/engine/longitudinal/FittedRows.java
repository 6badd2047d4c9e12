package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.report.FittedValues;
import dev.mixedmodels.engine.report.Whitening;
import java.util.function.Function;

/**
 * Fitted values and residuals of a table that goes by part after part, from its first row on. Of each subject the state
 * of the whitening of its residuals is kept; if rows were kept anyway, all of them are whitened at once.
 */
final class FittedRows implements Function<Frame, FittedPart> {
    private final SubjectData data;
    private final Estimate estimate;
    private final double[] blups;
    private final double[] gamma;
    private final SubjectResiduals held; // null if rows are not kept
    private final boolean whitens;
    private final double[] states;
    private final Whitening whitening;
    private int first; // row of the table

    /**
     * @param data the subjects
     * @param residual the residual model
     * @param estimate the parameters
     * @param blups of all subjects, one after the other
     * @param normalised whether normalised residuals are wanted
     */
    FittedRows(final SubjectData data, final ResidualColumns residual, final Estimate estimate, final double[] blups,
        final boolean normalised) {
        this.data = data;
        this.estimate = estimate;
        this.blups = blups;
        gamma = data.coefficients(estimate.atMinimum().beta());
        whitens = normalised && data.withoutOrder() == null;
        held = data.held() ? new SubjectResiduals(data.rows(), residual, estimate) : null;
        whitening = new Whitening(estimate.relativeFactor(), data.q(), 1);
        final int size = whitening.stateSize();
        states = new double[whitens && held == null ? ArraySize.of(data.subjects(), size) : 0];
        for (int at = 0; at < states.length; at += size) {
            whitening.save(states, at);
        }
    }

    @Override
    public FittedPart apply(final Frame part) {
        final ModelDesign design = data.binder().bind(part);
        final Factor subject = data.key().subject(design);
        final int before = first;
        first += part.rows();
        final FittedValues values;
        if (held == null) {
            final double[] normalized = whitens ? normalized(design, subject) : null;
            final double deviation = estimate.unit() * Math.exp(estimate.logScale() / 2);
            values = new FittedValues(design, gamma, row -> random(design, subject, row),
                row -> deviation / design.weights().root(row), row -> whitens ? normalized[row] : Double.NaN);
        } else {
            values = new FittedValues(design, gamma, row -> random(design, subject, row),
                row -> held.deviation(before + row), row -> held.normalized(before + row));
        }
        return new FittedPart(values, design.usedResponses());
    }

    /** The random part z'b of a row. */
    private double random(final ModelDesign design, final Factor subject, final int row) {
        final int code = subject.code(row);
        if (data.random() == null || code < 0) {
            return 0;
        }
        final double[] z = new double[data.q()];
        RandomBasis.row(design.random(), row, z);
        double sum = 0;
        for (int j = 0; j < z.length; j++) {
            sum += z[j] * blups[code * z.length + j];
        }
        return sum;
    }

    private double[] normalized(final ModelDesign design, final Factor subject) {
        final double[] normalized = new double[design.rows().frame().rows()];
        final double unit = data.scale() * Math.exp(estimate.logScale() / 2);
        final int size = whitening.stateSize();
        final double[] w = new double[gamma.length];
        final double[] z = new double[data.q()];
        final Rows fitted = design.rows().fitted();
        for (int i = 0; i < fitted.size(); i++) {
            final int row = fitted.row(i);
            final double root = design.weights().root(row);
            double rest = design.response(row);
            design.fixed().basisRow(row, w);
            for (int k = 0; k < w.length; k++) {
                rest -= w[k] * gamma[k];
            }
            final int at = subject.code(row) * size;
            whitening.load(states, at);
            whitening.row(rest * root / unit);
            if (data.random() != null) {
                RandomBasis.row(design.random(), row, z);
                data.random().basis().transform(z);
                for (int j = 0; j < z.length; j++) {
                    whitening.effect(j, z[j] * root);
                }
            }
            normalized[row] = whitening.standardised();
            whitening.save(states, at);
        }
        return normalized;
    }
}
