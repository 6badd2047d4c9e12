package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings;
import dev.mixedmodels.engine.empiricalbayes.PriorEstimator;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.multilevel.LevelSpecification;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Centering;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Level;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Mode;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Models of all kinds for {@link PeerCalls}. */
final class PeerCases {
    private final PeerModels models;

    PeerCases(final Path folder) {
        models = new PeerModels(folder);
    }

    List<PeerModels.Called> all() throws IOException {
        models.oneway();
        multilevels();
        longitudinals();
        marginals();
        numericVisits();
        bayes();
        return models.all();
    }

    private void multilevels() throws IOException {
        final PeerModels.Table pastes = models.table("pastes", "strength", "sample", false);
        models.multilevel("nested", pastes, "strength ~ 1 + (1 | batch/cask)");
        models.multilevel("no-mean", pastes, "strength ~ 0 + (1 | batch)");
        final PeerModels.Table penicillin = models.table("penicillin", "diameter", "plate", true);
        models.multilevel("crossed", penicillin, "diameter ~ 1 + (1 | plate) + (1 | sample)");
        models.multilevel("crossed-weights", penicillin, new ModelSpecification.ByFormula(
            Formula.parse("diameter ~ 1 + (1 | plate) + (1 | sample)")), false, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL,
            options -> options.withWeights("w"));
        final PeerModels.Table orthodont = models.table("orthodont", "distance", "Subject", true);
        for (final String formula : List.of("distance ~ Sex * age + (1 + age || Subject)", "distance ~ ns(age, 2) + (1 | Subject)",
            "distance ~ bs(age, df = 4, degree = 2) + Sex + (1 | Subject)", "distance ~ poly(age, 2) * Sex + (1 | Subject)",
            "log(distance) ~ I(age^2/10) + sqrt(age) + offset(age/100) + (1 | `of whom?`)", "distance ~ scale(age) + `a b` + (1 | Subject)",
            "distance ~ factor(age) + Sex + (0 + Sex | Subject)", "distance ~ age + (0 + age | Subject)",
            "distance ~ 0 + Sex + Sex:age + (age_c11 | Subject)", "distance ~ age + scale(age) + (1 | Subject)",
            "distance ~ poly(age, 2, raw = TRUE) + (1 | Subject)", "distance ~ age + (1 | Sex:Subject)")) {
            models.multilevel("formula-" + models.all().size(), orthodont, formula);
        }
        final ModelSpecification growth = new ModelSpecification.ByFormula(Formula.parse("distance ~ Sex * age + (1 | Subject)"));
        for (final DfMethod df : List.of(DfMethod.KENWARD_ROGER, DfMethod.RESIDUAL, DfMethod.ASYMPTOTIC)) {
            models.multilevel(df.name(), orthodont, growth, true, df, FixedCovariance.MODEL, options -> options);
        }
        for (final Coding coding : List.of(Coding.SUM, Coding.HELMERT)) {
            models.multilevel(coding.name(), orthodont, new ModelSpecification.ByFormula(Formula.parse(
                "distance ~ Sex * factor(age) + (1 | Subject)")), true, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL,
                options -> options.withCoding(coding));
        }
        models.multilevel("reference", orthodont, growth, true, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL,
            options -> options.withOrder("Sex", LevelOrder.reference("Male")));
        final PeerModels.Table schools = models.table("egsingle", "math", "schoolid", false);
        for (final FixedCovariance covariance : List.of(FixedCovariance.CR0, FixedCovariance.CR1)) {
            models.multilevel(covariance.name(), schools, new ModelSpecification.ByFormula(
                Formula.parse("math ~ year + female + (1 | schoolid/childid)")), true, DfMethod.SATTERTHWAITE, covariance,
                options -> options);
        }
        models.multilevel("centred", schools, new LevelSpecification("math", List.of("year", "lowinc", "female"), List.of(), List.of(
            new Level("schoolid", List.of("year"), RandomStructure.DIAGONAL), new Level("childid", List.of(), RandomStructure.UNSTRUCTURED)),
            false, List.of(new Centering("year", Mode.WITHIN_AND_BETWEEN, "childid"), new Centering("lowinc", Mode.GRAND_MEAN, null))),
            true, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL, options -> options);
    }

