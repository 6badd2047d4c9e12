package dev.mixedmodels.knime.workflows;

import dev.mixedmodels.standin.settings.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures of a fit in tests/reference. */
final class ReferenceFigures {
    private final Map<?, ?> fit;

    /**
     * @param name of the file without ".json"
     */
    ReferenceFigures(final String name) throws IOException {
        fit = (Map<?, ?>)Json.parse(Files.readString(Workflows.TESTS.resolve("reference").resolve(name + ".json")));
    }

    /**
     * @param keys from the outermost in
     * @return what is there; null for nothing
     */
    private Object at(final String... keys) {
        Object value = fit;
        for (final String key : keys) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    /**
     * @return estimate and standard error by term, the parts of an interaction in alphabetical order; empty if the fit
     *         has no fixed effects
     */
    Map<String, double[]> fixedEffects() {
        final Map<String, double[]> effects = new LinkedHashMap<>();
        if (at("fixed_effects") instanceof List<?> list) {
            for (final Object entry : list) {
                final Map<?, ?> effect = (Map<?, ?>)entry;
                // age has another name in the reference fits, where it is a factor as well
                effects.put(sorted(((String)effect.get("name")).replace("agec", "age")),
                    new double[] {number(effect.get("estimate")), number(effect.get("se"))});
            }
        }
        return effects;
    }

    /**
     * @param term of a coefficient
     * @return the same with its parts in alphabetical order
     */
    static String sorted(final String term) {
        return String.join(":", List.of(term.split(":")).stream().sorted().toList());
    }

    /**
     * @return -2 log likelihood
     */
    Optional<Double> minusTwoLogLikelihood() {
        return Optional.ofNullable(at("fit", "minus2logLik")).map(ReferenceFigures::number);
    }

    /**
     * @return posterior means of the units: those of an empirical Bayes fit, or of a one-way model mean and BLUP
     */
    double[] posteriorMeans() {
        final Object counts = at("posterior_mean");
        final Object own = counts != null ? counts : at("estimators", "REML", "posterior_mean");
        if (own != null) {
            return numbers(own);
        }
        final double mean = fixedEffects().get("(Intercept)")[0];
        final double[] units = numbers(((Map<?, ?>)((Map<?, ?>)at("random_effects")).values().iterator().next())
            .get("blup"));
        for (int i = 0; i < units.length; i++) {
            units[i] += mean;
        }
        return units;
    }

    private static double[] numbers(final Object list) {
        return ((List<?>)list).stream().mapToDouble(ReferenceFigures::number).toArray();
    }

    private static double number(final Object value) {
        return ((Number)value).doubleValue();
    }
}
