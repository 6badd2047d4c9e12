package dev.mixedmodels.engine.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.TestType;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of R by their text; that R gives the same figures is seen by the benchmark PeerCalls, which runs them. */
class RCallTest {
    private static final CalledResiduals AR1 =
        new CalledResiduals(VisitStructure.AR1, "id", null, "x", null, null, null);

    private static void assertCall(final String call, final CalledModel model) {
        assertEquals(call, RCall.of(model));
    }

    @Test
    void randomEffectsWithIndependentResidualsAreLmers() {
        assertCall("fit <- lmerTest::lmer(y ~ x + (1 + x | id), data); summary(fit); anova(fit)", Models.of("y ~ x + (x | id)"));
        assertCall("fit <- lmerTest::lmer(y ~ 1 + (1 | id), data); summary(fit)", Models.of("y ~ 1 + (1 || id)"));
        assertCall("fit <- lme4::lmer(y ~ x + (1 | `my id`), data, REML = FALSE); b <- coef(summary(fit)); "
            + "cbind(b, p = 2 * pnorm(-abs(b[, \"t value\"])))",
            Models.of("y ~ x + (1 | `my id`)", false, DfMethod.ASYMPTOTIC, FixedCovariance.MODEL));
        assertCall("fit <- lmerTest::lmer(y ~ x + (1 | id), data, weights = w); summary(fit, ddf = \"Kenward-Roger\"); "
            + "anova(fit, ddf = \"Kenward-Roger\", type = \"II\") # pbkrtest's Kenward-Roger knows no weights.",
            Models.of("y ~ x + (1 | id)", DesignOptions.DEFAULT.withWeights("w").withTests(TestType.II),
                RandomStructure.UNSTRUCTURED, CalledResiduals.INDEPENDENT, true, DfMethod.KENWARD_ROGER, FixedCovariance.MODEL));
    }

    @Test
    void structuresThatBarsSayStayLmers() {
        assertTrue(RCall.of(Models.of("y ~ x + (x | id)", RandomStructure.DIAGONAL)).contains("(1 + x || id), data)"));
        assertTrue(RCall.of(Models.of("y ~ x + (0 + x | id)", RandomStructure.IDENTITY)).contains("(0 + x | id), data)"));
        assertTrue(RCall.of(Models.of("y ~ x + (0 + arm || id)")).contains("(0 + arm || id), data)"));
    }

    @Test
    void otherStructuresOfRandomEffectsAreNlmes() {
        for (final RandomStructure structure : List.of(RandomStructure.COMPOUND_SYMMETRY, RandomStructure.IDENTITY)) {
            assertCall("fit <- nlme::lme(y ~ x, data, random = list(id = nlme::pd"
                + (structure == RandomStructure.IDENTITY ? "Ident" : "CompSymm")
                + "(~ x))); summary(fit) # nlme has other degrees of freedom.", Models.of("y ~ x + (x | id)", structure));
        }
        assertTrue(RCall.of(Models.of("y ~ x + (0 + arm | id)", RandomStructure.DIAGONAL)).contains("nlme::pdDiag(~ 0 + arm)"));
        assertTrue(RCall.of(Models.of("y ~ 1 + (0 + arm | id) + (x | id)", RandomStructure.COMPOUND_SYMMETRY)).contains(
            "random = list(id = nlme::pdBlocked(list(nlme::pdCompSymm(~ 0 + arm), nlme::pdCompSymm(~ x))))"));
    }

    @Test
    void levelsAreGivenInTheirOrder() {
        final String natural = "data$arm <- factor(data$arm, c(\"act\", \"pbo\")); ";
        assertTrue(RCall.of(Models.of("y ~ arm + (1 | id)")).startsWith(natural + "fit"));
        assertTrue(RCall.of(Models.of("y ~ arm + (1 | id)", DesignOptions.DEFAULT.withOrder("arm", LevelOrder.reference("pbo"))))
            .startsWith("data$arm <- factor(data$arm, c(\"pbo\", \"act\")); fit"));
        assertTrue(RCall.of(Models.of("y ~ factor(k) + (1 | id)")).startsWith("data$k <- factor(data$k, c(1, 2)); fit"));
        // a number and a factor in one
        assertTrue(RCall.of(Models.of("y ~ k + factor(k) + (1 | id)")).startsWith("fit"));
        final String sum = RCall.of(Models.of("y ~ arm + (1 | id)", DesignOptions.DEFAULT.withCoding(Coding.SUM)));
        assertTrue(sum.startsWith("old <- options(contrasts = c(\"contr.sum\", \"contr.poly\")); " + natural), sum);
        assertTrue(sum.endsWith("; options(old)"), sum);
    }

