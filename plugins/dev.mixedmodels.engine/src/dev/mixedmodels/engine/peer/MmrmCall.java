package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.inference.DfMethod;
import java.util.ArrayList;
import java.util.List;

/** A covariance over visits without random effects: mmrm. */
record MmrmCall(CalledModel model) implements RFit {

    static boolean fits(final CalledModel model) {
        return model.random().isEmpty() && structure(model) != null && !model.noMean()
            && (model.residuals().visit() != null || model.residuals().structure().overPlaces() != null);
    }

    private static String structure(final CalledModel model) {
        return switch (model.residuals().structure()) {
            case INDEPENDENT, DIAGONAL -> null;
            case COMPOUND_SYMMETRY -> "cs";
            case HETEROGENEOUS_COMPOUND_SYMMETRY -> "csh";
            case AR1 -> "ar1";
            case HETEROGENEOUS_AR1 -> "ar1h";
            case CONTINUOUS_AR1 -> "sp_exp";
            case TOEPLITZ -> "toep";
            case HETEROGENEOUS_TOEPLITZ -> "toeph";
            case ANTE_DEPENDENCE -> "ad";
            case HETEROGENEOUS_ANTE_DEPENDENCE -> "adh";
            case UNSTRUCTURED -> "us";
            default -> null;
        };
    }

    @Override
    public List<String> before() {
        final CalledResiduals residuals = model.residuals();
        final List<String> statements = new ArrayList<>(List.of(factor(residuals.subject(),
            RText.column(residuals.subject()))));
        if (residuals.structureBy() != null && model.data().levels(residuals.structureBy()).isEmpty()) {
            statements.add(factor(residuals.structureBy(), RText.column(residuals.structureBy())));
        }
        if (numericVisit()) {
            statements.add(factor(residuals.visit(), "data$.visit"));
        }
        return statements;
    }

    /** Whether visits are numbers in the mean, so that they need a factor beside it. */
    private boolean numericVisit() {
        return model.residuals().structure().overPlaces() == null && model.data().levels(model.residuals().visit())
            .isEmpty();
    }

    private static String factor(final String column, final String name) {
        return name + " <- factor(" + RText.column(column) + ")";
    }

    @Override
    public String fit() {
        final CalledResiduals residuals = model.residuals();
        final String over = residuals.structure().overPlaces() != null ? RText.name(residuals.time())
            : numericVisit() ? ".visit" : RText.name(residuals.visit());
        final String by = residuals.structureBy() == null ? "" : RText.name(residuals.structureBy()) + " / ";
        return RText.call("mmrm::mmrm", model.centredResponse() + " ~ " + model.mean() + " + " + structure(model) + "("
            + over + " | " + by + RText.name(residuals.subject()) + ")", "data", model.reml() ? null : "reml = FALSE",
            model.data().weights() == null ? null : "weights = " + RText.column(model.data().weights()), method(),
            covariance());
    }

    private String method() {
        return switch (model.df()) {
            case KENWARD_ROGER, KENWARD_ROGER_LINEAR -> RText.option("method", "Kenward-Roger");
            case BETWEEN_WITHIN -> RText.option("method", "Between-Within");
            case RESIDUAL, ASYMPTOTIC -> RText.option("method", "Residual");
            default -> null;
        };
    }

    private String covariance() {
        return switch (model.covariance()) {
            case MODEL -> model.df().kenwardRoger() ? RText.option("vcov", "Kenward-Roger-Linear")
                : model.df() == DfMethod.RESIDUAL || model.df() == DfMethod.ASYMPTOTIC
                ? RText.option("vcov", "Asymptotic") : null;
            case CR0, CR1 -> RText.option("vcov", "Empirical");
            case CR2 -> RText.option("vcov", "Empirical-Bias-Reduced");
            case CR3 -> RText.option("vcov", "Empirical-Jackknife");
        };
    }

    @Override
    public String summary() {
        return "summary(fit)";
    }

    @Override
    public List<String> remarks() {
        final List<String> remarks = new ArrayList<>();
        switch (model.covariance()) {
            case CR1 -> remarks.add("Standard errors of CR1 are these times the root of n / (n - 1) with n subjects.");
            default -> {
                if (model.df() == DfMethod.KENWARD_ROGER && !model.residuals().structure().linear()) {
                    remarks.add("mmrm's second-derivative term is one by other parameters, so that it is left out "
                        + "there.");
                }
            }
        }
        if (model.df() == DfMethod.ASYMPTOTIC) {
            remarks.add("Degrees of freedom here are infinite.");
        }
        return remarks;
    }
}
