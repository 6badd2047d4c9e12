package dev.mixedmodels.engine.marginal;

import static dev.mixedmodels.engine.marginal.ReferenceChecks.DF;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.ESTIMATE;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.STD_ERROR;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.fit;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.forAll;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.hasMmrm;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.pValue;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.relative;
import static dev.mixedmodels.engine.marginal.ReferenceChecks.wellDetermined;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Golden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * All reference fits marg_* (a dense likelihood in R, nlme and mmrm) within the project's tolerances. Toeplitz on
 * BodyWeight is nearly singular, and its reference good for the likelihood and the mean only.
 */
class MarginalGoldenTest {
    private static double statistic(final ModelFit fit, final String name) {
        return fit.tables().modelFit().stream().filter(row -> row.statistic().equals(name)).findFirst().orElseThrow()
            .value();
    }

    @TestFactory
    List<DynamicTest> likelihoodAndInformationCriteria() {
        return forAll(r -> true, reference -> {
            final ModelFit fit = fit(reference);
            final Golden expected = reference.golden().at("fit");
            relative(expected.at("minus2logLik").number(), statistic(fit, "-2 Log Likelihood"), 1e-9, "-2 logLik");
            relative(expected.at("AIC").number(), statistic(fit, "AIC"), 1e-9, "AIC");
            relative(expected.at("BIC_n_obs").number(), statistic(fit, "BIC"), 1e-9, "BIC");
            assertEquals(1, statistic(fit, "Converged"));
            assertEquals(0, statistic(fit, "Singular"));
        });
    }

    @TestFactory
    List<DynamicTest> fixedEffectsWithSatterthwaite() {
        return forAll(r -> true, reference -> {
            final List<FixedEffectRow> rows = fit(reference).tables().fixedEffects();
            final List<Golden> expected = reference.golden().at("fixed_effects").list();
            assertEquals(expected.size(), rows.size());
            for (int i = 0; i < rows.size(); i++) {
                final FixedEffectRow row = rows.get(i);
                final Golden e = expected.get(i);
                assertEquals(e.at("name").text(), row.term());
                assertEquals(e.at("estimate").number(), row.estimate(), ESTIMATE * e.at("se").number(), row.term());
                relative(e.at("se").number(), row.stdError(), STD_ERROR, row.term());
                if (wellDetermined(reference)) {
                    final Golden s = e.at("satterthwaite");
                    relative(s.at("df").number(), row.df(), DF, row.term());
                    pValue(s.at("p").number(), row.pValue(), row.term());
                    assertEquals(s.at("ci95").numbers()[0], row.lower(), 1e-3 * row.stdError());
                    assertEquals(s.at("ci95").numbers()[1], row.upper(), 1e-3 * row.stdError());
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> covarianceOfFixedEffects() {
        return forAll(r -> true, reference -> compare(reference.golden().at("vcov_fixed", "values").matrix(),
            fit(reference).tables().covarianceMatrices(), "Fixed effects", STD_ERROR));
    }

    @TestFactory
    List<DynamicTest> covarianceMatrixOfTheVisits() {
        return forAll(r -> r.golden().has("covariance_matrix") && wellDetermined(r), reference -> compare(
            reference.golden().at("covariance_matrix", "values").matrix(),
            fit(reference).tables().covarianceMatrices(), "V", ESTIMATE));
    }

    private static void compare(final double[][] expected, final Iterable<CovarianceEntryRow> rows,
        final String matrix, final double tolerance) {
        final int n = expected.length;
        int entry = 0;
        for (final CovarianceEntryRow row : rows) {
            if (row.matrix().equals(matrix)) {
                final int i = entry / n;
                final int j = entry++ % n;
                assertEquals(expected[i][j], row.covariance(), tolerance * Math.sqrt(expected[i][i] * expected[j][j]),
                    row.row() + ", " + row.column());
            }
        }
        assertEquals(n * n, entry);
    }

    @TestFactory
    List<DynamicTest> covarianceParametersWithStandardErrors() {
        return forAll(ReferenceChecks::wellDetermined, reference -> {
            final Golden expected = reference.golden().at("covariance_parameters");
            final double[] estimates = expected.at("estimate").numbers();
            final double[] errors = expected.at("se_observed_information").numbers();
            int k = 0;
            for (final CovarianceParameterRow row : fit(reference).tables().covarianceParameters()) {
                if (!row.parameter().matches("Corr.*|c|gamma")) {
                    assertEquals(estimates[k], row.estimate(), Math.max(ESTIMATE * errors[k],
                        ESTIMATE * Math.abs(estimates[k])), row.parameter());
                    relative(errors[k], row.stdError(), STD_ERROR, row.parameter());
                    k++;
                }
            }
            assertEquals(estimates.length, k);
        });
    }

    /**
     * mmrm takes the second derivatives in other parameters than SAS and this project (see {@link KenwardRogerTest}),
     * so that only what does not depend on them is compared: all of it without the term, its degrees of freedom, and
     * structures that are linear in their natural parameters.
     */
    @TestFactory
    List<DynamicTest> kenwardRoger() {
        final Predicate<Reference> which = r -> r.golden().at("fixed_effects").list().get(0).has("kenward_roger");
        return forAll(which, reference -> {
            for (final DfMethod method : List.of(DfMethod.KENWARD_ROGER, DfMethod.KENWARD_ROGER_LINEAR)) {
                final ModelFit fit = reference.fit(method, FixedCovariance.MODEL);
                final List<Golden> expected = reference.golden().at("fixed_effects").list();
                for (int i = 0; i < expected.size(); i++) {
                    final FixedEffectRow row = fit.tables().fixedEffects().get(i);
                    final Golden e = expected.get(i).at("kenward_roger_linear");
                    relative(e.at("df").number(), row.df(), DF, row.term());
                    if (method == DfMethod.KENWARD_ROGER_LINEAR || reference.structure().linear()) {
                        relative(e.at("se").number(), row.stdError(), STD_ERROR, row.term());
                        pValue(e.at("p").number(), row.pValue(), row.term());
                    }
                }
            }
        });
    }

    /** Joint tests of a term's coefficients are type III for terms that no other term contains. */
    @TestFactory
    List<DynamicTest> typeThreeTestsOfTermsNotContainedInAnother() {
        return forAll(ReferenceChecks::hasMmrm, reference -> {
            final Golden tests = reference.golden().at("mmrm", "tests_coefficient_blocks");
            for (final DfMethod method : MarginalSettings.DF_METHODS) {
                final String key = reference.mmrmKey(method);
                if (!tests.has(key)) {
                    continue;
                }
                final Map<String, FitStatisticRow> rows = new HashMap<>();
                reference.fit(method, FixedCovariance.MODEL).tables().modelFit()
                    .forEach(row -> rows.put(row.statistic(), row));
                for (final Golden test : tests.at(key).list()) {
                    final String term = test.at("term").text();
                    final boolean contained = tests.at(key).list().stream().map(t -> t.at("term").text())
                        .anyMatch(t -> !t.equals(term) && List.of(t.split(":")).contains(term));
                    if (!contained) {
                        final FitStatisticRow row = rows.get("Fixed " + term);
                        relative(test.at("F").number(), row.value(), STD_ERROR, term);
                        assertEquals(test.at("num_df").number(), row.numDf(), term);
                        relative(test.at("den_df").number(), row.denDf(), DF, term);
                        pValue(test.at("p").number(), row.pValue(), term);
                    }
                }
            }
        });
    }
}
