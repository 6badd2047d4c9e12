package dev.mixedmodels.engine.empiricalbayes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ShrinkageRow;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference fits of tests/reference: metafor, and marginal likelihoods maximised in R. */
class GoldenFitsTest {
    private static final Map<String, PriorEstimator> ESTIMATORS = Map.of("ML", PriorEstimator.ML, "REML", PriorEstimator.REML, "DL",
        PriorEstimator.DERSIMONIAN_LAIRD, "PM", PriorEstimator.PAULE_MANDEL, "EB", PriorEstimator.PAULE_MANDEL, "HE", PriorEstimator.HEDGES,
        "SJ", PriorEstimator.SIDIK_JONKMAN, "HS", PriorEstimator.HUNTER_SCHMIDT);

    private static EmpiricalBayesSettings.Builder gaussian(final PriorEstimator estimator,
        final PosteriorVariance variance) {
        return EmpiricalBayesSettings.builder(Family.GAUSSIAN).estimator(estimator).posteriorVariance(variance);
    }

    private static UnitFit fit(final EmpiricalBayesSettings settings, final double[] y,
        final double[] precision) {
        final Units units = Units.of("unit", i -> "u" + i, y, precision);
        final EmpiricalBayesResult result = EmpiricalBayes.fit(settings, units, Progress.NONE, new Warnings());
        return new UnitFit(result, result.rule().of(units), units.size());
    }

    private static UnitFit fit(final EmpiricalBayesSettings settings, final Golden golden) {
        return fit(settings, golden.at("y").numbers(), Arrays.stream(golden.at("V").numbers()).map(Math::sqrt)
            .toArray());
    }

    private static void close(final double expected, final double actual, final double scale, final double tolerance,
        final String what) {
        assertEquals(expected, actual, tolerance * Math.max(Math.abs(expected), scale), what);
    }

