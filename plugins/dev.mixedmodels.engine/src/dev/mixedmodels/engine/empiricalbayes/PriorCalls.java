package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.peer.CalledData;
import dev.mixedmodels.engine.peer.RText;
import dev.mixedmodels.engine.peer.SasEffects;
import dev.mixedmodels.engine.peer.SasText;
import java.util.ArrayList;
import java.util.List;

/**
 * The estimate of the prior as calls of other programs: metafor, MASS and glmmTMB in R; PROC MIXED, GENMOD and FMM in
 * SAS.
 *
 * @param settings of the fit, in the units of the table
 * @param columns which columns told what of the units
 * @param data how the table is prepared
 */
record PriorCalls(EmpiricalBayesSettings settings, UnitColumns columns, CalledData data) {
    private static final String NONE = "There is none: ";

    private PriorEstimator estimator() {
        return settings.estimator().or(settings.family());
    }

    /** Why nobody else has the estimate; empty if somebody may. */
    private String refusal() {
        if (settings.prior() == Prior.NONPARAMETRIC) {
            return NONE + "other programs take a grid for a nonparametric prior, as REBayes does, and come near only.";
        }
        if (!Double.isNaN(settings.givenMean()) || estimator() == PriorEstimator.GIVEN
            && settings.family() != Family.GAUSSIAN) {
            return NONE + "a prior that is given is not estimated.";
        }
        return estimator() == PriorEstimator.MOMENTS || estimator() == PriorEstimator.JAMES_STEIN
            ? NONE + "no other program is known to have the estimator \"" + estimator() + "\"." : "";
    }

    String r() {
        if (!refusal().isEmpty()) {
            return refusal();
        }
        final List<String> statements = new ArrayList<>(RText.preparation(data));
        final String y = RText.name(columns.observed());
        final String n = columns.precision() == null ? "" : RText.name(columns.precision());
        final String frequency = columns.frequency() == null ? null : "weights = " + RText.name(columns.frequency());
        statements.add("fit <- " + switch (settings.family()) {
            case GAUSSIAN -> meta(y, n);
            case POISSON_GAMMA -> RText.call("MASS::glm.nb", y + " ~ " + (n.isEmpty() ? "1" : "offset(log(" + n + "))"),
                "data", frequency);
            case BETA_BINOMIAL -> RText.call("glmmTMB::glmmTMB", "cbind(" + y + ", " + n + " - " + y + ") ~ 1", "data",
                "family = glmmTMB::betabinomial()", frequency);
        });
        statements.add(switch (settings.family()) {
            case GAUSSIAN -> "summary(fit)";
            case POISSON_GAMMA -> "c(shape = fit$theta, rate = fit$theta / exp(unname(coef(fit))))";
            case BETA_BINOMIAL -> "sigma(fit) * c(alpha = 1, beta = 1) * plogis(c(1, -1) * glmmTMB::fixef(fit)$cond)";
        });
        return RText.line(statements, settings.family() == Family.GAUSSIAN && estimator() == PriorEstimator.REML
            ? List.of("Its restricted log likelihood has half of log|X'X| more.") : List.of());
    }

    private String meta(final String y, final String n) {
        final String precision = n.isEmpty() ? "sei = rep(" + columns.commonStandardError() + ", nrow(data))"
            : columns.isVariance() ? "vi = " + n : Double.isNaN(columns.pooledVariance()) ? "sei = " + n
                : "vi = " + columns.pooledVariance() + " / " + n;
        return RText.call("metafor::rma", y, precision,
            columns.covariates().isEmpty() ? null : "mods = ~ " + columns.formula().fixed(), "data = data",
            switch (estimator()) {
                case ML -> RText.option("method", "ML");
                case DERSIMONIAN_LAIRD -> RText.option("method", "DL");
                case PAULE_MANDEL -> RText.option("method", "PM");
                case HEDGES -> RText.option("method", "HE");
                case SIDIK_JONKMAN -> RText.option("method", "SJ");
                case HUNTER_SCHMIDT -> RText.option("method", "HS");
                case GIVEN -> RText.option("method", "ML") + ", tau2 = " + settings.givenTau2();
                default -> null;
            }, settings.dfMethod() == DfMethod.KNAPP_HARTUNG ? RText.option("test", "knha")
                : settings.dfMethod() == DfMethod.KNAPP_HARTUNG_AD_HOC ? RText.option("test", "adhoc") : null);
    }

    String sas() {
        final boolean possible = estimator().maximisesLikelihood() || estimator() == PriorEstimator.GIVEN;
        if (!refusal().isEmpty() || !possible) {
            return refusal().isEmpty() ? NONE + "PROC MIXED has no estimator \"" + estimator() + "\"." : refusal();
        }
        final String y = SasText.name(columns.observed());
        final String n = columns.precision() == null ? "" : SasText.name(columns.precision());
        if (settings.family() == Family.GAUSSIAN) {
            return mixed(n);
        }
        final boolean poisson = settings.family() == Family.POISSON_GAMMA;
        final List<String> statements = new ArrayList<>(SasText.preparation(data,
            poisson && !n.isEmpty() ? List.of("_x1 = log(" + n + ")") : List.of()));
        statements.add(poisson ? "proc genmod data=data" : "proc fmm data=data");
        statements.add(poisson ? "model " + y + " = / dist=negbin" + (n.isEmpty() ? "" : " offset=_x1")
            : "model " + y + "/" + n + " = / dist=betabinomial");
        if (columns.frequency() != null) {
            statements.add("freq " + SasText.name(columns.frequency()));
        }
        statements.add("run");
        return SasText.line(statements, List.of());
    }

    /** Known variances are weights with a residual variance that is held at 1. */
    private String mixed(final String n) {
        final Formula formula = columns.formula();
        final String refusal = SasEffects.refusal(formula.fixed().terms());
        if (!refusal.isEmpty()) {
            return NONE + refusal;
        }
        final SasEffects effects = new SasEffects(data);
        final String weight = effects.compute(n.isEmpty() ? "1 / " + columns.commonStandardError() + "**2"
            : columns.isVariance() ? "1 / " + n : Double.isNaN(columns.pooledVariance()) ? "1 / " + n + "**2"
                : n + " / " + columns.pooledVariance());
        final List<String> model = List.of(effects.model(formula) + " chisq",
            "random " + effects.nominal(effects.compute("_n_")),
            estimator() == PriorEstimator.GIVEN ? "parms (" + settings.givenTau2() + ") (1) / hold=1,2"
            : "parms (1) (1) / hold=2",
            "weight " + weight, "run");
        final List<String> statements = new ArrayList<>(effects.preparation());
        statements.add("proc mixed data=data method=" + (estimator() == PriorEstimator.ML ? "ml" : "reml"));
        statements.addAll(effects.classStatement());
        statements.addAll(model);
        return SasText.line(statements, settings.dfMethod().knappHartung()
            ? List.of("PROC MIXED has no tests of Knapp and Hartung.") : List.of());
    }
}
