package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.bootstrap.ParametricBootstrap;
import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.bootstrap.Refits.Refit;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits to other responses, with structured residuals too. */
class LongitudinalRefitsTest {
    private static final Frame ORTHODONT = weighted(GoldenFrame.of(TestData.read("orthodont"), Set.of("Subject", "Sex")));

    private static Frame weighted(final Frame frame) {
        final double[] weights = new double[frame.rows()];
        Arrays.setAll(weights, i -> 0.5 + i % 3);
        return frame.with(new NumericColumn("w", weights));
    }

    private static LongitudinalFit fit(final Frame frame, final String random, final ResidualStructure structure,
        final String by, final String powerOf) {
        final LongitudinalSettings settings =
            LongitudinalSettings.of(Formula.parse("distance ~ age * Sex" + random))
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false))
                .withResidual(structure, "age", "Subject").withVariance(by, powerOf);
        return LongitudinalModel.fit(settings
            .withOptions(DesignOptions.DEFAULT.withWeights("w")), frame, Progress.NONE, new Warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", value = {" + (1 + age | Subject); INDEPENDENT; -; -",
        " + (1 | Subject); AR1; -; -", "''; CONTINUOUS_AR1; -; -", "''; COMPOUND_SYMMETRY; -; -",
        " + (1 | Subject); INDEPENDENT; Sex; -", " + (1 | Subject); INDEPENDENT; -; age"})
    void aRefitIsTheFitOfATableWithThatResponse(final String random, final ResidualStructure structure, final String by,
        final String powerOf) {
        final LongitudinalFit fit = fit(ORTHODONT, random, structure, by, powerOf);
        final Refits refits = fit.refits(Progress.NONE);
        final Refits.Worker worker = refits.worker();
        for (int seed = 1; seed <= 3; seed++) {
            final double[] y = refits.draw(new Sampler(seed));
            final Refit found = worker.fit(y);
            final Refit expected = fit(ORTHODONT.with(new NumericColumn("distance", scaled(y, fit))), random, structure, by,
                powerOf).refits(Progress.NONE).own();
            assertTrue(found.converged());
            final double unit = fit.design().responseUnit();
            final double factor = unit / otherUnit(y, fit, random, structure, by, powerOf);
            for (int k = 0; k < expected.coefficients().length; k++) {
                assertEquals(expected.coefficients()[k] / factor, found.coefficients()[k], 1e-5);
            }
        }
    }

    /** In the unit of the table. */
    private static double[] scaled(final double[] y, final LongitudinalFit fit) {
        return Arrays.stream(y).map(v -> v * fit.design().responseUnit()).toArray();
    }

    private static double otherUnit(final double[] y, final LongitudinalFit fit, final String random,
        final ResidualStructure structure, final String by, final String powerOf) {
        return fit(ORTHODONT.with(new NumericColumn("distance", scaled(y, fit))), random, structure, by, powerOf).design()
            .responseUnit();
    }

    @Test
    void theCriterionIsThatOfTheFit() {
        final LongitudinalFit fit = fit(ORTHODONT, " + (1 | Subject)", ResidualStructure.AR1, null, null);
        final Refits refits = fit.refits(Progress.NONE);
        final double unit = Math.log(fit.design().responseUnit());
        assertEquals(fit.criterion(), refits.own().criterion() + 2 * (refits.rows() - 4) * unit, 1e-9 * fit.criterion());
    }

    @Test
    void parametersStandInTheOrderOfTheirTable() {
        final LongitudinalFit fit = fit(ORTHODONT, " + (1 + age | Subject)", ResidualStructure.AR1, null, null);
        final double[] found = fit.refits(Progress.NONE).own().parameters();
        final double unit = fit.design().responseUnit();
        final var rows = fit.tables(Progress.NONE, new Warnings()).covarianceParameters();
        assertEquals(rows.size() + 1, found.length); // and the intraclass correlation
        for (int k = 0; k < rows.size(); k++) {
            final String name = rows.get(k).parameter();
            final double square = name.startsWith("Corr") || name.equals("rho") ? 1 : unit * unit;
            assertEquals(rows.get(k).estimate(), found[k] * square, 1e-9 * Math.max(1, Math.abs(found[k])), name);
        }
    }

    /** Estimates of replicates scatter about what they were drawn from. */
    @ParameterizedTest
    @CsvSource({"AR1, 0.2", "COMPOUND_SYMMETRY, 0.2", "CONTINUOUS_AR1, 0.2"})
    void correlationsAreDrawn(final ResidualStructure structure, final double tolerance) {
        final Refits refits = fit(ORTHODONT, "", structure, null, null).refits(Progress.NONE);
        final Refit[][] fits = ParametricBootstrap.run(refits, List.of(refits), 200, 3, Progress.NONE);
        final double[] rho = Arrays.stream(fits).mapToDouble(f -> f[0].parameters()[1]).sorted().toArray();
        final double truth = refits.own().parameters()[1];
        assertTrue(Math.abs(rho[rho.length / 2] - truth) < tolerance * Math.abs(truth), truth + " " + rho[rho.length / 2]);
    }
}
