package dev.mixedmodels.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.longitudinal.FitFigures;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.prediction.Census;
import dev.mixedmodels.engine.prediction.Prediction;
import dev.mixedmodels.engine.prediction.PredictionSettings;
import dev.mixedmodels.engine.prediction.Predictors;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.Figures;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Predictions where rows have weights. */
class WeightedPredictionTest {
    private static final String FORMULA = "distance ~ age * Sex";

    /** Orthodont with weights, every ninth response missing. */
    private static Frame frame() {
        final Frame frame = Weighted.frame("orthodont", Set.of(), Weighted::reference);
        final double[] y = new double[frame.rows()];
        for (int i = 0; i < y.length; i++) {
            y[i] = i % 9 == 4 ? Double.NaN : frame.column("distance").value(i);
        }
        return frame.with(new NumericColumn("distance", y));
    }

    private static IntFunction<Prediction> predict(final StoredModel model, final Frame frame) {
        return Predictors.of(model, new PredictionSettings(PredictionSettings.Effects.ALL, "", 0.95, false))
            .predict(frame, new Census(), Progress.NONE);
    }

    @Test
    void anUnobservedVisitIsPredictedWithTheWeightsOfItsSubject() {
        final Frame frame = frame();
        final ModelFit fit = MarginalModel.fit(MarginalSettings.of(Formula.parse(FORMULA),
            new Layout("Subject", "age", null, null), VisitStructure.UNSTRUCTURED)
            .withOptions(DesignOptions.DEFAULT.withWeights("w")), frame, Progress.NONE, new Warnings());
        final double[][] sigma = new double[4][4];
        int at = 0;
        for (final CovarianceEntryRow entry : fit.tables().covarianceMatrices()) {
            if (entry.matrix().equals("V")) {
                sigma[at / 4][at++ % 4] = entry.covariance();
            }
        }
        assertEquals(16, at);
        final IntFunction<Prediction> predicted = predict(fit.model().get(), frame);
        for (int row = 4; row < frame.rows(); row += 9) {
            final double expected = expected(frame, fit, sigma, row);
            assertEquals(expected, Figures.fittedValues(fit).apply(row).conditional(), 1e-9, "row " + row);
            assertEquals(expected, predicted.apply(row).value(), 1e-9, "row " + row);
        }
    }

    /** x'beta + V_uo V_oo^-1 (y_o - X_o beta) with V_ij = sigma_ij / root(w_i w_j); a subject's rows follow one another. */
    private static double expected(final Frame frame, final ModelFit fit, final double[][] sigma, final int row) {
        final int first = row - row % 4;
        final double[][] v = new double[3][3];
        final double[] covariance = new double[3];
        final double[] residual = new double[3];
        for (int i = 0; i < 3; i++) {
            final int a = i + (first + i >= row ? 1 : 0);
            residual[i] = frame.column("distance").value(first + a)
                - Figures.fittedValues(fit).apply(first + a).marginal();
            covariance[i] = sigma[a][row - first] / Math.sqrt(Weighted.reference(first + a) * Weighted.reference(row));
            for (int j = 0; j < 3; j++) {
                final int b = j + (first + j >= row ? 1 : 0);
                v[i][j] = sigma[a][b] / Math.sqrt(Weighted.reference(first + a) * Weighted.reference(first + b));
            }
        }
        return Figures.fittedValues(fit).apply(row).marginal()
            + Matrices.dot(covariance, Matrices.multiply(Matrices.inversePositiveDefinite(v), residual));
    }

    /** A further response of a row has the residual variance over its weight; 1 where the table has no weights. */
    @Test
    void boundsOfAResponseGoByItsWeight() {
        final Frame frame = frame();
        final LongitudinalFit fit =
            LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse(FORMULA + " + (1 | Subject)"))
                .withOptions(DesignOptions.DEFAULT.withWeights("w")), frame, Progress.NONE, new Warnings());
        final ModelTables tables = fit.tables(Progress.NONE, new Warnings());
        final double sigma2 = tables.covarianceParameters().get(1).estimate();
        final StoredModel model = fit.stored(tables);
        final IntFunction<Prediction> own = predict(model, frame);
        final IntFunction<Prediction> other =
            predict(model, Weighted.frame("orthodont", Set.of(), null));
        for (int row = 0; row < frame.rows(); row++) {
            final Prediction p = own.apply(row);
            final Prediction q = other.apply(row);
            assertEquals(FitFigures.fittedValues(fit).apply(row).conditional(), p.value(), 1e-10);
            final double quantile = 1.959963984540054;
            assertEquals(Math.pow((p.upperNew() - p.value()) / quantile, 2) - p.stdError() * p.stdError(),
                sigma2 / Weighted.reference(row), 1e-9);
            assertEquals(Math.pow((q.upperNew() - q.value()) / quantile, 2) - q.stdError() * q.stdError(), sigma2,
                1e-9);
        }
    }
}