    private void longitudinals() throws IOException {
        final PeerModels.Table sleep = models.table("sleepstudy", "Reaction", "Subject", false);
        models.longitudinal("slopes", sleep, "Reaction ~ Days + (1 + Days | Subject)", s -> s);
        models.longitudinal("ml", sleep, "Reaction ~ Days + (1 + Days | Subject)", s -> s.withReml(false));
        models.longitudinal("kr", sleep, "Reaction ~ Days + (1 + Days | Subject)", s -> s.withInference(i -> i.withDf(DfMethod.KENWARD_ROGER)));
        models.longitudinal("diagonal", sleep, "Reaction ~ Days + (1 + Days | Subject)", s -> s.withRandom(RandomStructure.DIAGONAL));
        models.longitudinal("curve-diagonal", sleep, "Reaction ~ poly(Days, 2) + (1 + poly(Days, 2) | Subject)",
            s -> s.withRandom(RandomStructure.DIAGONAL));
        models.longitudinal("spherical", sleep, "Reaction ~ Days + (1 + Days | Subject)", s -> s.withRandom(RandomStructure.IDENTITY));
        models.longitudinal("symmetric", sleep, "Reaction ~ Days + (1 + Days | Subject)",
            s -> s.withRandom(RandomStructure.COMPOUND_SYMMETRY));
        final PeerModels.Table growth = models.table("orthodont", "distance", "Subject", true);
        for (final boolean reml : new boolean[] {true, false}) {
            models.longitudinal("variances-" + reml, growth, "distance ~ age * Sex + (1 | Subject)",
                s -> s.withReml(reml).withVariance("Sex", null));
            models.longitudinal("power-weights-" + reml, growth, "distance ~ age + Sex + (1 | `of whom?`)",
                s -> s.withReml(reml).withVariance(null, "age"), options -> options.withWeights("w"));
        }
        models.longitudinal("weights-CR0", growth, "distance ~ age + Sex + (1 | Subject)",
            s -> s.withInference(i -> i.withFixedCovariance(FixedCovariance.CR0)), options -> options.withWeights("w"));
        models.longitudinal("levels", growth, "distance ~ age + (0 + Sex | Subject)", s -> s.withRandom(RandomStructure.DIAGONAL));
        models.longitudinal("offset", growth, "distance ~ Sex + offset(age/2) + offset(`a b`) + (1 | Subject)", s -> s.withVariance("Sex", null));
        final PeerModels.Table ovary = models.table("ovary", "follicles", "Mare", true);
        for (final ResidualStructure structure : List.of(ResidualStructure.AR1, ResidualStructure.CONTINUOUS_AR1)) {
            for (final boolean reml : new boolean[] {true, false}) {
                models.longitudinal(structure.name() + "-" + reml, ovary, "follicles ~ sin2pit + cos2pit + (1 | Mare)",
                    s -> s.withReml(reml).withResidual(structure, "Time", "Mare"));
                models.longitudinal("gls-" + structure.name() + "-" + reml, ovary, "follicles ~ sin2pit + `a b`",
                    s -> s.withReml(reml).withResidual(structure, "Time", "Mare"), options -> options.withWeights("w"));
            }
        }
        models.longitudinal("gls-symmetry", ovary, "follicles ~ sin2pit", s -> s.withResidual(ResidualStructure.COMPOUND_SYMMETRY, "Time", "of whom?"));
        for (final FixedCovariance covariance : List.of(FixedCovariance.CR0, FixedCovariance.CR1, FixedCovariance.CR3)) {
            models.longitudinal(covariance.name(), ovary, "follicles ~ sin2pit + cos2pit + (1 | Mare)",
                s -> s.withInference(i -> i.withFixedCovariance(covariance)));
            models.longitudinal("gls-" + covariance.name(), ovary, "follicles ~ sin2pit + cos2pit",
                s -> s.withInference(i -> i.withFixedCovariance(covariance)).withResidual(ResidualStructure.AR1, "Time", "Mare"));
        }
    }

