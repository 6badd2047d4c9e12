package dev.mixedmodels.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.weights.Weighted.Fit;
import dev.mixedmodels.engine.weights.Weighted.How;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference fits with weights, lme4's, nlme's and those from dense matrices, by every model that has them. */
class WeightedReferenceTest {
    /** Fits a reference model. */
    private interface Fitter {
        Fit fit(How how);
    }

    private static final List<Golden> GOLDEN = Golden.read("weights").list();

    static Stream<Arguments> all() {
        return Stream.of("dyestuff oneway", "dyestuff longitudinal", "dyestuff multilevel", "pastes_unbalanced oneway",
            "pastes_unbalanced longitudinal", "pastes multilevel", "penicillin multilevel", "sleepstudy longitudinal",
            "sleepstudy multilevel", "orthodont longitudinal", "orthodont multilevel", "orthodont_by_sex longitudinal",
            "ovary_ar1 longitudinal", "orthodont_csh marginal", "bodyweight_car1 marginal")
            .flatMap(name -> Stream.of(Arguments.of(name, true), Arguments.of(name, false)));
    }

    private static Golden golden(final String name, final boolean reml) {
        return GOLDEN.stream().filter(g -> g.at("name").text().equals(name.split(" ")[0])
            && g.at("reml").text().equals(Boolean.toString(reml))).findFirst().orElseThrow();
    }

    private static Fitter fitter(final String name) {
        final DesignOptions plain = DesignOptions.DEFAULT;
        final String model = name.split(" ")[1];
        return switch (name.split(" ")[0]) {
            case "dyestuff" -> intercept("dyestuff", "Yield", "Batch", model);
            case "pastes_unbalanced" -> intercept("pastes_unbalanced", "strength", "batch", model);
            case "pastes" -> how -> Weighted.multilevel(frame("pastes"), "strength ~ 1 + (1 | batch / cask)", plain, how);
            case "penicillin" -> how -> Weighted.multilevel(frame("penicillin"),
                "diameter ~ 1 + (1 | plate) + (1 | sample)", plain, how);
            case "sleepstudy" -> effects(frame("sleepstudy", "Subject"), "Reaction ~ Days + (Days | Subject)", model);
            case "orthodont" -> effects(frame("orthodont"), "distance ~ age * Sex + (1 | Subject)", model);
            case "orthodont_by_sex" -> how -> Weighted.longitudinal(frame("orthodont"),
                "distance ~ age * Sex + (1 | Subject)", plain, how, ResidualStructure.INDEPENDENT, null, null, "Sex");
            case "ovary_ar1" -> how -> Weighted.longitudinal(frame("ovary", "Mare"), "follicles ~ sin2pit + cos2pit", plain,
                how, ResidualStructure.AR1, "index", "Mare", null);
            case "orthodont_csh" -> how -> Weighted.marginal(frame("orthodont"), "distance ~ age * Sex", plain, how,
                VisitStructure.HETEROGENEOUS_COMPOUND_SYMMETRY, new Layout("Subject", "age", null, null),
                FixedCovariance.MODEL);
            default -> how -> Weighted.marginal(frame("bodyweight", "Rat", "Diet"), "weight ~ Time * Diet", plain, how,
                VisitStructure.CONTINUOUS_AR1, new Layout("Rat", null, "Time", null), FixedCovariance.MODEL);
        };
    }

    private static Frame frame(final String file, final String... nominal) {
        return Weighted.frame(file, Set.of(nominal), Weighted::reference);
    }

    private static Fitter effects(final Frame frame, final String formula, final String model) {
        return how -> model.equals("longitudinal") ? Weighted.longitudinal(frame, formula, DesignOptions.DEFAULT, how)
            : Weighted.multilevel(frame, formula, DesignOptions.DEFAULT, how);
    }

