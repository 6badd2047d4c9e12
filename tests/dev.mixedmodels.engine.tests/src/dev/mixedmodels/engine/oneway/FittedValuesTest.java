package dev.mixedmodels.engine.oneway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FittedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FittedValuesTest {
    @Test
    void residualsAreWhitenedByTheCholeskyFactorRowsInTheirOrder() {
        final Rows rows = Fixtures.simulate(new Random(41), new int[] {4, 1, 6, 2}, 2, 1).shuffled(1);
        final RandomInterceptFit fit = Fixtures.fit(rows, Method.REML);
        final double mean = fit.tables().fixedEffects().get(0).estimate();
        final List<CovarianceParameterRow> variances = fit.tables().covarianceParameters();
        final FittedValues values = fit.fittedValues().get();
        final double[] actual = new double[rows.y().length];
        for (int i = 0; i < actual.length; i++) {
            final FittedRow row = values.next(rows.group()[i], rows.y()[i], 1);
            actual[i] = row.normalized();
            assertEquals(rows.y()[i] - row.conditional(), row.residual(), 1e-13);
            assertEquals(row.residual() / variances.get(1).stdDeviation(), row.pearson(), 1e-13);
        }
        for (int g = 0; g < 4; g++) {
            final List<Integer> members = new ArrayList<>();
            for (int i = 0; i < actual.length; i++) {
                if (rows.group()[i] == g) {
                    members.add(i);
                }
            }
            final int n = members.size();
            final double[][] v = new double[n][n];
            for (int r = 0; r < n; r++) {
                for (int c = 0; c < n; c++) {
                    v[r][c] = variances.get(0).estimate() + (r == c ? variances.get(1).estimate() : 0);
                }
            }
            final RealVector white = new ArrayRealVector(
                members.stream().mapToDouble(i -> rows.y()[i] - mean).toArray());
            MatrixUtils.solveLowerTriangularSystem(
                new CholeskyDecomposition(new Array2DRowRealMatrix(v)).getL(), white);
            for (int r = 0; r < n; r++) {
                assertEquals(white.getEntry(r), actual[members.get(r)], 1e-12);
            }
        }
    }

    @Test
    void aRowWithoutResponseIsPredictedAndLeavesTheOthersAlone() {
        final Rows rows = Fixtures.unbalanced();
        final RandomInterceptFit fit = Fixtures.fit(rows, Method.REML);
        final FittedValues plain = fit.fittedValues().get();
        final FittedValues mixed = fit.fittedValues().get();
        for (int i = 0; i < rows.y().length; i++) {
            final FittedRow predicted = mixed.next(rows.group()[i], Double.NaN, 1);
            final FittedRow row = plain.next(rows.group()[i], rows.y()[i], 1);
            assertEquals(row, mixed.next(rows.group()[i], rows.y()[i], 1));
            assertEquals(row.conditional(), predicted.conditional());
            assertTrue(Double.isNaN(predicted.residual()) && Double.isNaN(predicted.normalized()));
        }
        for (final int group : new int[] {-1, 10, 1000}) {
            final FittedRow unseen = mixed.next(group, Double.NaN, 1);
            assertEquals(unseen.marginal(), unseen.conditional());
        }
    }

    @Test
    void residualsOfResponsesWithManyEqualDigitsAreExact() {
        final Rows rows = Fixtures.simulate(new Random(42), new int[] {4, 3, 6}, 2, 1);
        final double shift = 0x1p40; // leaves 12 bits after the point: stored and shifted back without loss
        final Rows rounded = rows.scaled(1, shift).scaled(1, -shift);
        final FittedValues near = Fixtures.fit(rounded, Method.REML).fittedValues().get();
        final FittedValues far = Fixtures.fit(rows.scaled(1, shift), Method.REML).fittedValues().get();
        for (int i = 0; i < rows.y().length; i++) {
            final FittedRow expected = near.next(rows.group()[i], rounded.y()[i], 1);
            final FittedRow actual = far.next(rows.group()[i], rounded.y()[i] + shift, 1);
            assertEquals(expected.residual(), actual.residual(), 1e-13);
            assertEquals(expected.normalized(), actual.normalized(), 1e-13);
        }
    }

    /** The square of the variances is beyond the range of a double. */
    @ParameterizedTest
    @ValueSource(ints = {-450, 450})
    void whiteningKnowsNoUnit(final int exponent) {
        final Rows rows = Fixtures.unbalanced();
        final double unit = Math.scalb(1.0, exponent);
        final FittedValues plain = Fixtures.fit(rows, Method.REML).fittedValues().get();
        final FittedValues scaled = Fixtures.fit(rows.scaled(unit, 0), Method.REML).fittedValues().get();
        for (int i = 0; i < rows.y().length; i++) {
            assertEquals(plain.next(rows.group()[i], rows.y()[i], 1).normalized(),
                scaled.next(rows.group()[i], rows.y()[i] * unit, 1).normalized(), 1e-10);
        }
    }

    @Test
    void aNegativeVariancePredictsNothingButStillWhitens() {
        final Rows rows = Fixtures.dyestuff2();
        final RandomInterceptFit fit = Fixtures.fit(rows, Method.ANOVA);
        final FittedRow row = fit.fittedValues().get().next(rows.group()[0], rows.y()[0], 1);
        assertTrue(Double.isNaN(row.conditional()) && Double.isNaN(row.residual()));
        assertEquals(5.6656, row.marginal(), 1e-12);
        assertTrue(Double.isFinite(row.normalized()));
    }

    /** BLUPs and their errors from the mixed model equations (Henderson 1975), solved densely. */
    @Test
    void blupsSolveTheMixedModelEquations() {
        final int[] sizes = {4, 1, 6, 2};
        final Rows rows = Fixtures.simulate(new Random(43), sizes, 2, 1);
        final RandomInterceptFit fit = Fixtures.fit(rows, Method.REML);
        final double sigma2 = fit.tables().covarianceParameters().get(0).estimate();
        final double tau2 = fit.tables().covarianceParameters().get(1).estimate();
        final double[][] c = new double[5][5];
        final double[] right = new double[5];
        for (int i = 0; i < rows.y().length; i++) {
            final int g = 1 + rows.group()[i];
            c[0][0] += 1 / tau2;
            c[0][g] += 1 / tau2;
            c[g][0] += 1 / tau2;
            c[g][g] += 1 / tau2;
            right[0] += rows.y()[i] / tau2;
            right[g] += rows.y()[i] / tau2;
        }
        for (int g = 1; g < 5; g++) {
            c[g][g] += 1 / sigma2;
        }
        final CholeskyDecomposition factor = new CholeskyDecomposition(new Array2DRowRealMatrix(c));
        final double[] solution = factor.getSolver().solve(new ArrayRealVector(right)).toArray();
        final double[][] inverse = factor.getSolver().getInverse().getData();
        int g = 1;
        for (final BlupRow row : fit.tables().blups()) {
            assertEquals(solution[g], row.blup(), 1e-12);
            assertEquals(solution[0] + solution[g], row.coefficient(), 1e-11);
            assertEquals(Math.sqrt(inverse[g][g]), row.stdError(), 1e-12);
            assertEquals(Math.sqrt(inverse[0][0] + inverse[g][g] + 2 * inverse[0][g]), row.coefficientStdError(),
                1e-12);
            assertEquals(1 - row.conditionalStdDev() * row.conditionalStdDev() / sigma2, row.reliability(), 1e-12);
            assertEquals(sizes[g - 1], row.n());
            g++;
        }
    }
}
