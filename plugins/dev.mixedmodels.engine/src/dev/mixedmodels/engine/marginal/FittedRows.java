package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

/**
 * What the model says about rows of the table, part after part from its first row on. The conditional value of a row
 * without response is its prediction from the subject's other rows; an observed row needs none, and it is missing
 * there.
 */
final class FittedRows implements Function<Frame, FittedPart> {
    private final RowReader reader;
    private final Solved solved;
    private final double[] gamma;
    private final Map<Integer, Double> conditional;
    private final WhitenedSubjects whitened; // null where residuals are known, or not wanted
    private final IntToDoubleFunction normalized;
    private int first; // row of the table

    /**
     * @param reader reads the rows
     * @param solved the estimates
     * @param conditional predictions of rows of the table that lack the response
     * @param whitened whitens the rows; null if {@code normalized} knows what comes of it
     * @param normalized normalised residual of a fitted row of the table
     */
    FittedRows(final RowReader reader, final Solved solved, final Map<Integer, Double> conditional,
        final WhitenedSubjects whitened, final IntToDoubleFunction normalized) {
        this.reader = reader;
        this.solved = solved;
        this.conditional = conditional;
        this.whitened = whitened;
        this.normalized = normalized;
        gamma = reader.coordinates().coefficients(solved.beta());
    }

    @Override
    public FittedPart apply(final Frame block) {
        final RowReader.Part part = reader.of(block);
        final ModelDesign design = part.design();
        final ResponseUnit unit = ResponseUnit.of(design.responseUnit());
        final int before = first;
        first += block.rows();
        final double[] deviation = new double[block.rows()];
        final double[] z = new double[block.rows()];
        final double[] mean = new double[block.rows()]; // NaN until it is computed
        Arrays.fill(deviation, Double.NaN);
        Arrays.fill(z, Double.NaN);
        Arrays.fill(mean, Double.NaN);
        final double[][] variances = new double[solved.groups()][];
        final Rows fitted = design.rows().fitted();
        for (int i = 0; i < fitted.size(); i++) {
            final int row = fitted.row(i);
            deviation[row] =
                Math.sqrt(variance(variances, part.group(row), part.visit(row))) / design.weights().root(row);
            if (whitened == null) {
                z[row] = normalized.applyAsDouble(before + row);
            }
        }
        if (whitened != null) {
            whiten(part, mean, z);
        }
        final double[] w = new double[gamma.length]; // of a row
        return new FittedPart(row -> {
            if (!(design.weights().root(row) > 0)) {
                return FittedRow.MISSING;
            }
            final double own = Double.isNaN(mean[row]) ? mean(design, row, w) : mean[row];
            final double marginal = own + design.fixed().offset().value(row);
            final double residual = design.response(row) - own;
            return unit.back(new FittedRow(marginal,
                Double.isNaN(residual) ? predicted(part.subject(row), marginal, before + row) : Double.NaN, residual,
                residual / deviation[row], z[row]));
        }, design.usedResponses(), part::subject);
    }

    /** The prediction of a row without a response; of a subject without any observed row nothing is known but its mean. */
    private double predicted(final int subject, final double marginal, final int row) {
        return subject < 0 ? marginal : conditional.getOrDefault(row, Double.NaN);
    }

    /** Mean and normalised residual of the fitted rows of a part, the columns of W over many rows in one go. */
    private void whiten(final RowReader.Part part, final double[] mean, final double[] z) {
        final ModelDesign design = part.design();
        final double[][] w = new double[gamma.length][RowSpan.MOST];
        final double[] values = new double[gamma.length + 1]; // of a row of W, and its residual
        RowSpan.each(design.rows().fitted(), null, span -> {
            design.fixed().basis(span, w);
            for (int i = 0; i < span.size(); i++) {
                final int row = span.row(i);
                for (int j = 0; j < w.length; j++) {
                    values[j] = w[j][i];
                }
                mean[row] = Matrices.dot(gamma, values);
                reader.coordinates().weighted(design.weights().root(row),
                    design.response(row) - reader.coordinates().centre(), values);
                z[row] = whitened.next(part.subject(row), part.group(row), part.visit(row), solved.rest(values));
            }
        });
    }

    /** The mean of a row, whose row of W it puts into w. */
    private double mean(final ModelDesign design, final int row, final double[] w) {
        design.fixed().basisRow(row, w);
        return Matrices.dot(gamma, w);
    }

    /** Variance of a row of weight 1; kept for the next. */
    private double variance(final double[][] variances, final int group, final int visit) {
        if (variances[group] == null) {
            final int n = solved.structure().homogeneous() ? 1 : solved.visits();
            variances[group] = new double[n];
            Arrays.setAll(variances[group], v -> solved.variance(group, v));
        }
        return variances[group][solved.structure().homogeneous() ? 0 : visit];
    }
}
