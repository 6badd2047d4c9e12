package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.MeansRow;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A response in any unit has the same fit, in that unit; for powers of two bit for bit. */
class ResponseUnitTest {
    private static final int ROWS = new Simulated(24, 3, 0.15, 51).y.size();

    private static Simulated data(final double unit) {
        final Simulated data = new Simulated(24, 3, 0.15, 51);
        data.y.replaceAll(y -> unit * y);
        return data;
    }

    private static MarginalSettings settings(final VisitStructure structure) {
        final MarginalSettings settings = Simulated.settings("y ~ x + arm + visit", structure, true)
            .withInference(i -> i.withDf(DfMethod.KENWARD_ROGER)).withTables(TableSettings.DEFAULT);
        return structure == VisitStructure.AR1 ? settings.withComparison(List.of(VisitStructure.DIAGONAL)) : settings;
    }

    /** Every number of every table with the power of the unit that it goes with. */
    private static List<double[]> numbers(final ModelFit fit) {
        final List<double[]> all = new ArrayList<>();
        for (final FixedEffectRow r : fit.tables().fixedEffects()) {
            add(all, 1, r.estimate(), r.stdError(), r.lower(), r.upper(), r.naiveEstimate(), r.naiveStdError());
            add(all, 0, r.df(), r.t(), r.pValue(), r.naivePValue(), r.designEffect());
        }
        for (final CovarianceParameterRow r : fit.tables().covarianceParameters()) {
            add(all, r.parameter().matches("(rho|Corr|gamma1|range|nugget).*") ? 0 : 2, r.estimate(), r.stdError(), r.lower(), r.upper());
            add(all, 1, r.stdDeviation());
            add(all, 0, r.correlation(), r.share());
        }
        for (final BlupRow r : fit.tables().blups()) {
            add(all, 1, r.blup(), r.stdError(), r.conditionalStdDev(), r.lower(), r.upper());
            add(all, 0, r.reliability());
        }
        for (final CovarianceEntryRow r : fit.tables().covarianceMatrices()) {
            if (!r.matrix().equals("Covariance parameters")) {
                add(all, 2, r.covariance());
            }
            add(all, 0, r.correlation());
        }
        for (final MeansRow r : fit.tables().means()) {
            add(all, 1, r.estimate(), r.stdError(), r.lower(), r.upper());
            add(all, 0, r.df(), r.t(), r.pValue(), r.adjustedPValue());
        }
        for (int row = 0; row < ROWS; row++) {
            final FittedRow r = Figures.fittedValues(fit).apply(row);
            add(all, 1, r.marginal(), r.conditional(), r.residual());
            add(all, 0, r.pearson(), r.normalized());
        }
        for (final FitStatisticRow r : fit.tables().modelFit()) {
            final boolean deviance = r.statistic().matches(".*(Likelihood|AIC|BIC).*");
            add(all, r.statistic().equals("Residual Std. Deviation") ? 1 : 0, deviance ? Double.NaN : r.value(),
                r.numDf(), r.denDf(), r.pValue());
        }
        return all;
    }

    private static void add(final List<double[]> all, final int power, final double... values) {
        Arrays.stream(values).forEach(value -> all.add(new double[] {value, power}));
    }

    @TestFactory
    List<DynamicTest> powersOfTwoChangeNoBit() {
        return Arrays.stream(VisitStructure.values()).map(structure -> DynamicTest.dynamicTest(structure.name(), () -> {
            final ModelFit plain = Simulated.fit(settings(structure), data(1).frame());
            final List<double[]> expected = numbers(plain);
            for (final int exponent : new int[] {-490, 20, 490}) {
                final double unit = Math.scalb(1.0, exponent);
                final ModelFit other = Simulated.fit(settings(structure), data(unit).frame());
                final List<double[]> actual = numbers(other);
                assertEquals(expected.size(), actual.size());
                for (int i = 0; i < actual.size(); i++) {
                    double value = actual.get(i)[0];
                    for (int power = 0; power < actual.get(i)[1]; power++) {
                        value /= unit;
                    }
                    final double x = expected.get(i)[0];
                    assertEquals(x, value, structure + " number " + i);
                }
                // densities of rows less those that the mean takes
                final double shift = 2 * (ROWS - 5) * exponent * Math.log(2);
                assertEquals(Simulated.deviance(plain) + shift, Simulated.deviance(other),
                    1e-13 * (Math.abs(shift) + Simulated.deviance(plain)));
                if (structure == VisitStructure.AR1) {
                    assertEquals(Simulated.statistic(plain, "AIC Diagonal") + shift,
                        Simulated.statistic(other, "AIC Diagonal"), 1e-13 * (Math.abs(shift) + 1000));
                }
            }
        })).toList();
    }

    /** Thirty rows of six groups with variances near 400,000 (Dyestuff in grams times 10): c and gamma have bounds. */
    @Test
    void compoundSymmetryHasBoundsInAnyUnit() {
        for (final double unit : new double[] {1e-140, 1e-3, 1, 10, 1e6, 1e140}) {
            final TestData csv = TestData.read("dyestuff");
            final Frame frame = new Frame(csv.rows(), List.of(
                NominalColumn.of("Batch", Arrays.asList(csv.strings("Batch"))),
                new NumericColumn("Yield", Arrays.stream(csv.numbers("Yield")).map(y -> unit * y).toArray())));
            final ModelFit fit = Simulated.fit(MarginalSettings.of(Formula.parse("Yield ~ 1"),
                new Layout("Batch", null, null, null), VisitStructure.COMPOUND_SYMMETRY), frame);
            for (final CovarianceParameterRow row : fit.tables().covarianceParameters()) {
                assertTrue(row.lower() < row.estimate() && row.estimate() < row.upper(), row.toString());
            }
            final CovarianceParameterRow gamma = fit.tables().covarianceParameters().get(3);
            // the mean square within batches, 58830 / 24
            assertEquals(2451.25, gamma.estimate() / unit / unit, 1e-6 * 2451.25);
        }
    }

    @Test
    void aResponseWhoseVariancesAreNoNumbersIsRefusedInWords() {
        for (final double unit : new double[] {1e-300, 1e-170, 1e170, 1e300}) {
            for (final VisitStructure structure : VisitStructure.values()) {
                final String message = assertThrows(ModelException.class,
                    () -> Simulated.fit(settings(structure), data(unit).frame())).getMessage();
                assertTrue(message.contains("\"y\"") && message.contains("unit of the column"), message);
                assertFalse(message.matches(".*(NaN|null|Infinity|Exception).*"), message);
            }
        }
    }
}
