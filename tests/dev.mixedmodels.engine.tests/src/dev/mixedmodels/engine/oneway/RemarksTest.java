package dev.mixedmodels.engine.oneway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.oneway.Fixtures.Rows;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the words say must be what the figures say. */
class RemarksTest {
    /** Means all but equal, spread within. */
    private static final Rows SINGULAR = Rows.of(new double[][] {{-1, 0, 1}, {-2, -1, 1, 2.01}, {-1, 0, 0, 0, 1.02},
        {-1, -1, -1, 1, 1, 1.03}, {-2, -1, 0, 0, 0, 1, 2.04}});

    private static RandomInterceptFit fit(final Method method, final DfMethod df) {
        return Fixtures.fit(SINGULAR,
            new RandomInterceptSettings("y", "g", method,
            new InferenceSettings(df, FixedCovariance.MODEL, InfluenceMethod.NONE, 95, VarianceIntervals.PROFILE, true), 1));
    }

    private static String singular(final RandomInterceptFit fit) {
        return Fixtures.statistic(fit, "Singular").note();
    }

    @Test
    void theOrdinaryStandardErrorIsPromisedOnlyWhereItIsGiven() {
        final RandomInterceptFit satterthwaite = fit(Method.REML, DfMethod.SATTERTHWAITE);
        final FixedEffectRow mean = satterthwaite.tables().fixedEffects().get(0);
        assertEquals(mean.naiveStdError(), mean.stdError(), 1e-12);
        assertTrue(singular(satterthwaite).contains("independent rows give"));
        final RandomInterceptFit kenwardRoger = fit(Method.REML, DfMethod.KENWARD_ROGER);
        final FixedEffectRow adjusted = kenwardRoger.tables().fixedEffects().get(0);
        assertTrue(adjusted.stdError() > 1.01 * adjusted.naiveStdError());
        assertTrue(singular(kenwardRoger).contains("may exceed"));
    }

    @Test
    void aStandardErrorThatANegativeVarianceTakesAwayIsNamed() {
        final RandomInterceptFit fit = fit(Method.ANOVA, DfMethod.SATTERTHWAITE);
        assertTrue(Double.isNaN(fit.tables().fixedEffects().get(0).stdError()));
        assertTrue(singular(fit).contains("standard error is missing"), singular(fit));
    }

    @Test
    void anIntervalThatLeavesItsEstimateOutIsSaid() {
        final Rows pairs = Rows.of(new double[][] {{-1, 1}, {-1.001, 1.0012}});
        final RandomInterceptFit fit = Fixtures.fit(pairs, Method.ANOVA);
        final var variance = fit.tables().covarianceParameters().get(0);
        final double within = (2 + 2.0022 * 2.0022 / 2) / 2;
        final double between = 0.0001 * 0.0001;
        // Williams: SSB (1 - F quantile / F) / (n chi-square quantile), SSB = MSB with one degree of freedom
        assertEquals((between - within * Tail.fQuantile(0.975, 1, 2)) / 2 / Tail.chiSquareQuantile(0.975, 1),
            variance.upper(), 1e-9 * Math.abs(variance.upper()));
        assertTrue(variance.estimate() > variance.upper());
        assertTrue(singular(fit).contains("Its interval does not hold it"), singular(fit));
        assertFalse(singular(fit(Method.ANOVA, DfMethod.SATTERTHWAITE)).contains("does not hold"));
    }

    @Test
    void theRowsOfVThatAreShownAreCounted() {
        final int[] sizes = {13, 4, 2};
        assertTrue(Fixtures.statistic(Fixtures.fit(Fixtures.simulate(new Random(1), sizes, 1, 1), Method.REML),
            "Levels of g").note().endsWith("The matrix V shows 12 rows of group \"g0\"."));
        assertFalse(Fixtures.statistic(Fixtures.fit(SINGULAR, Method.REML), "Levels of g").note().contains("V "));
    }

    @Test
    void anIntervalThatNoCorrelationFitsIsCalledEmpty() {
        final Rows alike = Rows.of(new double[][] {{-1, 1, -2, 2}, {-1.5, 1.5, -2, 2}, {-1, 1, -3, 3}});
        for (final Method method : Method.values()) {
            assertTrue(Fixtures.statistic(Fixtures.fit(alike, method), "Intraclass Correlation g").note()
                .contains("interval is empty"));
        }
        assertFalse(Fixtures.statistic(Fixtures.fit(Fixtures.dyestuff(), Method.REML), "Intraclass Correlation g")
            .note().contains("empty"));
    }

    @Test
    void theResidualShareKeepsItsDigits() {
        final Rows apart = Rows.of(new double[][] {{0, 1e-8}, {1000, 1000 + 0x1p-20}, {-2000, -2000 - 0x1p-20}});
        final var rows = Fixtures.fit(apart, Method.REML).tables().covarianceParameters();
        final double ratio = rows.get(1).estimate() / (rows.get(0).estimate() + rows.get(1).estimate());
        Fixtures.assertRelative(ratio, rows.get(1).share(), 1e-12, "share");
    }

    @Test
    void numbersInNotesHaveNoZerosBehindThem() {
        assertEquals("0", ModelFitTable.number(0, 10));
        assertEquals("90", ModelFitTable.number(90, 10));
        assertEquals("0.05025204424", ModelFitTable.number(0.050252044241, 10));
        assertEquals("missing", ModelFitTable.number(Double.NaN, 10));
    }

    @Test
    void aPValueThatUnderflowsSaysSo() {
        final Rows apart = Rows.of(new double[][] {new Random(1).doubles(400).toArray(),
            new Random(2).doubles(400).map(u -> u + 100).toArray()});
        final RandomInterceptFit fit = Fixtures.fit(apart, Method.REML);
        for (final String test : new String[] {"F Test g", "Likelihood Ratio g",
            "Exact Restricted Likelihood Ratio g"}) {
            assertEquals(Fixtures.statistic(fit, test).pValue() == 0,
                Fixtures.statistic(fit, test).note().contains("smallest positive number"), test);
        }
        assertEquals(0, Fixtures.statistic(fit, "F Test g").pValue());
    }
}
