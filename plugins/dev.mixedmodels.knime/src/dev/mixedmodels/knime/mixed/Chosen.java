package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.settings.Interaction;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns that stand in a model while others are to be guessed.
 *
 * @param response the response, null if none is chosen
 * @param mean columns of the mean
 * @param groups grouping columns of a formula's random effects
 */
public record Chosen(String response, Set<String> mean, List<String> groups) {
    static Chosen ofColumns(final String response, final String[] fixedEffects, final Interaction[] interactions) {
        final Set<String> mean = new HashSet<>();
        if (fixedEffects != null) {
            mean.addAll(Guesses.taken(fixedEffects));
        }
        if (interactions != null) {
            Stream.of(interactions).filter(Objects::nonNull)
                .forEach(pair -> mean.addAll(Guesses.taken(pair.first, pair.second)));
        }
        return new Chosen(response, mean, List.of());
    }

    /** Of a text that is no formula nothing is said; the error comes when the settings are checked. */
    static Chosen ofFormula(final String text) {
        try {
            final Formula formula = Formula.parse(text == null ? "" : text);
            final Set<String> mean = new HashSet<>(formula.fixed().columns());
            formula.offsets().forEach(offset -> mean.addAll(offset.columns()));
            return new Chosen(formula.response().column(), mean,
                formula.random().stream().flatMap(term -> term.grouping().columns().stream()).distinct().toList());
        } catch (final ModelException e) {
            return new Chosen("", Set.of(), List.of());
        }
    }

    /**
     * @param others further columns, null or empty where none is chosen
     * @return all that are taken
     */
    public Set<String> and(final String... others) {
        final Set<String> taken = new HashSet<>(mean);
        taken.addAll(groups);
        Stream.concat(Stream.ofNullable(response), Stream.of(others)).filter(name -> name != null && !name.isEmpty())
            .forEach(taken::add);
        return taken;
    }
}
