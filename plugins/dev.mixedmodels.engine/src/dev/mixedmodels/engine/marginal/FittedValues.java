package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the model says about rows. The conditional value of a row without response is its prediction from the subject's
 * other rows; an observed row needs none, and it is missing there. Subjects are worked out when their first row is
 * asked for.
 */
final class FittedValues implements IntFunction<FittedRow> {
    private final RepeatedRows rows;
    private final StructureFit estimates;
    private final UnobservedVisits unobserved;
    private final ConditionalPrediction prediction;
    private final double[] gamma;
    private final double[] w;
    private final SubjectBlock block;
    private final ResponseUnit unit;
    private final BitSet done = new BitSet();
    /** By row of the frame, NaN where there is nothing: standard deviation, whitened residual, prediction. */
    private final double[] deviation;
    private final double[] normalized;
    private final double[] conditional;

    FittedValues(final RepeatedRows rows, final StructureFit estimates, final UnobservedVisits unobserved) {
        this.rows = rows;
        this.estimates = estimates;
        this.unobserved = unobserved;
        prediction = new ConditionalPrediction(rows, Solved.of(estimates), unobserved);
        gamma = rows.coefficients(estimates.mean().beta());
        w = new double[rows.columns()];
        block = new SubjectBlock(rows.columns());
        unit = ResponseUnit.of(rows.design().responseUnit());
        deviation = filled(rows.design().rows().frame().rows());
        normalized = deviation.clone();
        conditional = deviation.clone();
    }

    private static double[] filled(final int n) {
        final double[] values = new double[n];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    @Override
    public FittedRow apply(final int row) {
        if (!(rows.root(row) > 0)) {
            return FittedRow.MISSING;
        }
        final int subject = rows.subject().code(row);
        if (subject >= 0 && !done.get(subject)) {
            done.set(subject);
            whiten(subject);
            predict(subject);
        }
        rows.design().fixed().basisRow(row, w);
        final double mean = Matrices.dot(w, gamma);
        final double marginal = mean + rows.design().fixed().offset().value(row);
        final double residual = rows.design().response(row) - mean;
        // nothing is known of a subject without any observed row but its mean
        final boolean unknown = subject < 0 && Double.isNaN(residual);
        return unit.back(new FittedRow(marginal, unknown ? marginal : conditional[row], residual,
            residual / deviation[row], normalized[row]));
    }

    private void predict(final int subject) {
        final List<UnobservedVisits.Visit> visits =
            unobserved.of(subject).stream().filter(u -> u.donor() == u.row()).toList();
        if (!visits.isEmpty()) {
            final ConditionalPrediction.Prediction[] predictions = prediction.of(subject, visits);
            for (int u = 0; u < predictions.length; u++) {
                conditional[visits.get(u).row()] = predictions[u].value();
            }
        }
    }

    private void whiten(final int subject) {
        rows.read(subject, block);
        final int k = block.rows();
        final int p = rows.columns();
        final int start = rows.index().start(subject);
        final double[] l = estimates.model().covariance(estimates.theta(), subject);
        final double[] z = new double[k];
        for (int i = 0; i < k; i++) {
            final int row = rows.index().row(start + i);
            deviation[row] = Math.sqrt(l[i * k + i]) / rows.root(row);
            z[i] = block.row(i)[p];
            for (int j = 0; j < p; j++) {
                z[i] -= block.row(i)[j] * estimates.mean().beta()[j];
            }
        }
        Cholesky.factor(l, k);
        Cholesky.solveLower(l, k, z);
        for (int i = 0; i < k; i++) {
            normalized[rows.index().row(start + i)] = z[i];
        }
    }
}
