package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subjects that differ by many orders of magnitude more than the rows within them, against closed forms. */
class VariationRatioTest {
    private static final int SUBJECTS = 30;
    private static final int ROWS = 6;

    /** Balanced rows y = subject + 0.5 time + error. */
    private static List<Growth.Row> rows(final double between, final double within, final double offset) {
        final Random random = new Random(11);
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < SUBJECTS; i++) {
            final double level = offset + between * random.nextGaussian();
            for (int j = 0; j < ROWS; j++) {
                rows.add(new Growth.Row(level + 0.5 * j + within * random.nextGaussian(), j, 1, "A", "S" + i));
            }
        }
        return rows;
    }

    /** Sums of squares of the balanced layout, from differences within a subject, which are exact. */
    private record Closed(double slope, double residual, double intercept) {
        static Closed of(final List<Growth.Row> rows) {
            final double[] means = new double[SUBJECTS];
            final double[][] deviations = new double[SUBJECTS][ROWS];
            double slope = 0;
            for (int i = 0; i < SUBJECTS; i++) {
                final double first = rows.get(i * ROWS).y();
                double mean = 0;
                for (int j = 0; j < ROWS; j++) {
                    mean += (rows.get(i * ROWS + j).y() - first) / ROWS;
                }
                means[i] = first + mean;
                for (int j = 0; j < ROWS; j++) {
                    deviations[i][j] = rows.get(i * ROWS + j).y() - first - mean;
                    slope += (j - 2.5) * deviations[i][j] / (17.5 * SUBJECTS);
                }
            }
            double within = 0;
            double total = 0;
            for (int i = 0; i < SUBJECTS; i++) {
                for (int j = 0; j < ROWS; j++) {
                    within += Math.pow(deviations[i][j] - slope * (j - 2.5), 2);
                }
                total += means[i] / SUBJECTS;
            }
            double between = 0;
            for (final double mean : means) {
                between += (mean - total) * (mean - total) / (SUBJECTS - 1);
            }
            final double residual = within / (SUBJECTS * (ROWS - 1) - 1);
            return new Closed(slope, residual, between - residual / ROWS);
        }
    }

    /** REML of the balanced layout is the analysis of variance. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e3, 1e8, 1e10})
    void anyRatioOfVariancesIsFitted(final double ratio) {
        final List<Growth.Row> rows = rows(1e-3 * ratio, 1e-3, 0);
        final Closed closed = Closed.of(rows);
        final LongitudinalFit fit = Growth.fit(Growth.settings("y ~ time + (1 | subject)"), rows);
        final double error = Math.sqrt(closed.residual / (17.5 * SUBJECTS));
        assertEquals(closed.intercept, FitFigures.covarianceParameters(fit)[0], 1e-7 * closed.intercept);
        assertEquals(closed.residual, FitFigures.covarianceParameters(fit)[1], 1e-7 * closed.residual);
        // residuals are rounded to the last place of the response
        final double last = Math.ulp(rows.stream().mapToDouble(row -> Math.abs(row.y())).max().orElseThrow());
        assertEquals(closed.slope, FitFigures.coefficients(fit)[1], 1e-6 * error + last / Math.sqrt(17.5 * SUBJECTS));
        assertEquals(error, FitFigures.standardErrors(fit)[1], 1e-7 * error);
        final FixedEffectRow slope = fit.tables(Progress.NONE, new Warnings()).fixedEffects().get(1);
        assertEquals(SUBJECTS * (ROWS - 1) - 1, slope.df(), 1e-3);
    }

    /** The same by structured residuals, whose rows are not reduced in advance. */
    @Test
    void aVarianceFunctionChangesNothingOfThis() {
        final List<Growth.Row> rows = rows(1e5, 1e-3, 0).stream().map(row -> new Growth.Row(row.y(), row.time(),
            row.time() < 3 ? 1 : 2, row.arm(), row.subject())).toList();
        final LongitudinalSettings settings = Growth.settings("y ~ time + (1 | subject)").withVariance(null, "x")
            .withInference(i -> i.withVariances(VarianceIntervals.WALD, false));
        final LongitudinalFit fit = Growth.fit(settings, rows);
        final double[] found = FitFigures.covarianceParameters(fit);
        final List<Growth.Row> small = rows.stream().map(row -> row.withY(row.y() - rows.get(
            rows.indexOf(row) / ROWS * ROWS).y())).toList();
        final double[] of = FitFigures.covarianceParameters(Growth.fit(settings, near(small)));
        assertEquals(of[1], found[1], 1e-5 * of[1]);
        assertEquals(of[2], found[2], 1e-5);
    }

    /** The rows with levels of subjects that are of the size of the residuals times 100. */
    private static List<Growth.Row> near(final List<Growth.Row> rows) {
        final Random random = new Random(4);
        final List<Growth.Row> moved = new ArrayList<>();
        double level = 0;
        for (int i = 0; i < rows.size(); i++) {
            level = i % ROWS == 0 ? 1e4 * random.nextGaussian() : level;
            moved.add(rows.get(i).withY(rows.get(i).y() + level));
        }
        return moved;
    }

    @Test
    void slopesOfAnySizeAreFitted() {
        final Random random = new Random(3);
        final List<Growth.Row> rows = new ArrayList<>();
        for (int i = 0; i < SUBJECTS; i++) {
            final double level = 1e5 * random.nextGaussian();
            final double slope = 1e5 * random.nextGaussian();
            for (int j = 0; j < ROWS; j++) {
                rows.add(new Growth.Row(level + slope * j + 1e-3 * random.nextGaussian(), j, 1, "A", "S" + i));
            }
        }
        final LongitudinalFit fit = Growth.fit(
            Growth.settings("y ~ time + (1 + time | subject)").withInference(i -> i.withDf(DfMethod.KENWARD_ROGER)), rows);
        // residuals of the subjects' own lines, each by its own least squares
        double rest = 0;
        for (int i = 0; i < SUBJECTS; i++) {
            final double first = rows.get(i * ROWS).y();
            final double last = rows.get(i * ROWS + ROWS - 1).y();
            final double[] d = new double[ROWS];
            double mean = 0;
            double slope = 0;
            for (int j = 0; j < ROWS; j++) {
                d[j] = rows.get(i * ROWS + j).y() - first - (last - first) * j / (ROWS - 1);
                mean += d[j] / ROWS;
                slope += (j - 2.5) * d[j] / 17.5;
            }
            for (int j = 0; j < ROWS; j++) {
                rest += Math.pow(d[j] - mean - slope * (j - 2.5), 2);
            }
        }
        final double residual = rest / (SUBJECTS * (ROWS - 2));
        // the data's own rounding is 1e-8 of 1e-3
        assertEquals(residual, FitFigures.covarianceParameters(fit)[3], 1e-4 * residual);
        assertEquals(SUBJECTS - 1, fit.tables(Progress.NONE, new Warnings()).fixedEffects().get(1).df(), 1e-3);
        assertFalse(FitFigures.singular(fit));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e9})
    void whatOnlyRoundingKeepsFromBeingExactIsRefused(final double offset) {
        for (final String formula : List.of("y ~ time + (1 | subject)", "y ~ time + (1 + time | subject)")) {
            final String message = assertThrows(ModelException.class,
                () -> Growth.fit(Growth.settings(formula), rows(1e5, 0, offset))).getMessage();
            assertTrue(message.contains("\"y\" but for rounding"), message);
        }
    }
}
