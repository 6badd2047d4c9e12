package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What must not change the fit: order of rows, units, offsets, coding. */
class MarginalInvarianceTest {
    private static final String MEAN = "y ~ x + arm * visit";
    private static final List<VisitStructure> SOME = List.of(VisitStructure.INDEPENDENT,
        VisitStructure.COMPOUND_SYMMETRY, VisitStructure.HETEROGENEOUS_AR1, VisitStructure.CONTINUOUS_AR1,
        VisitStructure.TOEPLITZ, VisitStructure.UNSTRUCTURED);

    private static Simulated data() {
        return new Simulated(40, 4, 0.2, 21);
    }

    private static void map(final List<Double> values, final DoubleUnaryOperator f) {
        values.replaceAll(f::applyAsDouble);
    }

    private static ModelFit fit(final VisitStructure structure, final Frame frame) {
        return Simulated.fit(Simulated.settings(MEAN, structure, true), frame);
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        for (final VisitStructure structure : SOME) {
            final ModelFit a = fit(structure, data().frame());
            final ModelFit b = fit(structure, data().shuffled(3));
            assertEquals(Simulated.deviance(a), Simulated.deviance(b), 1e-13 * Simulated.deviance(a));
            for (int i = 0; i < a.tables().fixedEffects().size(); i++) {
                final FixedEffectRow x = a.tables().fixedEffects().get(i);
                final FixedEffectRow y = b.tables().fixedEffects().get(i);
                assertEquals(x.stdError(), y.stdError(), 1e-12 * x.stdError());
                assertEquals(x.estimate(), y.estimate(), 1e-12 * x.stdError());
            }
        }
    }

    /** The visits of a structure stay in their order when another one is the reference level of the mean. */
    @Test
    void theReferenceLevelOfTheVisitDoesNotChangeTheStructure() {
        for (final VisitStructure structure : List.of(VisitStructure.AR1,
            VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE)) {
            final MarginalSettings settings = Simulated.settings(MEAN, structure, true);
            final ModelFit plain = Simulated.fit(settings, data().frame());
            final ModelFit other = Simulated.fit(settings.withOptions(
                settings.options().withOrder("visit", LevelOrder.reference("3"))), data().frame());
            assertEquals(Simulated.deviance(plain), Simulated.deviance(other), 1e-9);
            for (int i = 0; i < plain.tables().covarianceParameters().size(); i++) {
                assertEquals(plain.tables().covarianceParameters().get(i).parameter(),
                    other.tables().covarianceParameters().get(i).parameter());
                assertEquals(plain.tables().covarianceParameters().get(i).estimate(),
                    other.tables().covarianceParameters().get(i).estimate(), 1e-8);
            }
            assertEquals("visit1", other.tables().fixedEffects().get(3).term());
        }
    }

    @Test
    void theSameInputGivesTheSameBits() {
        for (final VisitStructure structure : SOME) {
            assertEquals(fit(structure, data().frame()).tables().fixedEffects(),
                fit(structure, data().frame()).tables().fixedEffects());
        }
    }

    @Test
    void theResponseMayBeShiftedFarAndScaled() {
        for (final VisitStructure structure : SOME) {
            final ModelFit plain = fit(structure, data().frame());
            final Simulated shifted = data();
            map(shifted.y, y -> y + 2e6);
            compare(plain, fit(structure, shifted.frame()), 1, 2e6);
            for (final double scale : new double[] {1e-6, 1e6}) {
                final Simulated scaled = data();
                map(scaled.y, y -> y * scale);
                compare(plain, fit(structure, scaled.frame()), scale, 0);
            }
        }
    }

    private static void compare(final ModelFit plain, final ModelFit other, final double scale,
        final double shift) {
        for (int i = 0; i < plain.tables().fixedEffects().size(); i++) {
            final FixedEffectRow a = plain.tables().fixedEffects().get(i);
            final FixedEffectRow b = other.tables().fixedEffects().get(i);
            assertEquals(a.estimate() * scale + (i == 0 ? shift : 0), b.estimate(), 1e-7 * b.stdError(), a.term());
            assertEquals(a.stdError() * scale, b.stdError(), 1e-7 * b.stdError());
            assertEquals(a.df(), b.df(), 1e-6 * a.df());
        }
        for (int i = 0; i < plain.tables().covarianceParameters().size(); i++) {
            final CovarianceParameterRow a = plain.tables().covarianceParameters().get(i);
            final CovarianceParameterRow b = other.tables().covarianceParameters().get(i);
            final double unit = a.parameter().matches("(rho|Corr).*") ? 1 : scale * scale;
            assertEquals(a.estimate() * unit, b.estimate(), 1e-7 * b.stdError(), a.parameter());
        }
    }

