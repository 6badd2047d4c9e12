package dev.mixedmodels.engine.peer;

import dev.mixedmodels.engine.inference.DfMethod;
import java.util.List;

/** How a package of R fits a model. */
interface RFit {
    /** Statements between the preparation of the data and the fit. */
    default List<String> before() {
        return List.of();
    }

    /** The fit, a call. */
    String fit();

    /** What shows estimates and standard errors, a statement. */
    String summary();

    /** What differs, in sentences. */
    List<String> remarks();

    /** Standard errors of a sandwich, by the package clubSandwich. */
    static String sandwich(final CalledModel model) {
        return RText.call("clubSandwich::coef_test", "fit", RText.option("vcov", model.covariance().name()),
            "cluster = " + RText.units(model.cluster()),
            RText.option("test", model.df() == DfMethod.SATTERTHWAITE ? "Satterthwaite" : "z"));
    }

    /** What differs in it. */
    static String sandwichRemark(final CalledModel model) {
        return switch (model.covariance()) {
            case CR2 -> "clubSandwich takes another root for CR2, with slightly other standard errors.";
            default -> model.df() == DfMethod.RESIDUAL
                ? "Degrees of freedom there are infinite, here rows less coefficients." : "";
        };
    }
}