    private void marginals() throws IOException {
        final PeerModels.Table visits = models.table("hetar1", "y", "subject", false);
        final MarginalSettings.Layout layout = new MarginalSettings.Layout("subject", "visit", null, null);
        for (final VisitStructure structure : VisitStructure.values()) {
            for (final boolean reml : new boolean[] {true, false}) {
                if (structure.overPlaces() == null && structure != VisitStructure.ARMA11) {
                    models.marginal(structure.name() + "-" + reml, visits, "y ~ baseline + arm * visit", structure, layout, reml,
                        DfMethod.SATTERTHWAITE, FixedCovariance.MODEL, options -> options);
                }
            }
        }
        for (final FixedCovariance covariance : List.of(FixedCovariance.CR0, FixedCovariance.CR1, FixedCovariance.CR2, FixedCovariance.CR3)) {
            models.marginal(covariance.name(), visits, "y ~ arm * visit", VisitStructure.UNSTRUCTURED, layout, true, DfMethod.SATTERTHWAITE,
                covariance, options -> options);
        }
        for (final DfMethod df : List.of(DfMethod.KENWARD_ROGER_LINEAR, DfMethod.BETWEEN_WITHIN, DfMethod.RESIDUAL)) {
            models.marginal(df.name(), visits, "y ~ arm * visit", VisitStructure.HETEROGENEOUS_AR1, layout, true, df, FixedCovariance.MODEL,
                options -> options.withCoding(Coding.SUM).withOrder("visit", LevelOrder.explicit(List.of("3", "1", "2", "4", "5"))));
        }
        models.marginal("by", visits, "y ~ arm * visit + `a b` + offset(baseline/10)", VisitStructure.AR1,
            new MarginalSettings.Layout("of whom?", "visit", null, "arm"), true, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL,
            options -> options.withWeights("w"));
        models.marginal("diagonal-by", visits, "y ~ arm * visit", VisitStructure.DIAGONAL,
            new MarginalSettings.Layout("subject", "visit", null, "arm"), true, DfMethod.RESIDUAL, FixedCovariance.MODEL,
            options -> options.withWeights("w"));
        final PeerModels.Table rats = models.table("bodyweight", "weight", "Rat", true);
        models.marginal("time", rats, "weight ~ Time * Diet", VisitStructure.CONTINUOUS_AR1,
            new MarginalSettings.Layout("Rat", null, "Time", null), true, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL, options -> options);
        models.marginal("symmetry", rats, "weight ~ Time * Diet", VisitStructure.COMPOUND_SYMMETRY,
            new MarginalSettings.Layout("Rat", null, null, null), true, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL, options -> options);
    }

    private void numericVisits() throws IOException {
        final PeerModels.Table growth = models.table("orthodont", "distance", "Subject", false);
        for (final VisitStructure structure : List.of(VisitStructure.AR1, VisitStructure.UNSTRUCTURED)) {
            models.marginal("numbers-" + structure.name(), growth, "distance ~ age * Sex", structure,
                new MarginalSettings.Layout("Subject", "age", "age", null), true, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL,
                options -> options);
        }
    }

    private void bayes() throws IOException {
        final PeerModels.Table schools = models.table("eightschools", "effect", "school", false);
        final UnitColumns effects = new UnitColumns("school", "effect", "se", Double.NaN, Double.NaN, List.of());
        for (final PriorEstimator estimator : List.of(PriorEstimator.REML, PriorEstimator.ML, PriorEstimator.DERSIMONIAN_LAIRD, PriorEstimator.PAULE_MANDEL,
            PriorEstimator.HEDGES, PriorEstimator.SIDIK_JONKMAN, PriorEstimator.HUNTER_SCHMIDT)) {
            models.bayes(estimator.name(), schools, effects, EmpiricalBayesSettings.builder(Family.GAUSSIAN).estimator(estimator));
        }
        models.bayes("given", schools, effects, EmpiricalBayesSettings.builder(Family.GAUSSIAN).given(50, Double.NaN));
        final PeerModels.Table trials = models.table("bcg", "yi", "trial", true);
        final UnitColumns risks = new UnitColumns("trial", "yi", "vi", Double.NaN, Double.NaN, true, List.of("ablat", "alloc"), null, null);
        for (final DfMethod df : List.of(DfMethod.ASYMPTOTIC, DfMethod.KNAPP_HARTUNG, DfMethod.KNAPP_HARTUNG_AD_HOC)) {
            models.bayes("mean-" + df, trials, risks, EmpiricalBayesSettings.builder(Family.GAUSSIAN).dfMethod(df));
        }
        models.bayes("formula", trials, risks.withMean(UnitColumns.parse("yi", "poly(ablat, 2) + `a b`")),
            EmpiricalBayesSettings.builder(Family.GAUSSIAN));
        models.bayes("pumps", models.table("pumps", "failures", "pump", false), new UnitColumns("pump", "failures", "time", Double.NaN, Double.NaN, List.of()),
            EmpiricalBayesSettings.builder(Family.POISSON_GAMMA));
        models.bayes("tumors", models.table("rattumor", "tumors", "experiment", false), new UnitColumns("experiment", "tumors", "rats", Double.NaN, Double.NaN,
            List.of()), EmpiricalBayesSettings.builder(Family.BETA_BINOMIAL));
    }
}