    @Test
    void rowsThatAreLeftOutAreTakenOutFirst() {
        assertTrue(RCall.of(Models.of("y ~ poly(x, 2) + (1 | `my id`)", DesignOptions.DEFAULT.withWeights("w"))).startsWith(
            "data <- subset(data, complete.cases(y, x, `my id`) & w > 0); fit <- lmerTest::lmer(y ~ poly(x, 2) + (1 | `my id`), "));
    }

    @Test
    void functionsOfFormulasAreThoseOfR() {
        assertTrue(RCall.of(Models.of("log(y) ~ I(x^2 - 1) + offset(x/2) + (1 | id)")).contains(
            "lmer(log(y) ~ I(x^2 - 1) + offset(x/2) + (1 | id), data)"));
        assertTrue(RCall.of(Models.of("y ~ ns(x, 2) + (1 | id)")).startsWith("library(splines); fit <- lmerTest::lmer("));
    }

    @Test
    void nlmeKnowsNoOffsetAndSyntacticNamesOnly() {
        assertCall("names(data) <- make.names(names(data)); data <- data[order(data$id, data$x), ]; fit <- "
            + "nlme::gls(I(log(y) - (x/2) - (a.b)) ~ x, data, correlation = nlme::corAR1(form = ~ 1 | id)); summary(fit) "
            + "# nlme has other degrees of freedom.", Models.of("log(y) ~ x + offset(x/2) + offset(`a b`)", AR1));
        assertEquals("names(data) <- make.names(names(data)); if. + X1. + X_x + a.b",
            RText.plainNames("`if` + `1\\`` + `_x` + `a b`"));
    }

    @Test
    void residualsHaveCorrelationsAndVariances() {
        assertTrue(RCall.of(Models.of("y ~ x + (1 | id)", new CalledResiduals(VisitStructure.CONTINUOUS_AR1, "id", null, "x", null,
            "arm", null))).contains("correlation = nlme::corCAR1(form = ~ x | id), weights = nlme::varIdent(form = ~ 1 | arm))"));
        assertTrue(RCall.of(Models.of("y ~ x", DesignOptions.DEFAULT.withWeights("w"), RandomStructure.UNSTRUCTURED,
            new CalledResiduals(VisitStructure.COMPOUND_SYMMETRY, "id", null, null, null, null, "x"), false,
            DfMethod.RESIDUAL, FixedCovariance.MODEL)).contains("nlme::gls(y ~ x, data, correlation = nlme::corCompSymm(form = ~ 1 "
                + "| id), weights = nlme::varComb(nlme::varPower(form = ~ x), nlme::varFixed(~ I(1/w))), method = \"ML\")"));
    }

    @Test
    void structuresOverVisitsAreMmrms() {
        assertCall("data$arm <- factor(data$arm, c(\"act\", \"pbo\")); data$visit <- factor(data$visit, c(\"Week 2\", \"Week 12\")); "
            + "data$id <- factor(data$id); fit <- mmrm::mmrm(y ~ arm + visit + arm:visit + us(visit | id), data, "
            + "method = \"Kenward-Roger\", vcov = \"Kenward-Roger-Linear\"); summary(fit)",
            Models.of("y ~ arm * visit", VisitStructure.UNSTRUCTURED, DfMethod.KENWARD_ROGER, FixedCovariance.MODEL));
        final String sandwich = RCall.of(Models.of("y ~ arm", VisitStructure.HETEROGENEOUS_AR1, DfMethod.SATTERTHWAITE,
            FixedCovariance.CR3));
        assertTrue(sandwich.contains("ar1h(visit | id), data, vcov = \"Empirical-Jackknife\")"), sandwich);
        assertTrue(RCall.of(Models.of("y ~ arm", VisitStructure.AR1, DfMethod.KENWARD_ROGER, FixedCovariance.MODEL))
            .endsWith("# mmrm's second-derivative term is one by other parameters, so that it is left out there."));
        assertTrue(RCall.of(Models.of("y ~ arm", VisitStructure.DIAGONAL, DfMethod.RESIDUAL, FixedCovariance.MODEL))
            .endsWith("fit <- nlme::gls(y ~ arm, data, weights = nlme::varIdent(form = ~ 1 | visit)); summary(fit)"));
        for (final VisitStructure structure : VisitStructure.values()) {
            final String call = RCall.of(Models.of("y ~ arm", structure, DfMethod.SATTERTHWAITE, FixedCovariance.MODEL));
            assertTrue(structure == VisitStructure.ARMA11 ? call.contains("corARMA goes by whole numbers, not by visits")
                : call.contains("fit <- "), call);
        }
    }

