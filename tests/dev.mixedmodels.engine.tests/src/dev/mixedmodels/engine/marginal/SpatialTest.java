package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.CorrelationByFormula;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.SubjectCorrelation;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.longitudinal.FitFigures;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Covariances over places: what does not change them, predictions, bounds, and what is said of places that do not do. */
class SpatialTest {
    private static final int UNITS = 6;
    private static final int ROWS = 12;

    /** Units of rows at random places in the cube, responses with an exponential correlation and a nugget. */
    private static final class Field {
        private final int n = UNITS * ROWS;
        private final double[][] place = new double[3][n];
        private final double[] x = new double[n];
        private final double[] y = new double[n];
        private final String[] unit = new String[n];
        private Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);

        Field(final long seed, final double share) {
            final Random random = new Random(seed);
            for (int i = 0; i < n; i++) {
                unit[i] = "u" + i / ROWS;
                x[i] = random.nextGaussian();
                for (final double[] coordinate : place) {
                    coordinate[i] = random.nextDouble();
                }
            }
            for (int u = 0; u < UNITS; u++) {
                final double[] e = random.doubles(ROWS).map(r -> random.nextGaussian()).toArray();
                final SubjectCorrelation correlation = ResidualStructure.EXPONENTIAL.at(new double[] {Math.log(0.5)}, ROWS, 3);
                correlation.prepare(place, u * ROWS, ROWS);
                correlation.unwhiten(e, 1);
                for (int i = 0; i < ROWS; i++) {
                    y[u * ROWS + i] = 10 + x[u * ROWS + i] + 2 * Math.sqrt(share) * e[i]
                        + 2 * Math.sqrt(1 - share) * random.nextGaussian();
                }
            }
        }

        private NumericColumn column(final String name, final IntToDoubleFunction value) {
            return new NumericColumn(name, Arrays.stream(order).mapToDouble(i -> value.applyAsDouble(i)).toArray());
        }

