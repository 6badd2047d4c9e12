package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.report.FittedValues;
import dev.mixedmodels.engine.report.KnownRows;
import dev.mixedmodels.engine.report.Whitening;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Fitted values and residuals of a table that goes by part after part, from its first row on. Of each subject the state
 * of the whitening of its residuals is kept; if rows were kept anyway, all of them are whitened at once.
 */
final class FittedRows implements Function<Frame, FittedPart>, Serializable {
    private static final long serialVersionUID = 1L;

    private final SubjectCoordinates coordinates; // less the estimated mean
    /**
     * Standard deviation of the residuals of a row of weight 1, in the response's own unit and in that of the design.
     */
    private final double deviation;
    private final double unit;
    private final double[] factor;
    private final transient SubjectResiduals held; // null if rows are not kept
    private final boolean whitens;
    private final transient SubjectPart part; // null if all subjects are meant
    private final transient int subjects;
    private final transient double[] blups;
    private transient double[] states; // made with the first row
    private transient Whitening whitening;
    private transient int first; // row of the table

    /**
     * @param data the subjects
     * @param residual the residual model
     * @param estimate the parameters
     * @param blups of all subjects, one after the other; null if only {@link #of} will be asked
     * @param normalised whether normalised residuals are wanted
     */
    FittedRows(final SubjectData data, final ResidualColumns residual, final Estimate estimate, final double[] blups,
        final boolean normalised) {
        coordinates = SubjectCoordinates.of(data).less(data.coefficients(estimate.atMinimum().beta()));
        subjects = data.subjects();
        this.blups = blups;
        part = null;
        deviation = estimate.unit() * Math.exp(estimate.logScale() / 2);
        unit = data.scale() * Math.exp(estimate.logScale() / 2);
        factor = estimate.relativeFactor();
        whitens = normalised && data.withoutOrder() == null;
        held = data.held() ? new SubjectResiduals(data.rows(), residual, estimate) : null;
    }

    private FittedRows(final FittedRows other, final SubjectPart part, final double[] blups) {
        this.part = part;
        this.blups = blups;
        subjects = part.subjects();
        coordinates = other.coordinates;
        deviation = other.deviation;
        unit = other.unit;
        factor = other.factor;
        held = other.held;
        whitens = other.whitens;
    }

    /** The same before any row, for some of the subjects with all their rows and with their BLUPs. */
    FittedRows of(final SubjectPart some, final double[] theirs) {
        return new FittedRows(this, some, theirs);
    }

    /** Place of a subject among those that are meant. */
    private int place(final int code) {
        return part == null ? code : part.place(code);
    }

    private void start() {
        whitening = new Whitening(factor.clone(), coordinates.q(), 1);
        final int size = whitening.stateSize();
        states = new double[ArraySize.of(subjects, size)];
        for (int at = 0; at < states.length; at += size) {
            whitening.save(states, at);
        }
    }

    @Override
    public FittedPart apply(final Frame block) {
        final ModelDesign design = coordinates.binder().bind(block);
        final Factor subject = coordinates.key().subject(design);
        final int before = first;
        first += block.rows();
        final double[] z = new double[coordinates.q()]; // of a row
        final FittedValues values;
        if (held == null) {
            final KnownRows known = new KnownRows(block.rows());
            if (whitens) {
                known(design, subject, known);
            }
            values = new FittedValues(design, coordinates.gamma(), known, row -> random(design, subject, row, z),
                row -> deviation / design.weights().root(row), row -> known.normalized()[row]);
        } else {
            values = new FittedValues(design, coordinates.gamma(), null, row -> random(design, subject, row, z),
                row -> held.deviation(before + row), row -> held.normalized(before + row));
        }
        return new FittedPart(values, design.usedResponses(), subject::code);
    }

    /** The random part z'b of a row, which is put into z. */
    private double random(final ModelDesign design, final Factor subject, final int row, final double[] z) {
        final int code = subject.code(row);
        if (code < 0) {
            return 0;
        }
        coordinates.effects(design, row, z);
        final int place = place(code);
        double sum = 0;
        for (int j = 0; j < z.length; j++) {
            sum += z[j] * blups[place * z.length + j];
        }
        return sum;
    }

    /** Whitens the fitted rows of a part. */
    private void known(final ModelDesign design, final Factor subject, final KnownRows known) {
        if (states == null) {
            start();
        }
        final int size = whitening.stateSize();
        final double[] gamma = coordinates.gamma();
        final double[][] w = new double[coordinates.p()][RowSpan.MOST];
        final double[][] z = new double[coordinates.q()][RowSpan.MOST];
        final double[] rest = new double[RowSpan.MOST];
        RowSpan.each(design.rows().fitted(), null, span -> {
            design.fixed().basis(span, w);
            design.response(span, rest);
            coordinates.effects(design, span, z);
            for (int i = 0; i < span.size(); i++) {
                double mean = 0;
                for (int k = 0; k < w.length; k++) {
                    mean += w[k][i] * gamma[k];
                    rest[i] -= w[k][i] * gamma[k];
                }
                final int first = place(subject.code(span.row(i))) * z.length;
                double random = 0;
                for (int j = 0; j < z.length; j++) {
                    random += z[j][i] * blups[first + j];
                }
                known.mean()[span.row(i)] = mean;
                known.random()[span.row(i)] = random;
            }
            coordinates.transform(z, span.size());
            for (int i = 0; i < span.size(); i++) {
                final double root = design.weights().root(span.row(i));
                final int at = place(subject.code(span.row(i))) * size;
                whitening.load(states, at);
                whitening.row(rest[i] * root / unit);
                for (int j = 0; j < z.length; j++) {
                    whitening.effect(j, z[j][i] * root);
                }
                known.normalized()[span.row(i)] = whitening.standardised();
                whitening.save(states, at);
            }
        });
    }
}