    private static Fitter intercept(final String file, final String response, final String group, final String model) {
        return model.equals("oneway")
            ? how -> Weighted.oneway(frame(file), response, group, how, how.reml() ? Method.REML : Method.ML)
            : effects(frame(file), response + " ~ 1 + (1 | " + group + ")", model);
    }

    @ParameterizedTest
    @MethodSource("all")
    void tablesEqualTheReference(final String name, final boolean reml) {
        final Golden golden = golden(name, reml);
        final Fit fit = fitter(name).fit(How.of(reml));
        final double criterion = fit.tables().modelFit().stream().filter(r -> r.statistic().equals("-2 Log Likelihood"))
            .findFirst().orElseThrow().value();
        assertEquals(golden.at("minus2logLik").number(), criterion, 1e-9 * Math.abs(criterion));
        fixedEffects(golden, fit.tables().fixedEffects(), golden.at("se").numbers(), golden.at("df").numbers());
        covariances(golden, fit.tables().covarianceParameters());
        rows(golden, fit.rows());
    }

    private static void fixedEffects(final Golden golden, final List<FixedEffectRow> rows, final double[] errors,
        final double[] df) {
        final double[] beta = golden.at("beta").numbers();
        assertEquals(beta.length, rows.size());
        for (int k = 0; k < beta.length; k++) {
            final FixedEffectRow row = rows.get(k);
            assertEquals(beta[k], row.estimate(), 1e-6 * errors[k], row.term());
            assertEquals(errors[k], row.stdError(), 1e-5 * errors[k], row.term());
            assertEquals(df[k], row.df(), 1e-3 * df[k], row.term());
            if (golden.has("naive")) {
                final double error = golden.at("naive_se").numbers()[k];
                assertEquals(golden.at("naive").numbers()[k], row.naiveEstimate(), 1e-9 * error);
                assertEquals(error, row.naiveStdError(), 1e-9 * error);
            }
        }
    }

    /** The reference has variances and covariances, and correlations of its own structures; ours has Corr rows beside. */
    private static void covariances(final Golden golden, final List<CovarianceParameterRow> rows) {
        final double[] theta = golden.at("theta").numbers();
        final double[] errors = golden.at("se_theta").numbers();
        final List<CovarianceParameterRow> own = rows.stream().filter(r -> !r.parameter().startsWith("Corr")).toList();
        assertEquals(theta.length, own.size());
        for (int k = 0; k < theta.length; k++) {
            assertEquals(theta[k], own.get(k).estimate(), 1e-6 * errors[k], own.get(k).parameter());
            assertEquals(errors[k], own.get(k).stdError(), 1e-5 * errors[k], own.get(k).parameter());
        }
    }

    private static void rows(final Golden golden, final List<FittedRow> rows) {
        rows(golden, "normalized", rows, FittedRow::normalized);
        rows(golden, "pearson", rows, FittedRow::pearson);
        rows(golden, "fitted", rows, FittedRow::conditional);
        rows(golden, "marginal", rows, FittedRow::marginal);
    }

    private static void rows(final Golden golden, final String key, final List<FittedRow> rows,
        final ToDoubleFunction<FittedRow> value) {
        if (golden.has(key)) {
            final double[] expected = golden.at(key).numbers();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], value.applyAsDouble(rows.get(i)), 1e-5 * Math.max(1, Math.abs(expected[i])) * 1e-1,
                    key + " of row " + i);
            }
        }
    }

    static Stream<String> restricted() {
        return all().filter(a -> (boolean) a.get()[1]).map(a -> (String) a.get()[0])
            .filter(name -> golden(name, true).has("kenwardRoger"));
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void kenwardRogerEqualsDenseMatrices(final String name) {
        final Golden golden = golden(name, true);
        fixedEffects(golden, fitter(name).fit(How.of(true).with(DfMethod.KENWARD_ROGER)).tables().fixedEffects(),
            golden.at("kenwardRoger", "se").numbers(), golden.at("kenwardRoger", "df").numbers());
    }
}
