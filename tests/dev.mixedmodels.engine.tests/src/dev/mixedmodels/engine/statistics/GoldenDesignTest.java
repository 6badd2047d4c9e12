package dev.mixedmodels.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.At;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.LeastSquaresMeans;
import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.design.MeansRequest;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, rows used, least squares, type III statistics and least-squares means of the reference fits. */
final class GoldenDesignTest {
    private static final double DIGITS = 1e-7; // the reference fits' own precision, see their README

    @ParameterizedTest
    @ValueSource(strings = {"long_bodyweight_rs_reml", "long_orthodont_rsc_reml", "long_sleep_rs_ml",
        "ml_egsingle_cov_reml", "ml_chem97_cov_ml", "longr_ovary_ri_ar1_reml", "marg_hetar1_id_ml",
        "crossed_penicillin_reml", "crossed_insteval_a_reml"})
    void columnsAreNamedAndRowsCountedAsInTheReference(final String id) {
        final Golden golden = Golden.read(id);
        final ModelDesign design = design(golden);
        assertEquals(golden.at("fixed_effects").list().stream().map(f -> f.at("name").text()).toList(),
            design.fixed().names());
        assertEquals((int) golden.at("n_obs").number(), design.rows().fitted().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"long_bodyweight_rs_reml", "long_orthodont_rs_ml", "ml_egsingle_cov_reml",
        "ml_chem97_cov_ml", "long_sleep_rs_ml"})
    void leastSquaresEqualsThatOfR(final String id) {
        final Golden golden = Golden.read(id);
        final OrdinaryLeastSquares ols = OrdinaryLeastSquares.of(design(golden).fixed());
        assertEquals(1, ols.s2() / golden.at("ols", "residual_variance").number(), 1e-12);
        final List<Golden> fixed = golden.at("ols", "fixed").list();
        for (int i = 0; i < fixed.size(); i++) {
            final Golden expected = fixed.get(i);
            assertEquals(expected.at("estimate").number(), ols.coefficients()[i],
                1e-10 * expected.at("se").number());
            assertEquals(1, ols.standardErrors()[i] / expected.at("se").number(), 1e-10);
            assertEquals(expected.at("df").number(), ols.df());
            // R's t has 15 digits; a p of 1e-200 multiplies their relative error by about 1000
            assertEquals(expected.at("p").number(), ols.pValues()[i], 1e-9 * expected.at("p").number());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"long_bodyweight_rs_reml", "long_orthodont_rs_reml", "ml_egsingle_cov_reml"})
    void typeThreeStatisticsAreThoseOfLmerTest(final String id) {
        final Golden golden = Golden.read(id);
        final FixedDesign fixed = design(golden).fixed();
        final double[] beta = beta(golden);
        final double[][] covariance = golden.at("vcov_fixed", "values").matrix();
        for (final Golden test : golden.at("tests_fixed_terms", "type3_satterthwaite").list()) {
            final double[][] l = fixed.typeThree(fixed.terms().indexOf(test.at("term").text()));
            assertEquals((int) test.at("num_df").number(), l.length);
            final double[] lb = Matrices.multiply(l, beta);
            final double[][] inverse = Matrices.inversePositiveDefinite(Matrices.sandwich(l, covariance));
            assertEquals(1, Matrices.bilinear(inverse, lb, lb) / l.length / test.at("F").number(), DIGITS);
        }
    }

    @Test
    void leastSquaresMeansOfATrialAreThoseOfEmmeans() {
        final Golden golden = Golden.read("marg_hetar1_us_reml");
        final FixedDesign fixed = design(golden).fixed();
        final List<MeansContrast> means = LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("arm"), new At.Levels("visit")), new Warnings());
        for (final Golden mean : golden.at("mmrm", "ls_means_satterthwaite", "means").list()) {
            check(golden, find(means, mean.at("arm").text(), "", mean), mean.at("emmean").number(), mean);
        }
        for (final Golden difference : golden.at("mmrm", "ls_means_satterthwaite", "contrasts").list()) {
            // here pbo - act
            check(golden, find(means, "pbo", "act", difference), -difference.at("estimate").number(), difference);
        }
    }

    private static MeansContrast find(final List<MeansContrast> means, final String level, final String against,
        final Golden row) {
        final String at = "visit = " + row.at("visit").text();
        return means.stream().filter(m -> m.level().equals(level) && m.against().equals(against) && m.at().equals(at))
            .findFirst().orElseThrow();
    }

    private static void check(final Golden golden, final MeansContrast mean, final double estimate,
        final Golden expected) {
        final double se = expected.at("SE").number();
        assertEquals(estimate, Matrices.dot(mean.l(), beta(golden)), DIGITS * se);
        assertEquals(1, Math.sqrt(Matrices.bilinear(golden.at("vcov_fixed", "values").matrix(), mean.l(), mean.l()))
            / se, DIGITS);
    }

    private static double[] beta(final Golden golden) {
        return golden.at("fixed_effects").list().stream().mapToDouble(f -> f.at("estimate").number()).toArray();
    }

    /** The design of a reference fit: factors as listed there, grouping columns by their texts, others as numbers. */
    private static ModelDesign design(final Golden golden) {
        final TestData data = TestData.read(golden.at("data", "file").text().replaceAll("data/|\\.csv", ""));
        final Formula formula = Formula.parse(golden.at("model", "r_formula").text());
        DesignOptions options = DesignOptions.DEFAULT;
        final List<Column> columns = new ArrayList<>();
        final List<String> factors = golden.at("data").has("factor_coding")
            ? golden.at("data", "factor_coding").keys() : List.of();
        for (final String name : formula.columns()) {
            final boolean grouping = formula.random().stream().anyMatch(r -> r.grouping().columns().contains(name));
            final boolean known = factors.contains(name);
            columns.add(known || grouping ? nominal(name, data) : new NumericColumn(name, data.numbers(name)));
            if (known) {
                options = options.withOrder(name, LevelOrder.explicit(
                    golden.at("data", "factor_coding").at(name).at("levels").texts()));
            }
        }
        return ModelDesign.of(new Frame(data.rows(), columns), formula, options, new Warnings());
    }

    private static NominalColumn nominal(final String name, final TestData data) {
        return NominalColumn.of(name,
            Arrays.stream(data.strings(name)).map(text -> text.isEmpty() ? null : text).toList());
    }
}
