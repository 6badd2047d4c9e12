package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.FittedRow;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the model says about rows. The conditional value of a row without response is its prediction from the subject's
 * other rows; an observed row needs none, and it is missing there.
 */
final class FittedValues implements IntFunction<FittedRow> {
    private final RepeatedRows rows;
    private final Estimates estimates;
    private final UnobservedVisits unobserved;
    private final double[] gamma;
    private final double[] w;
    /** By row of the frame, filled at the first call; NaN where there is nothing. */
    private double[] deviation;
    private double[] normalized;
    private double[] conditional;

    FittedValues(final RepeatedRows rows, final Estimates estimates, final UnobservedVisits unobserved) {
        this.rows = rows;
        this.estimates = estimates;
        this.unobserved = unobserved;
        gamma = rows.coefficients(estimates.mean().beta());
        w = new double[rows.columns()];
    }

    @Override
    public FittedRow apply(final int row) {
        if (deviation == null) {
            compute();
        }
        rows.design().fixed().basisRow(row, w);
        final double marginal = Matrices.dot(w, gamma);
        final double residual = rows.design().response(row) - marginal;
        return new FittedRow(marginal, conditional[row], residual, residual / deviation[row], normalized[row]);
    }

    private void compute() {
        final int n = rows.design().rows().frame().rows();
        deviation = filled(n);
        normalized = filled(n);
        conditional = filled(n);
        final SubjectBlock block = new SubjectBlock(rows.columns());
        final ConditionalPrediction prediction = new ConditionalPrediction(rows, estimates, unobserved);
        for (int s = 0; s < rows.subjects(); s++) {
            whiten(s, block);
            final List<UnobservedVisits.Visit> visits =
                unobserved.of(s).stream().filter(u -> u.donor() == u.row()).toList();
            if (!visits.isEmpty()) {
                final ConditionalPrediction.Prediction[] predictions = prediction.of(s, visits);
                for (int u = 0; u < predictions.length; u++) {
                    conditional[visits.get(u).row()] = predictions[u].value();
                }
            }
        }
    }

    private void whiten(final int subject, final SubjectBlock block) {
        rows.read(subject, block);
        final int k = block.rows();
        final int p = rows.columns();
        final double[] l = estimates.model().covariance(estimates.theta(), block);
        final double[] z = new double[k];
        for (int i = 0; i < k; i++) {
            deviation[rows.index().row(rows.index().start(subject) + i)] = Math.sqrt(l[i * k + i]);
            z[i] = block.row(i)[p];
            for (int j = 0; j < p; j++) {
                z[i] -= block.row(i)[j] * estimates.mean().beta()[j];
            }
        }
        Cholesky.factor(l, k);
        Cholesky.solveLower(l, k, z);
        for (int i = 0; i < k; i++) {
            normalized[rows.index().row(rows.index().start(subject) + i)] = z[i];
        }
    }

    private static double[] filled(final int n) {
        final double[] values = new double[n];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
