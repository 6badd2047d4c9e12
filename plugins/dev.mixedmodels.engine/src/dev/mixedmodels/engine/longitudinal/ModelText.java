package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import java.util.List;

/** The model in R's notation, in words and as an equation. */
final class ModelText {
    private ModelText() {
    }

    static String of(final LongitudinalSettings settings, final SubjectData data, final Estimate estimate) {
        final String group = data.subject().name();
        final List<String> effects = estimate.model().random().names();
        final String random = effects.isEmpty() ? "There are no random effects. "
            : "Every " + group + " has its own " + String.join(", ", effects)
            + ", normally distributed about the mean with "
                + structure(settings, estimate) + " covariance matrix D. ";
        return settings.formula() + ". " + random + "Residuals are " + residual(settings)
            + (data.design().weights().equal() ? "" : ", their variances divided by the weights w")
            + ". Y_i = X_i beta + "
            + (effects.isEmpty() ? "" : "Z_i b_i + ") + "e_i, " + (effects.isEmpty() ? "" : "b_i ~ N(0, D), ")
            + "e_i ~ N(0, Sigma_i), so that Y_i ~ N(X_i beta, V_i) with V_i = "
            + (effects.isEmpty() ? "Sigma_i." : "Z_i D Z_i' + Sigma_i.");
    }

    private static String structure(final LongitudinalSettings settings, final Estimate estimate) {
        if (estimate.model().random().names().size() == 1) {
            return "a one-element";
        }
        final RandomStructure structure = settings.covariance().random();
        return structure.free() && estimate.model().random().blocks().size() > 1 ? "a block-diagonal"
            : structure.words();
    }

    private static String residual(final LongitudinalSettings settings) {
        final String correlation = settings.covariance().residual().words(settings.layout().time());
        final String variance = settings.covariance().varianceBy() != null
            ? ", with one variance for each level of " + settings.covariance().varianceBy()
            : settings.covariance().powerOf() != null
                ? ", with variance sigma2 |" + settings.covariance().powerOf() + "|^(2 delta)"
                : settings.covariance().residual() == ResidualStructure.INDEPENDENT ? " with one variance" : "";
        return correlation + variance;
    }

    static String degreesOfFreedom(final LongitudinalSettings settings, final String subject, final Estimate estimate) {
        return settings.inference().words(method -> switch (method) {
            case SATTERTHWAITE -> "Satterthwaite, observed information"
                + (estimate.singular() ? "; what is on the boundary is held fixed" : "");
            case KENWARD_ROGER -> "Kenward-Roger with the second-derivative term in the reported parameters, expected "
                + "information";
            case KENWARD_ROGER_LINEAR -> "Kenward-Roger without the second-derivative term, expected information";
            case RESIDUAL -> "rows less fixed effects";
            default -> throw method.unknown();
        }, subject);
    }
}
