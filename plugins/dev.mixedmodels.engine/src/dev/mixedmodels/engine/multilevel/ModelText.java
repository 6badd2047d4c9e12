package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.likelihood.RandomGroup;

/** The model in R's notation, in words and as an equation. */
final class ModelText {
    private ModelText() {
    }

    static String of(final FittedModel fitted) {
        final StringBuilder text = new StringBuilder(fitted.mixed().design().formula().toString()).append(". ");
        final boolean mean = fitted.mixed().design().fixed().columns() > 0;
        final StringBuilder sum = new StringBuilder(mean ? "y = X beta" : "y = ");
        int k = 1;
        for (final RandomGroup group : fitted.mixed().groups()) {
            text.append("Every unit of ").append(group.name()).append(" has its own ")
                .append(String.join(", ", group.names())).append(", normally distributed about "
                + (mean ? "the mean" : "0"))
                .append(group.effects() == 1 ? ". " : " with covariance matrix D_" + k + ". ");
            sum.append(k > 1 || mean ? " + Z_" : "Z_").append(k).append(" b_").append(k);
            k++;
        }
        return text.append(sum).append(" + e, b_k ~ N(0, D_k) for each unit of level k, e ~ N(0, sigma2")
            .append(fitted.mixed().design().weights().equal() ? "" : " / w")
            .append("), all independent: rows that share a unit "
                + "are correlated.").toString();
    }

    static String degreesOfFreedom(final FittedModel fitted) {
        final InferenceSettings settings = fitted.settings().inference();
        return settings.words(method -> switch (method) {
            case SATTERTHWAITE -> "Satterthwaite, observed information" + (fitted.fit().singular()
                ? "; directions on the boundary are held fixed" : "");
            case KENWARD_ROGER, KENWARD_ROGER_LINEAR -> "Kenward-Roger, expected information; V is linear in its "
                + "parameters, so that the second-derivative term vanishes" + (fitted.fit().singular()
                    ? "; a variance is on its boundary, where the expansion is approximate" : "");
            case RESIDUAL -> "rows less coefficients, as if rows were independent";
            default -> throw method.unknown();
        }, settings.byUnit() ? fitted.mixed().groups().get(LevelTree.outermost(fitted.mixed(),
            fitted.fit().model())).name() : "");
    }
}