    private static FitStatisticRow statistic(final UnitFit result, final String name) {
        return result.tables().modelFit().stream().filter(r -> r.statistic().equals(name)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb_eightschools", "eb_bcg"})
    void gaussianEstimatorsAgreeWithMetafor(final String id) {
        final Golden golden = Golden.read(id);
        for (final String name : golden.at("estimators").keys()) {
            final Golden expected = golden.at("estimators", name);
            final PriorEstimator estimator = ESTIMATORS.get(name);
            final UnitFit result = fit(gaussian(estimator, PosteriorVariance.NAIVE).build(), golden);
            final FixedEffectRow mean = result.tables().fixedEffects().get(0);
            final CovarianceParameterRow tau2 = result.tables().covarianceParameters().get(0);
            close(expected.at("tau2").numbers()[0], tau2.estimate(), 1e-300, 1e-6, name + " tau2");
            if (tau2.estimate() > 0) {
                // metafor's Paule-Mandel stops at tau2 0.31805866 of 0.31806845; its EB, the same estimate, does not
                final double se = golden.at("estimators", name.equals("PM") ? "EB" : name, "tau2_se").numbers()[0];
                close(se, tau2.stdError(), 0, 1e-5, name + " se");
            } else {
                assertTrue(Double.isNaN(tau2.stdError()) && tau2.onBoundary());
            }
            close(expected.at("coefficients").numbers()[0], mean.estimate(), mean.stdError(), 1e-6, name);
            close(expected.at("coefficients_se").numbers()[0], mean.stdError(), 0, 1e-5, name);
            close(expected.at("z_test", "z").numbers()[0], mean.t(), 0, 1e-5, name);
            close(expected.at("z_test", "p").numbers()[0], mean.pValue(), 0, 1e-4, name);
            close(expected.at("z_test", "ci_lower").numbers()[0], mean.lower(), mean.stdError(), 1e-5, name);
            close(expected.at("z_test", "ci_upper").numbers()[0], mean.upper(), mean.stdError(), 1e-5, name);
            final String criterion = estimator == PriorEstimator.REML ? "logLik_reml" : "logLik_ml";
            close(-2 * expected.at(criterion).numbers()[0], statistic(result, "-2 Log Likelihood").value(), 1, 1e-9,
                name);
            // computed at metafor's own tau2, for PM the unconverged one
            close(golden.at("estimators", name.equals("PM") ? "EB" : name, "I2").numbers()[0],
                statistic(result, "I2").value(), 1e-300, 1e-6, name);
            close(expected.at("I2").numbers()[0] / 100, tau2.share(), 1e-300, 1e-5, name);
            close(golden.at("estimators", name.equals("PM") ? "EB" : name, "H2").numbers()[0],
                statistic(result, "H2").value(), 1, 1e-6, name);
            close(expected.at("QE").numbers()[0], statistic(result, "Q").value(), 1, 1e-9, name);
            close(expected.at("QEp").numbers()[0], statistic(result, "Q").pValue(), 0, 1e-8, name);
            final double[] b = expected.at("shrinkage_B").numbers();
            final double[] posterior = expected.at("posterior_mean").numbers();
            final double[] naive = expected.at("posterior_variance_naive").numbers();
            for (int i = 0; i < b.length; i++) {
                final ShrinkageRow row = result.shrinkage(i);
                close(b[i], row.shrinkage(), 0, 1e-6, name);
                close(posterior[i], row.mean(), row.stdDeviation(), 1e-5, name);
                close(naive[i], row.stdDeviation() * row.stdDeviation(), 1e-9, 1e-5, name);
                close(expected.at("prior_mean").numbers()[i], row.priorMean(), mean.stdError(), 1e-6, name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb_eightschools", "eb_bcg"})
    void meanUncertaintyAloneIsThatOfAGivenTau2(final String id) {
        final Golden golden = Golden.read(id);
        for (final String name : golden.at("estimators").keys()) {
            final Golden expected = golden.at("estimators", name);
            final UnitFit result = fit(EmpiricalBayesSettings.builder(Family.GAUSSIAN)
                .given(expected.at("tau2").numbers()[0], Double.NaN).build(), golden);
            final double[] variance = expected.at("posterior_variance_with_mean_uncertainty").numbers();
            for (int i = 0; i < variance.length; i++) {
                final double sd = result.shrinkage(i).stdDeviation();
                close(variance[i], sd * sd, 0, 1e-9, name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb_eightschools", "eb_bcg"})
    void knappHartungAgreesWithMetafor(final String id) {
        final Golden golden = Golden.read(id);
        for (final String name : golden.at("estimators").keys()) {
            final Golden expected = golden.at("estimators", name, "knapp_hartung");
            final FixedEffectRow mean = fit(gaussian(ESTIMATORS.get(name), PosteriorVariance.NAIVE)
                .dfMethod(DfMethod.KNAPP_HARTUNG).build(), golden).tables().fixedEffects().get(0);
            close(expected.at("se").numbers()[0], mean.stdError(), 0, 1e-5, name);
            close(expected.at("df").numbers()[0], mean.df(), 0, 1e-12, name);
            close(expected.at("t").numbers()[0], mean.t(), 0, 1e-5, name);
            assertEquals(Math.log(expected.at("p").numbers()[0]), Math.log(mean.pValue()), 0.05, name);
            close(expected.at("ci_lower").numbers()[0], mean.lower(), mean.stdError(), 1e-4, name);
            close(expected.at("ci_upper").numbers()[0], mean.upper(), mean.stdError(), 1e-4, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb_eightschools", "eb_bcg"})
    void generalisedStatisticBoundsAgreeWithMetafor(final String id) {
        final Golden golden = Golden.read(id);
        final Golden expected = golden.at("estimators", "DL", "tau2_ci95_Q_profile");
        for (final PriorEstimator estimator : new PriorEstimator[] {PriorEstimator.DERSIMONIAN_LAIRD, PriorEstimator.PAULE_MANDEL,
            PriorEstimator.HEDGES, PriorEstimator.SIDIK_JONKMAN, PriorEstimator.HUNTER_SCHMIDT}) {
            final CovarianceParameterRow tau2 = fit(gaussian(estimator, PosteriorVariance.NAIVE).build(), golden)
                .tables().covarianceParameters().get(0);
            close(expected.at("lower").numbers()[0], tau2.lower(), 0, 1e-4, estimator.name());
            close(expected.at("upper").numbers()[0], tau2.upper(), 0, 1e-4, estimator.name());
        }
    }

    @Test
    void restrictedProfileAgreesWithTheReferenceGrid() {
        final Golden golden = Golden.read("eb_eightschools");
        final double[] tau = golden.at("profile_marginal_posterior", "tau").numbers();
        final double[] log = golden.at("profile_marginal_posterior", "reml_loglik").numbers();
        for (int g = 0; g < tau.length; g++) {
            final double[][] mean = golden.at("profile_marginal_posterior", "conditional_mean").matrix();
            final double[][] sd = golden.at("profile_marginal_posterior", "conditional_sd").matrix();
            final UnitFit given = fit(EmpiricalBayesSettings.builder(Family.GAUSSIAN)
                .given(tau[g] * tau[g], Double.NaN).build(), golden);
            for (int i = 0; i < mean[g].length; i++) {
                close(mean[g][i], given.shrinkage(i).mean(), 1, 1e-12, "mean");
                close(sd[g][i], given.shrinkage(i).stdDeviation(), 1, 1e-12, "deviation");
            }
            final GaussianModel model = GaussianModel.of(Units.of("u", i -> "", golden.at("y").numbers(),
                Arrays.stream(golden.at("V").numbers()).map(Math::sqrt).toArray()),
                gaussian(PriorEstimator.REML, PosteriorVariance.NAIVE).build());
            close(-2 * log[g], new TauSquared(model.regression(), Progress.NONE)
                .minusTwoLogLikelihood(tau[g] * tau[g], true), 1, 1e-12, "profile");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb_eightschools", "eb_bcg"})
    void morrisAgreesWithTheReference(final String id) {
        final Golden golden = Golden.read(id);
        final Golden expected = golden.at("morris1983");
        final UnitFit result =
            fit(gaussian(PriorEstimator.PAULE_MANDEL, PosteriorVariance.MORRIS).build(), golden);
        close(expected.at("A").numbers()[0], Fits.parameter(result, "tau2").estimate(), 1e-300, 1e-6, "A");
        for (int i = 0; i < golden.at("y").numbers().length; i++) {
            final ShrinkageRow row = result.shrinkage(i);
            close(expected.at("B").numbers()[i], row.shrinkage(), 0, 1e-6, "B");
            close(expected.at("estimate").numbers()[i], row.mean(), row.stdDeviation(), 1e-5, "estimate");
            close(expected.at("sd").numbers()[i], row.stdDeviation(), 0, 1e-5, "sd");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eb_eightschools", "eb_bcg"})
    void prasadRaoAgreesWithTheReference(final String id) {
        final Golden golden = Golden.read(id);
        for (final String name : new String[] {"ML", "REML", "PM"}) {
            final double[] mse = golden.at("estimators", name, "prasad_rao", "mse").numbers();
            final UnitFit result =
                fit(gaussian(ESTIMATORS.get(name), PosteriorVariance.PRASAD_RAO).build(), golden);
            for (int i = 0; i < mse.length; i++) {
                close(Math.sqrt(mse[i]), result.shrinkage(i).stdDeviation(), 0, 1e-5, name);
            }
        }
    }

    @Test
    void pumpsAgreeWithTheNegativeBinomialFit() {
        final Golden golden = Golden.read("eb_pumps_poisson_gamma");
        final TestData pumps = TestData.read("pumps");
        final EmpiricalBayesSettings.Builder settings =
            EmpiricalBayesSettings.builder(Family.POISSON_GAMMA).posteriorVariance(PosteriorVariance.NAIVE);
        final UnitFit result =
            fit(settings.build(), pumps.numbers("failures"), pumps.numbers("time"));
        close(-2 * golden.at("logLik").numbers()[0], statistic(result, "-2 Log Likelihood").value(), 1, 1e-9, "log");
        close(golden.at("prior_mean").numbers()[0], result.tables().fixedEffects().get(0).estimate(), 0, 1e-6, "mean");
        final double[][] log = golden.at("cov_log").matrix();
        for (final CovarianceParameterRow row : result.tables().covarianceParameters()) {
            switch (row.parameter()) {
                case "tau2" -> close(golden.at("prior_variance").numbers()[0], row.estimate(), 0, 1e-6, "tau2");
                case "shape" -> {
                    close(golden.at("shape").numbers()[0], row.estimate(), 0, 1e-6, "shape");
                    close(golden.at("se_log_shape").numbers()[0], row.stdError() / row.estimate(), 0, 1e-5, "se shape");
                }
                case "rate" -> {
                    close(golden.at("rate").numbers()[0], row.estimate(), 0, 1e-6, "rate");
                    close(golden.at("se_log_rate").numbers()[0], row.stdError() / row.estimate(), 0, 1e-5, "se rate");
                }
                default -> assertEquals("overdispersion", row.parameter());
            }
        }
        // log mean = log shape - log rate
        final double se = Math.sqrt(log[0][0] + log[1][1] - 2 * log[0][1]);
        final FixedEffectRow mean = result.tables().fixedEffects().get(0);
        close(se, mean.stdError() / mean.estimate(), 0, 1e-5, "se mean");
        posteriors(golden, result, "shrinkage_weight_prior");
    }

    @ParameterizedTest
    @ValueSource(ints = {70, 71})
    void ratTumoursAgreeWithTheBetaBinomialFit(final int experiments) {
        final Golden golden =
            Golden.read(experiments == 70 ? "eb_rattumor70_betabinomial" : "eb_rattumor_betabinomial");
        final TestData rats = TestData.read("rattumor");
        final double[] y = Arrays.copyOf(rats.numbers("tumors"), experiments);
        final double[] n = Arrays.copyOf(rats.numbers("rats"), experiments);
        final EmpiricalBayesSettings.Builder settings =
            EmpiricalBayesSettings.builder(Family.BETA_BINOMIAL).posteriorVariance(PosteriorVariance.NAIVE);
        final UnitFit result = fit(settings.build(), y, n);
        close(-2 * golden.at("logLik").numbers()[0], statistic(result, "-2 Log Likelihood").value(), 1, 1e-9, "log");
        close(golden.at("prior_mean").numbers()[0], result.tables().fixedEffects().get(0).estimate(), 0, 1e-6, "mean");
        for (final CovarianceParameterRow row : result.tables().covarianceParameters()) {
            switch (row.parameter()) {
                case "alpha", "beta" -> {
                    close(golden.at(row.parameter()).numbers()[0], row.estimate(), 0, 1e-6, row.parameter());
                    close(golden.at("se_log_" + row.parameter()).numbers()[0], row.stdError() / row.estimate(), 0, 1e-5,
                        row.parameter());
                }
                case "overdispersion" -> close(golden.at("overdispersion_rho").numbers()[0], row.estimate(), 0, 1e-6,
                    "rho");
                default -> assertEquals("tau2", row.parameter());
            }
        }
        posteriors(golden, result, null);
        final UnitFit moments = fit(settings.estimator(PriorEstimator.MOMENTS).build(), y, n);
        close(golden.at("moment_estimate", "pi").numbers()[0], moments.tables().fixedEffects().get(0).estimate(), 0,
            1e-12, "pi");
        close(golden.at("moment_estimate", "rho").numbers()[0], Fits.parameter(moments, "overdispersion").estimate(), 0,
            1e-12, "rho");
    }

    private static void posteriors(final Golden golden, final UnitFit result, final String shrinkage) {
        final double[] mean = golden.at("posterior_mean").numbers();
        for (int i = 0; i < mean.length; i++) {
            final ShrinkageRow row = result.shrinkage(i);
            close(mean[i], row.mean(), row.stdDeviation(), 1e-5, "posterior mean");
            close(Math.sqrt(golden.at("posterior_variance").numbers()[i]), row.stdDeviation(), 0, 1e-5, "deviation");
            close(golden.at("posterior_q025").numbers()[i], row.lower(), row.stdDeviation(), 1e-5, "lower");
            close(golden.at("posterior_q975").numbers()[i], row.upper(), row.stdDeviation(), 1e-5, "upper");
            if (shrinkage != null) {
                close(golden.at(shrinkage).numbers()[i], row.shrinkage(), 0, 1e-6, "shrinkage");
            }
        }
    }
}
