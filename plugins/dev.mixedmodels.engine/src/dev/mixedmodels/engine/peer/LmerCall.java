package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.TestType;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.inference.DfMethod;
import java.util.ArrayList;
import java.util.List;

/** A model with random effects and independent residuals: lme4, with lmerTest's degrees of freedom. */
record LmerCall(CalledModel model) implements RFit {

    static boolean fits(final CalledModel model) {
        final boolean both = model.covariance().sandwich() && model.data()
            .weights() != null; // which clubSandwich refuses
        return !model.random().isEmpty() && model.plainResiduals() && !both
            && model.random().stream().allMatch(part -> part.structure() == RandomStructure.UNSTRUCTURED);
    }

    private boolean tested() {
        return !model.covariance().sandwich()
            && (model.df() == DfMethod.SATTERTHWAITE || model.df().kenwardRoger());
    }

    @Override
    public String fit() {
        return RText.call(tested() ? "lmerTest::lmer" : "lme4::lmer", new Formula(model.formula().response(),
            model.mean(),
            model.random().stream().map(CalledRandom::term).toList(), model.formula().offsets()).toString(), "data",
            model.reml() ? null : "REML = FALSE",
            model.data().weights() == null ? null : "weights = " + RText.name(model.data().weights()));
    }

    @Override
    public String summary() {
        if (model.covariance().sandwich()) {
            return RFit.sandwich(model);
        }
        if (model.df() == DfMethod.CONTAINMENT) {
            return "summary(fit)";
        }
        if (!tested()) {
            return "b <- coef(summary(fit)); cbind(b, p = 2 * " + (model.df() == DfMethod.ASYMPTOTIC
                ? "pnorm(-abs(b[, \"t value\"]))" : "pt(-abs(b[, \"t value\"]), nobs(fit) - nrow(b))") + ")";
        }
        final String ddf = model.df().kenwardRoger() ? RText.option("ddf", "Kenward-Roger") : null;
        return RText.call("summary", "fit", ddf) + (model.mean().terms().isEmpty()
            ? "" : "; " + RText.call("anova", "fit", ddf,
            model.data().tests() == TestType.III ? null : RText.option("type", model.data().tests().name())));
    }

    @Override
    public List<String> remarks() {
        final List<String> remarks = new ArrayList<>();
        if (model.covariance().sandwich()) {
            remarks.add(RFit.sandwichRemark(model));
        } else if (model.df() == DfMethod.CONTAINMENT) {
            remarks.add("No package has SAS's degrees of freedom by containment; those of nlme's lme are like them.");
        } else if (model.df().kenwardRoger() && model.data().weights() != null) {
            remarks.add("pbkrtest's Kenward-Roger knows no weights.");
        }
        return remarks;
    }
}