    @Test
    void aCovariateMayBeAYearAndHaveAnyUnit() {
        final ModelFit plain = fit(VisitStructure.UNSTRUCTURED, data().frame());
        final Simulated moved = data();
        map(moved.x, x -> 2019.5 + x * 1e-3);
        final ModelFit other = fit(VisitStructure.UNSTRUCTURED, moved.frame());
        final FixedEffectRow a = plain.tables().fixedEffects().get(1);
        final FixedEffectRow b = other.tables().fixedEffects().get(1);
        assertEquals(a.estimate(), b.estimate() * 1e-3, 1e-7 * a.stdError());
        assertEquals(a.stdError(), b.stdError() * 1e-3, 1e-7 * a.stdError());
        assertEquals(a.df(), b.df(), 1e-6 * a.df());
    }

    @Test
    void theUnitOfTimeDoesNotMatter() {
        final ModelFit days = fit(VisitStructure.CONTINUOUS_AR1, data().frame());
        final Simulated seconds = data();
        map(seconds.time, t -> 1.6e9 + t * 86400);
        final ModelFit other = fit(VisitStructure.CONTINUOUS_AR1, seconds.frame());
        assertEquals(Simulated.deviance(days), Simulated.deviance(other), 1e-6); // time in seconds keeps 2e-7 of them
        assertEquals(Simulated.parameter(days, "rho"), Math.pow(Simulated.parameter(other, "rho"), 86400), 1e-5);
    }

    @Test
    void profileBoundsAreWhereTheLikelihoodRatioReachesTheQuantile() {
        final Simulated data = data();
        for (final VisitStructure structure : List.of(VisitStructure.COMPOUND_SYMMETRY, VisitStructure.UNSTRUCTURED,
            VisitStructure.TOEPLITZ, VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE, VisitStructure.CONTINUOUS_AR1)) {
            final MarginalSettings settings = Simulated.settings(MEAN, structure, true)
                .withInference(i -> i.withConfidence(90).withVariances(VarianceIntervals.PROFILE, false));
            for (final CovarianceParameterRow row : Simulated.fit(settings, data.frame()).tables()
                .covarianceParameters()) {
                assertEquals(1, Math.signum(row.estimate() - row.lower()), structure + row.parameter());
                assertEquals(1, Math.signum(row.upper() - row.estimate()), structure + row.parameter());
                // near the Wald interval, but not it
                assertEquals(3.29 * row.stdError(), row.upper() - row.lower(), 1.2 * row.stdError(),
                    structure + row.parameter());
            }
        }
    }

    /** One variance: the profile of -2 log likelihood is m (log v + s2 / v) with s2 the estimate, m = N - p. */
    @Test
    void theProfileOfAVarianceAloneIsThatOfChiSquare() {
        final Simulated data = data();
        final MarginalSettings settings = Simulated.settings(MEAN, VisitStructure.INDEPENDENT, true)
            .withInference(i -> i.withDf(DfMethod.RESIDUAL).withVariances(VarianceIntervals.PROFILE, false));
        final CovarianceParameterRow row =
            Simulated.fit(settings, data.frame()).tables().covarianceParameters().get(0);
        final double m = data.y.size() - 9;
        for (final double bound : new double[] {row.lower(), row.upper()}) {
            final double ratio = row.estimate() / bound;
            assertEquals(3.841458820694124, m * (-Math.log(ratio) + ratio - 1), 1e-4);
        }
    }

    @Test
    void comparedStructuresAreThoseOfSeparateFits() {
        final List<VisitStructure> all = List.of(VisitStructure.values());
        final MarginalSettings base = Simulated.settings(MEAN, VisitStructure.UNSTRUCTURED, true);
        final MarginalSettings settings = new MarginalSettings(base.formula(), base.options(),
            new MarginalSettings.Layout("subject", "visit", "time", List.of("time"), null), base.structure(), all,
            base.estimation(), base.inference(), base.tables());
        final ModelFit fit = Simulated.fit(settings, data().frame());
        for (final VisitStructure structure : all) {
            final ModelFit alone = fit(structure, data().frame());
            for (final String name : List.of("-2 Log Likelihood", "AIC", "BIC")) {
                assertEquals(Simulated.statistic(alone, name), Simulated.statistic(fit, name + " " + structure),
                    1e-7);
            }
        }
    }

    @Test
    void aComparedStructureThatCannotBeFittedLeavesTheOthers() {
        final MarginalSettings settings = Simulated.settings("y ~ visit", VisitStructure.AR1, true)
            .withComparison(List.of(VisitStructure.UNSTRUCTURED, VisitStructure.CONTINUOUS_AR1, VisitStructure.AR1));
        final ModelFit fit = Simulated.fit(settings, new Simulated(6, 8, 0, 1).frame());
        assertEquals(Simulated.deviance(fit), Simulated.statistic(fit, "-2 Log Likelihood AR(1)"));
        assertEquals(Double.NaN, Simulated.statistic(fit, "AIC Unstructured"));
        assertTrue(Simulated.row(fit, "AIC Unstructured").note().contains("no maximum"));
        assertTrue(Simulated.row(fit, "BIC AR(1) in continuous time").note().contains("time"));
    }
}
