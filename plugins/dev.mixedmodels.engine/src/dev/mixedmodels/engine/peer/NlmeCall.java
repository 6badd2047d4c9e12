package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.inference.DfMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A model with structured residuals or a structured D: nlme's lme, or its gls without random effects. */
record NlmeCall(CalledModel model) implements RFit {

    /** Why there is no call; empty if there is one. */
    static String refusal(final CalledModel model) {
        if (model.noMean() && model.random().isEmpty()) {
            return "nlme's gls fits no model without fixed effects.";
        }
        if (model.random().stream().map(part -> part.term().grouping()).distinct().count() > 1) {
            return "clubSandwich knows no weights of lme4's fits."; // all else with several groupings is one of lme4
        }
        final String by = model.residuals().structureBy();
        if (by != null && (model.residuals().structure().spatial()
            || model.residuals().structure() == VisitStructure.ARMA11)) {
            return "nlme has no correlation of its own for each level of " + RText.name(by) + ".";
        }
        if (model.residuals().structure() == VisitStructure.ARMA11 && model.residuals().visit() != null) {
            return "nlme's corARMA goes by whole numbers, not by visits.";
        }
        return by != null && model.residuals().structure() == VisitStructure.COMPOUND_SYMMETRY
            ? "without a column of visits no package has a covariance for each level of " + RText.name(by) + "." : "";
    }

    /** The one grouping of the random effects. */
    private Grouping grouping() {
        return model.random().get(0).term().grouping();
    }

    /** The name of its units: a column, made if there are several. */
    private String unit() {
        return model.random().isEmpty() ? RText.name(model.residuals().subject())
            : grouping().columns().size() > 1 ? ".unit" : grouping().toString();
    }

    @Override
    public List<String> before() {
        final List<String> statements = new ArrayList<>();
        if (model.residuals().inOrderOfTime()) {
            statements.add("data <- data[order(" + RText.column(model.residuals().subject()) + ", "
                + RText.column(model.residuals().time()) + "), ]");
        }
        if (!model.random().isEmpty() && grouping().columns().size() > 1) {
            statements.add("data$.unit <- " + RText.units(grouping()));
        }
        return statements;
    }

    @Override
    public String fit() {
        final String mean = model.centredResponse() + " ~ " + model.mean();
        final String method = model.reml() ? null : RText.option("method", "ML");
        return model.random().isEmpty() ? RText.call("nlme::gls", mean, "data", correlation(), variances(), method)
            : RText.call("nlme::lme", mean, "data", "random = list(" + unit() + " = " + random() + ")", correlation(),
                variances(), method);
    }

    private String random() {
        final List<String> blocks = new ArrayList<>();
        for (final CalledRandom part : model.random()) {
            part.blocks().forEach(block -> blocks.add(switch (part.structure()) {
                case UNSTRUCTURED -> "~ " + block;
                case DIAGONAL -> "nlme::pdDiag(~ " + block + ")";
                case COMPOUND_SYMMETRY -> "nlme::pdCompSymm(~ " + block + ")";
                case IDENTITY -> "nlme::pdIdent(~ " + block + ")";
            }));
        }
        return blocks.size() == 1 ? blocks.get(0) : "nlme::pdBlocked(list(" + String.join(", ", blocks) + "))";
    }

    private String correlation() {
        return switch (model.residuals().structure()) {
            case AR1 -> "correlation = nlme::corAR1(form = ~ 1 | " + unit() + ")";
            case CONTINUOUS_AR1 -> "correlation = nlme::corCAR1(form = ~ " + RText.name(model.residuals().time())
                + " | " + unit() + ")";
            case COMPOUND_SYMMETRY -> "correlation = nlme::corCompSymm(form = ~ 1 | " + unit() + ")";
            case ARMA11 -> "correlation = nlme::corARMA(form = ~ 1 | " + unit() + ", p = 1, q = 1)";
            case SPATIAL_EXPONENTIAL, SPATIAL_EXPONENTIAL_NUGGET -> spatial("corExp");
            case SPATIAL_GAUSSIAN, SPATIAL_GAUSSIAN_NUGGET -> spatial("corGaus");
            case SPATIAL_SPHERICAL, SPATIAL_SPHERICAL_NUGGET -> spatial("corSpher");
            default -> null;
        };
    }

    private String spatial(final String name) {
        final CalledResiduals residuals = model.residuals();
        return "correlation = nlme::" + name + "(form = ~ "
            + residuals.places().stream().map(RText::name).collect(Collectors.joining(" + "))
            + (residuals.subject() == null && model.random().isEmpty() ? "" : " | " + unit())
            + (residuals.structure().overPlaces().nugget() ? ", nugget = TRUE" : "") + ")";
    }

    private String variances() {
        final CalledResiduals residuals = model.residuals();
        final List<String> functions = new ArrayList<>();
        final List<String> by = new ArrayList<>();
        if (residuals.structureBy() != null) {
            by.add(RText.name(residuals.structureBy()));
        }
        if (residuals.varianceBy() != null) {
            by.add(RText.name(residuals.varianceBy()));
        }
        if (residuals.structure() == VisitStructure.DIAGONAL) {
            by.add(RText.name(residuals.visit()));
        }
        if (!by.isEmpty()) {
            functions.add("nlme::varIdent(form = ~ 1 | " + String.join(" * ", by) + ")");
        }
        if (residuals.powerOf() != null) {
            functions.add("nlme::varPower(form = ~ " + RText.name(residuals.powerOf()) + ")");
        }
        if (model.data().weights() != null) {
            functions.add("nlme::varFixed(~ I(1/" + RText.name(model.data().weights()) + "))");
        }
        return functions.isEmpty() ? null : "weights = " + (functions.size() == 1 ? functions.get(0)
            : functions.stream().collect(Collectors.joining(", ", "nlme::varComb(", ")")));
    }

    @Override
    public String summary() {
        return model.covariance().sandwich() ? RFit.sandwich(model)
            : model.reml() || model.random().isEmpty() ? "summary(fit)" : "summary(fit, adjustSigma = FALSE)";
    }

    @Override
    public List<String> remarks() {
        final List<String> remarks = new ArrayList<>();
        final boolean gls = model.random().isEmpty();
        if (model.covariance().sandwich()) {
            remarks.add(RFit.sandwichRemark(model));
        } else {
            if (!gls || model.df() != DfMethod.RESIDUAL) {
                remarks.add("nlme has other degrees of freedom.");
            }
            if (gls && !model.reml()) {
                remarks.add("Standard errors of gls are those here times the root of N / (N - p).");
            }
        }
        if (model.data().redundant()) {
            remarks.add("nlme refuses redundant columns of the mean: take them out.");
        }
        return remarks;
    }
}
