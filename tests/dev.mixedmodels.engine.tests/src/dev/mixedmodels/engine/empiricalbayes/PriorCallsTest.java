package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Builder;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.peer.CalledData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of other programs by their text; the benchmark PeerCalls runs those of R. */
class PriorCallsTest {
    private static final UnitColumns ESTIMATES = new UnitColumns("study", "yi", "se", Double.NaN, Double.NaN, List.of());
    private static final UnitColumns COUNTS = ESTIMATES.withFrequency("n");

    private static PriorCalls calls(final Builder settings, final UnitColumns columns) {
        return new PriorCalls(settings.build(), columns, CalledData.plain(List.of("yi", "se"), 0, null));
    }

    private static Builder gaussian() {
        return EmpiricalBayesSettings.builder(Family.GAUSSIAN);
    }

    @Test
    void estimatesWithStandardErrorsAreMetafors() {
        assertEquals("fit <- metafor::rma(yi, sei = se, data = data, method = \"PM\", test = \"knha\"); summary(fit)",
            calls(gaussian().estimator(PriorEstimator.PAULE_MANDEL).dfMethod(DfMethod.KNAPP_HARTUNG), ESTIMATES).r());
        assertEquals("fit <- metafor::rma(yi, sei = se, mods = ~ x + z, data = data, method = \"ML\"); summary(fit)",
            calls(gaussian().estimator(PriorEstimator.ML), ESTIMATES.withMean(UnitColumns.parse("yi", "x + z"))).r());
        assertTrue(calls(gaussian(), new UnitColumns(null, "yi", null, 0.5, Double.NaN, List.of())).r()
            .contains("sei = rep(0.5, nrow(data))"));
        assertTrue(calls(gaussian(), new UnitColumns(null, "yi", "n", Double.NaN, 4, List.of())).r().contains("vi = 4.0 / n"));
        assertTrue(calls(gaussian().given(2, Double.NaN), ESTIMATES).r().contains("method = \"ML\", tau2 = 2.0"));
    }

    @Test
    void sasHoldsTheResidualVariance() {
        assertEquals("data data; set data; _x1 = 1 / se**2; _x2 = _n_; run; proc mixed data=data method=reml; class _x2; "
            + "model yi = x / solution chisq; random _x2; parms (1) (1) / hold=2; weight _x1; run;",
            calls(gaussian(), ESTIMATES.withMean(UnitColumns.parse("yi", "x"))).sas());
        assertTrue(calls(gaussian().estimator(PriorEstimator.HEDGES), ESTIMATES).sas().contains("no estimator \"Hedges\""));
    }

    @Test
    void countsAreNegativeBinomialOrBetaBinomial() {
        final Builder poisson = EmpiricalBayesSettings.builder(Family.POISSON_GAMMA);
        assertTrue(calls(poisson, COUNTS).r().startsWith("fit <- MASS::glm.nb(yi ~ offset(log(se)), data, weights = n); "));
        assertEquals("data data; set data; _x1 = log(se); run; proc genmod data=data; model yi = / dist=negbin offset=_x1; freq n; run;",
            calls(poisson, COUNTS).sas());
        final Builder beta = EmpiricalBayesSettings.builder(Family.BETA_BINOMIAL);
        assertTrue(calls(beta, ESTIMATES).r().startsWith(
            "fit <- glmmTMB::glmmTMB(cbind(yi, se - yi) ~ 1, data, family = glmmTMB::betabinomial()); "));
        assertEquals("proc fmm data=data; model yi/se = / dist=betabinomial; run;", calls(beta, ESTIMATES).sas());
    }

    @Test
    void whatNobodyElseHasIsSaid() {
        for (final Builder settings : List.of(gaussian().prior(Prior.NONPARAMETRIC), gaussian().given(1, 0),
            EmpiricalBayesSettings.builder(Family.POISSON_GAMMA).estimator(PriorEstimator.MOMENTS),
            gaussian().estimator(PriorEstimator.JAMES_STEIN))) {
            assertTrue(calls(settings, ESTIMATES).r().startsWith("There is none: "), calls(settings, ESTIMATES).r());
            assertEquals(calls(settings, ESTIMATES).r(), calls(settings, ESTIMATES).sas());
        }
    }
}