        Frame frame(final Column... others) {
            final List<Column> columns = new ArrayList<>(List.of(
                NominalColumn.of("unit", Arrays.stream(order).map(i -> unit[i]).toList()), column("x", i -> x[i]),
                column("y", i -> y[i]), column("a", i -> place[0][i]), column("b", i -> place[1][i]),
                column("c", i -> place[2][i])));
            Frame frame = new Frame(n, columns);
            for (final Column other : others) {
                frame = frame.with(other);
            }
            return frame;
        }
    }

    private static MarginalSettings settings(final VisitStructure structure, final String unit, final String... places) {
        return MarginalSettings.of(Formula.parse("y ~ x"), new Layout(unit, null, null, List.of(places), null), structure)
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, true));
    }

    private static double[] parameters(final ModelFit fit) {
        return fit.tables().covarianceParameters().stream().mapToDouble(CovarianceParameterRow::estimate).toArray();
    }

    private static void same(final ModelFit expected, final ModelFit actual, final double scale, final double tolerance) {
        assertEquals(Simulated.deviance(expected), Simulated.deviance(actual), tolerance);
        final double[] a = parameters(expected);
        final double[] b = parameters(actual);
        for (int k = 0; k < a.length; k++) {
            assertEquals(k == 1 ? scale * a[k] : a[k], b[k], 1e-5 * Math.abs(b[k]) + 1e-7);
        }
        for (int j = 0; j < 2; j++) {
            assertEquals(expected.tables().fixedEffects().get(j).stdError(), actual.tables().fixedEffects().get(j).stdError(),
                1e-6);
            assertEquals(expected.tables().fixedEffects().get(j).df(), actual.tables().fixedEffects().get(j).df(), 1e-2);
        }
    }

    @ParameterizedTest
    @EnumSource(value = VisitStructure.class, names = "SPATIAL_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shiftsScalesRotationsAndTheOrderOfRowsChangeNothing(final VisitStructure structure) {
        final Field field = new Field(3, 0.8);
        final ModelFit fit = Simulated.fit(settings(structure, "unit", "a", "b", "c"), field.frame());
        // a turn about the first axis, then about the third one; shifted and in another unit
        final double[][] turn = Matrices.multiply(new double[][] {{1, 0, 0}, {0, 0.6, -0.8}, {0, 0.8, 0.6}},
            new double[][] {{0.28, -0.96, 0}, {0.96, 0.28, 0}, {0, 0, 1}});
        final Column[] turned = new Column[3];
        for (int d = 0; d < 3; d++) {
            final double[] axis = turn[d];
            turned[d] = field.column("abc".substring(d, d + 1), i -> 1000 + 250 * (axis[0] * field.place[0][i]
                + axis[1] * field.place[1][i] + axis[2] * field.place[2][i]));
        }
        same(fit, Simulated.fit(settings(structure, "unit", "a", "b", "c"), field.frame(turned)), 250, 1e-7);
        Collections.shuffle(Arrays.asList(field.order), new Random(5));
        same(fit, Simulated.fit(settings(structure, "unit", "c", "a", "b"), field.frame()), 1, 1e-7);
    }

    /** In one dimension the same models as continuous AR(1) and as those of the longitudinal node. */
    @Test
    void inOneDimensionItIsAModelOfTime() {
        final Frame frame = new Field(4, 0.7).frame();
        final ModelFit exponential = Simulated.fit(settings(VisitStructure.SPATIAL_EXPONENTIAL, "unit", "a"), frame);
        final ModelFit overTime = Simulated.fit(MarginalSettings.of(Formula.parse("y ~ x"), new Layout("unit", null, "a",
            null), VisitStructure.CONTINUOUS_AR1), frame);
        assertEquals(Simulated.deviance(overTime), Simulated.deviance(exponential), 1e-8);
        assertEquals(parameters(overTime)[1], Math.exp(-1 / parameters(exponential)[1]), 1e-6);
        for (final ResidualStructure structure : List.of(ResidualStructure.EXPONENTIAL, ResidualStructure.EXPONENTIAL_NUGGET)) {
            final ModelFit marginal =
                Simulated.fit(settings(VisitStructure.valueOf("SPATIAL_" + structure.name()), "unit", "a"), frame);
            final LongitudinalFit longitudinal = LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse("y ~ x"))
                .withResidual(structure, "a", "unit"), frame, Progress.NONE, new Warnings());
            assertEquals(longitudinal.criterion(), Simulated.deviance(marginal), 1e-8);
            for (int k = 0; k < parameters(marginal).length; k++) {
                assertEquals(FitFigures.covarianceParameters(longitudinal)[k], parameters(marginal)[k],
                    1e-5 * parameters(marginal)[k]);
            }
        }
    }

    /** Kriging by its formula, for rows without a response. */
    @Test
    void rowsWithoutAResponseArePredictedFromTheOthersOfTheirUnit() {
        final Field field = new Field(5, 0.8);
        final double[] left = field.y.clone();
        for (int i = 3; i < field.n; i += 7) {
            field.y[i] = Double.NaN;
        }
        final ModelFit fit =
            Simulated.fit(settings(VisitStructure.SPATIAL_EXPONENTIAL_NUGGET, "unit", "a", "b"), field.frame());
        final double[] parameters = parameters(fit);
        final double[] values = {parameters[1], parameters[2]};
        final double[][] places = {field.place[0], field.place[1]};
        final double[] beta = {fit.tables().fixedEffects().get(0).estimate(), fit.tables().fixedEffects().get(1).estimate()};
        int found = 0;
        for (final BlupRow row : fit.tables().blups()) {
            final int at = 3 + 7 * found++;
            final int first = at / ROWS * ROWS;
            final int[] seen = IntStream.range(first, first + ROWS).filter(i -> !Double.isNaN(field.y[i])).toArray();
            final double[][] v = new double[seen.length][seen.length];
            final double[] c = new double[seen.length];
            final double[] e = new double[seen.length];
            for (int i = 0; i < seen.length; i++) {
                for (int j = 0; j < seen.length; j++) {
                    v[i][j] = parameters[0] * CorrelationByFormula.of(ResidualStructure.EXPONENTIAL_NUGGET, values, places,
                        seen[i], seen[j]);
                }
                c[i] = parameters[0] * CorrelationByFormula.of(ResidualStructure.EXPONENTIAL_NUGGET, values, places, seen[i], at);
                e[i] = field.y[seen[i]] - beta[0] - beta[1] * field.x[seen[i]];
            }
            final double[] weights = Matrices.multiply(Matrices.inversePositiveDefinite(v), c);
            assertEquals(beta[0] + beta[1] * field.x[at] + Matrices.dot(weights, e), row.blup(), 1e-9);
            assertEquals(Math.sqrt(parameters[0] - Matrices.dot(weights, c)), row.conditionalStdDev(), 1e-9);
            assertTrue(Math.abs(row.blup() - left[at]) < 4 * row.stdError());
        }
        assertEquals((field.n - 3 + 6) / 7, found);
    }

    private static String failure(final MarginalSettings settings, final Frame frame) {
        return assertThrows(ModelException.class, () -> Simulated.fit(settings, frame)).getMessage();
    }

    @Test
    void equalPlacesAreAnErrorThatNamesColumnsAndUnitUnlessThereIsANugget() {
        final Field field = new Field(6, 0.8);
        field.place[0][17] = field.place[0][14];
        field.place[1][17] = field.place[1][14];
        for (final VisitStructure structure : List.of(VisitStructure.SPATIAL_EXPONENTIAL, VisitStructure.SPATIAL_GAUSSIAN,
            VisitStructure.SPATIAL_SPHERICAL)) {
            final String message = failure(settings(structure, "unit", "a", "b"), field.frame());
            assertTrue(message.contains("\"u1\"") && message.contains("in \"a\" and") && message.contains("in \"b\"")
                && message.contains("nugget"), message);
            final ModelFit fit =
                Simulated.fit(settings(VisitStructure.valueOf(structure.name() + "_NUGGET"), "unit", "a", "b"), field.frame());
            assertEquals(1, Simulated.statistic(fit, "Converged"));
        }
    }

    @Test
    void rowsWithoutACoordinateAreLeftOutAndCounted() {
        final Field field = new Field(7, 0.8);
        field.place[1][4] = Double.NaN;
        field.place[1][40] = Double.NaN;
        final Warnings warnings = new Warnings();
        final ModelFit fit = MarginalModel.fit(settings(VisitStructure.SPATIAL_EXPONENTIAL, "unit", "a", "b"), field.frame(),
            Progress.NONE, warnings);
        assertEquals(field.n - 2, Simulated.statistic(fit, "Rows Used"));
        assertTrue(warnings.list().stream().anyMatch(w -> w.contains("2 of 72 rows") && w.contains("\"b\"")), warnings.list()::toString);
    }

    @Test
    void whatHasNoCorrelationIsSaid() {
        final Field field = new Field(8, 0.8);
        Arrays.setAll(field.unit, i -> "own" + i);
        assertTrue(failure(settings(VisitStructure.SPATIAL_EXPONENTIAL, "unit", "a"), field.frame())
            .contains("more than one row"));
        Arrays.setAll(field.unit, i -> "u" + i / ROWS);
        Arrays.setAll(field.place[2], i -> i / ROWS);
        assertTrue(failure(settings(VisitStructure.SPATIAL_EXPONENTIAL_NUGGET, "unit", "c"), field.frame())
            .contains("more than one place"));
        assertTrue(failure(settings(VisitStructure.SPATIAL_EXPONENTIAL, "unit"), field.frame()).contains("\"Coordinates\""));
        assertTrue(failure(settings(VisitStructure.SPATIAL_EXPONENTIAL, null, "a", "b", "c", "x"), field.frame())
            .contains("4 are chosen"));
        final String text = failure(settings(VisitStructure.SPATIAL_GAUSSIAN, null, "unit"), field.frame());
        assertTrue(text.contains("\"unit\""), text);
        assertTrue(failure(settings(VisitStructure.COMPOUND_SYMMETRY, null), field.frame()).contains("No subject column"));
    }

    /** Independent rows: somewhere the range is 0 or the nugget 1, and it is said; standard errors are missing there. */
    @Test
    void parametersAtTheirBoundsAreSaid() {
        int bounds = 0;
        for (int seed = 20; seed < 28; seed++) {
            for (final VisitStructure structure : List.of(VisitStructure.SPATIAL_EXPONENTIAL,
                VisitStructure.SPATIAL_EXPONENTIAL_NUGGET)) {
                final Warnings warnings = new Warnings();
                final ModelFit fit = MarginalModel.fit(settings(structure, "unit", "a", "b"), new Field(seed, 0).frame(),
                    Progress.NONE, warnings);
                assertEquals(1, Simulated.statistic(fit, "Converged"));
                final boolean bound = fit.tables().covarianceParameters().stream().anyMatch(CovarianceParameterRow::onBoundary);
                assertEquals(bound, warnings.list().stream().anyMatch(w -> w.startsWith("The range") || w.startsWith("The nugget")),
                    warnings.list()::toString);
                for (final CovarianceParameterRow row : fit.tables().covarianceParameters()) {
                    assertTrue(!row.onBoundary() || Double.isNaN(row.stdError()), row::toString);
                }
                bounds += bound ? 1 : 0;
            }
        }
        assertTrue(bounds > 3, "in half of samples");
    }

    /** One unit of all rows is one whose name stands in a column. */
    @Test
    void allRowsMayBeOneUnit() {
        final Field field = new Field(9, 0.9);
        final ModelFit without = Simulated.fit(settings(VisitStructure.SPATIAL_EXPONENTIAL_NUGGET, null, "a", "b", "c"),
            field.frame());
        Arrays.fill(field.unit, "one");
        final ModelFit with = Simulated.fit(settings(VisitStructure.SPATIAL_EXPONENTIAL_NUGGET, "unit", "a", "b", "c"),
            field.frame());
        assertEquals(Simulated.deviance(with), Simulated.deviance(without), 1e-12);
        assertEquals("(all rows)", without.model().get().visits().subject());
    }

    /** Exact refits and their one-step approximation, in the form that other structures have. */
    @Test
    void influenceOfUnitsIsThatOfRefits() {
        final MarginalSettings base = settings(VisitStructure.SPATIAL_EXPONENTIAL, "unit", "a", "b");
        final double[][] shifts = new double[2][];
        for (final InfluenceMethod method : List.of(InfluenceMethod.ONE_STEP, InfluenceMethod.REFIT)) {
            final ModelFit fit = Simulated.fit(base.withReml(false)
                .withInference(i -> i.withDf(DfMethod.ASYMPTOTIC).withInfluence(method)), new Field(10, 0.8).frame());
            shifts[method == InfluenceMethod.REFIT ? 1 : 0] = fit.tables().influence().stream()
                .filter(row -> row.measure().equals("Cook's Distance")).mapToDouble(row -> row.value()).toArray();
        }
        assertEquals(UNITS, shifts[0].length);
        for (int u = 0; u < UNITS; u++) {
            assertEquals(shifts[1][u], shifts[0][u], 0.3 * (0.1 + shifts[1][u]));
        }
    }
}