    @Test
    void visitsThatAreNumbersInTheMeanGetAFactorOfTheirOwn() {
        final String call = RCall.of(Models.of("y ~ k", new CalledResiduals(VisitStructure.TOEPLITZ, "id", "k", "k", "arm", null, null)));
        assertEquals("data$id <- factor(data$id); data$arm <- factor(data$arm); data$.visit <- factor(data$k); fit <- "
            + "mmrm::mmrm(y ~ k + toep(.visit | arm / id), data); summary(fit)", call);
    }

    @Test
    void sandwichesAreClubSandwichs() {
        assertTrue(RCall.of(Models.of("y ~ x + (1 | id)", true, DfMethod.SATTERTHWAITE, FixedCovariance.CR1)).endsWith(
            "clubSandwich::coef_test(fit, vcov = \"CR1\", cluster = data$id, test = \"Satterthwaite\")"));
        assertTrue(RCall.of(Models.of("y ~ x + (1 | id)", true, DfMethod.ASYMPTOTIC, FixedCovariance.CR2)).endsWith(
            "test = \"z\") # clubSandwich takes another root for CR2, with slightly other standard errors."));
    }

    /** clubSandwich refuses fits of lme4 that have weights. */
    @Test
    void weightedSandwichesAreNlmes() {
        for (final String random : new String[] {"(1 | id)", "(1 | arm/id)"}) {
            final String call = RCall.of(Models.of("y ~ x + " + random, DesignOptions.DEFAULT.withWeights("w"),
                RandomStructure.UNSTRUCTURED, CalledResiduals.INDEPENDENT, true, DfMethod.SATTERTHWAITE, FixedCovariance.CR0));
            assertEquals(random.equals("(1 | id)") ? "fit <- nlme::lme(y ~ x, data, random = list(id = ~ 1), weights = "
                + "nlme::varFixed(~ I(1/w))); clubSandwich::coef_test(fit, vcov = \"CR0\", cluster = data$id, "
                + "test = \"Satterthwaite\")" : "There is none: clubSandwich knows no weights of lme4's fits.", call);
        }
    }

    @Test
    void whatNoPackageHasIsSaid() {
        assertCall("There is none: nlme's gls fits no model without fixed effects.", Models.of("y ~ 0", AR1));
        assertCall("There is none: without a column of visits no package has a covariance for each level of arm.",
            Models.of("y ~ x", new CalledResiduals(VisitStructure.COMPOUND_SYMMETRY, "id", null, null, "arm", null, null)));
    }

    @Test
    void covariatesAreCentredBefore() {
        final CalledData data = new CalledData(List.of(), null, List.of(), Coding.TREATMENT, List.of(
            new CalledData.Centred("x.within.id", "x", List.of("a b", "id"), false),
            new CalledData.Centred("x.between.id", "x", List.of("id"), true), new CalledData.Centred("z.centred", "z", List.of(), false)),
            List.of(), TestType.III, false);
        assertEquals(List.of("data$x.within.id <- data$x - ave(data$x, data$`a b`, data$id)",
            "data$x.between.id <- ave(data$x, data$id)", "data$z.centred <- data$z - mean(data$z)"), RText.preparation(data));
    }

    @Test
    void datesAreCountedInTheUnitOfTheModel() {
        final CalledData data = new CalledData(List.of(), null, List.of(), Coding.TREATMENT, List.of(), List.of(
            new CalledData.Counted("my day", "weeks from 2024-01-01"),
            new CalledData.Counted("at", "minutes from 2024-01-01T10:30"),
            new CalledData.Counted("born", "years from 1970-06-01")), TestType.III, false);
        assertEquals(List.of("data$`my day` <- as.numeric(difftime(as.POSIXct(sub(\"T\", \" \", data$`my day`), "
            + "tz = \"UTC\"), as.POSIXct(\"2024-01-01\", tz = \"UTC\"), units = \"weeks\"))",
            "data$at <- as.numeric(difftime(as.POSIXct(sub(\"T\", \" \", data$at), tz = \"UTC\"), "
            + "as.POSIXct(\"2024-01-01 10:30\", tz = \"UTC\"), units = \"mins\"))",
            "data$born <- as.numeric(difftime(as.POSIXct(sub(\"T\", \" \", data$born), tz = \"UTC\"), "
            + "as.POSIXct(\"1970-06-01\", tz = \"UTC\"), units = \"days\")) / 365.25"), RText.preparation(data));
    }
}
