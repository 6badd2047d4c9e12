package dev.mixedmodels.engine.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.TableSettings;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.longitudinal.FitFigures;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference fits with correlations of several parameters, in time and in space, by the node that has them. */
class CorrelationReferenceTest {
    private static final List<Golden> GOLDEN = Golden.read("correlations").list();

    /** A fit: its tables and the rows of the table of fitted values. */
    private record Fit(ModelTables tables, IntFunction<FittedRow> rows, Frame frame) {
    }

    static Stream<Golden> all() {
        return GOLDEN.stream();
    }

    static Stream<Golden> restricted() {
        return GOLDEN.stream().filter(CorrelationReferenceTest::reml);
    }

    private static boolean reml(final Golden golden) {
        return golden.at("reml").text().equals("true");
    }

    private static Frame frame(final String file, final String... nominal) {
        final TestData csv = TestData.read(file);
        return new Frame(csv.rows(), csv.names().stream().map(name -> Set.of(nominal).contains(name)
            ? NominalColumn.of(name, List.of(csv.strings(name))) : new NumericColumn(name, csv.numbers(name))).toList());
    }

    private static Fit fit(final Golden golden, final DfMethod df) {
        final String name = golden.at("name").text();
        final boolean reml = reml(golden);
        if (name.startsWith("wheat2")) {
            final boolean whole = name.endsWith("_whole");
            final VisitStructure structure = VisitStructure.valueOf("SPATIAL_"
                + name.replaceAll("wheat2_|_whole", "").toUpperCase(Locale.ROOT));
            return marginal(frame("wheat2", "block", "variety"), whole ? "yield ~ variety" : "yield ~ 1",
                new Layout(whole ? null : "block", null, null, List.of("latitude", "longitude"), null), structure, reml, df);
        }
        return switch (name) {
            case "ovary_ri_arma" -> longitudinal("ovary", "follicles ~ sin2pit + cos2pit + (1 | Mare)",
                ResidualStructure.ARMA11, "Mare", null, reml, df);
            case "ovary_arma" -> longitudinal("ovary", "follicles ~ sin2pit + cos2pit", ResidualStructure.ARMA11, "Mare", null,
                reml, df);
            case "ovary_ri_exponential" -> longitudinal("ovary", "follicles ~ sin2pit + cos2pit + (1 | Mare)",
                ResidualStructure.EXPONENTIAL, "Mare", null, reml, df);
            case "ovary_ri_exponential_nugget" -> longitudinal("ovary", "follicles ~ sin2pit + cos2pit + (1 | Mare)",
                ResidualStructure.EXPONENTIAL_NUGGET, "Mare", null, reml, df);
            case "bodyweight_diet_exponential" -> longitudinal("bodyweight", "weight ~ Time * Diet",
                ResidualStructure.EXPONENTIAL, "Rat", "Diet", reml, df);
            case "bodyweight_exponential_nugget" -> marginal(frame("bodyweight", "Rat", "Diet"), "weight ~ Time * Diet",
                new Layout("Rat", null, null, List.of("Time"), null), VisitStructure.SPATIAL_EXPONENTIAL_NUGGET, reml, df);
            default -> marginal(frame("hetar1", "subject", "arm"), "y ~ baseline + arm * visit",
                new Layout("subject", "visit", null, null), VisitStructure.ARMA11, reml, df);
        };
    }

    private static Fit longitudinal(final String file, final String formula, final ResidualStructure structure,
        final String subject, final String by, final boolean reml, final DfMethod df) {
        final Frame frame = frame(file, "Mare", "Rat", "Diet");
        final LongitudinalFit fit = LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse(formula)).withReml(reml)
            .withResidual(structure, "Time", formula.contains("|") ? null : subject).withVariance(by, null)
            .withInference(i -> i.withDf(df).withVariances(VarianceIntervals.WALD, false)), frame, Progress.NONE, new Warnings());
        return new Fit(fit.tables(Progress.NONE, new Warnings()), FitFigures.fittedValues(fit), frame);
    }

    private static Fit marginal(final Frame frame, final String formula, final Layout layout, final VisitStructure structure,
        final boolean reml, final DfMethod df) {
        final ModelFit fit = MarginalModel.fit(MarginalSettings.of(Formula.parse(formula), layout, structure)
            .withOptions(DesignOptions.DEFAULT.withOrder("arm", LevelOrder.reference("act")))
            .withReml(reml).withInference(i -> i.withDf(df).withVariances(VarianceIntervals.WALD, false))
            .withTables(TableSettings.means(List.of(), null)), frame, Progress.NONE, new Warnings());
        return new Fit(fit.tables(), Figures.fittedValues(fit), frame);
    }

    /** nlme's gls at held ranges: -553.457 at 13.7, -553.175 at 21.25 and -553.489 at 27, with valleys between. */
    @Test
    void theLargestOfManyMaximaIsFound() {
        final Fit fit = marginal(frame("wheat2", "block", "variety"), "yield ~ variety",
            new Layout(null, null, null, List.of("latitude", "longitude"), null), VisitStructure.SPATIAL_SPHERICAL, true,
            DfMethod.RESIDUAL);
        assertEquals(21.2, fit.tables().covarianceParameters().get(1).estimate(), 0.1);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everythingAgrees(final Golden golden) {
        final String name = golden.at("name").text();
        final Fit fit = fit(golden, DfMethod.SATTERTHWAITE);
        final double criterion = fit.tables.modelFit().stream().filter(r -> r.statistic().equals("-2 Log Likelihood"))
            .findFirst().orElseThrow().value();
        assertEquals(golden.at("minus2LogLikelihood").number(), criterion, 1e-9 * Math.abs(criterion), name);
        if (!name.contains("spherical")) { // of whose many maxima nlme may find a lower one
            assertEquals(golden.at("nlme").number(), criterion, 1e-6, name); // nlme's own stopping is the larger part
        }
        mean(golden, fit, golden.at("se"), golden.at("df"));
        final List<CovarianceParameterRow> parameters = fit.tables.covarianceParameters();
        final double[] errors = golden.at("thetaSe").numbers();
        assertEquals(errors.length, parameters.size());
        for (int k = 0; k < errors.length; k++) {
            final CovarianceParameterRow row = parameters.get(k);
            assertEquals(golden.at("names").texts().get(k), row.parameter());
            assertEquals(golden.at("theta").numbers()[k], row.estimate(), 1e-6 * errors[k], row.parameter());
            assertEquals(errors[k], row.stdError(), 1e-5 * errors[k], row.parameter());
        }
        final double[] normalized = golden.at("normalized").numbers();
        int used = 0;
        for (int row = 0; row < fit.frame.rows(); row++) {
            final double own = fit.rows.apply(row).normalized();
            if (!Double.isNaN(own)) {
                assertEquals(normalized[used++], own, 2e-6);
            }
        }
        assertEquals(normalized.length, used);
        if (golden.has("blup")) {
            final List<BlupRow> blups = new ArrayList<>();
            fit.tables.blups().forEach(blups::add);
            for (int i = 0; i < blups.size(); i++) {
                final double deviation = Math.sqrt(golden.at("theta").numbers()[0]);
                assertEquals(golden.at("blup").numbers()[i], blups.get(i).blup(), 1e-5 * deviation);
                assertEquals(golden.at("conditional").numbers()[i], blups.get(i).conditionalStdDev(), 1e-5 * deviation);
                assertEquals(golden.at("prediction").numbers()[i], blups.get(i).stdError(), 1e-5 * deviation);
            }
        }
    }

    private static void mean(final Golden golden, final Fit fit, final Golden errors, final Golden df) {
        final double[] beta = golden.at("beta").numbers();
        final List<FixedEffectRow> rows = fit.tables.fixedEffects();
        assertEquals(beta.length, rows.size());
        for (int k = 0; k < beta.length; k++) {
            final String term = golden.at("terms").texts().get(k).replace("factor(visit)", "visit");
            final FixedEffectRow row = rows.stream().filter(r -> r.term().equals(term)).findFirst().orElseThrow();
            final double error = errors.numbers()[k];
            assertEquals(beta[k], row.estimate(), 1e-6 * error, row.term());
            assertEquals(error, row.stdError(), 1e-5 * error, row.term());
            assertEquals(df.numbers()[k], row.df(), 1e-3 * row.df(), row.term());
        }
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void kenwardAndRogersMethodAgrees(final Golden golden) {
        final Golden expected = golden.at("kenwardRoger");
        mean(golden, fit(golden, DfMethod.KENWARD_ROGER), expected.at("se"), expected.at("df"));
    }
}
