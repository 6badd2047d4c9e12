package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.frame.LevelOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether the order of the visits was guessed from names that say nothing about it. Natural order sorts by the numbers
 * in the names; names without a number stand in alphabetical order, and only one of them, as the first ("Baseline, Week
 * 2, Week 4"), stands to reason.
 */
final class VisitOrder {
    private static final int SHOWN = 12;

    private VisitOrder() {
    }

    static void warn(final MarginalSettings settings, final RepeatedData data, final Warnings warnings) {
        final List<String> structures =
            Stream.concat(Stream.of(settings.structure()), settings.compareStructures().stream())
                .filter(VisitStructure::ordered).map(VisitStructure::toString).distinct().toList();
        if (structures.isEmpty() || settings.layout().visit() == null || data.visits().size() < 3
            || !guessed(settings, data)) {
            return;
        }
        final List<String> shown = new ArrayList<>(data.visits().subList(0, Math.min(SHOWN, data.visits().size())));
        final String order = Words.quoted(shown) + (shown.size() < data.visits().size() ? " and so on" : "");
        warnings.add("The visits are taken in the alphabetical order " + order + ", for their names hold no numbers. "
            + (structures.size() == 1 ? "The structure " + Words.quoted(structures) + " depends"
                : "The structures " + Words.quoted(structures) + " depend")
            + " on it: if it is not their order in time, set that under \"Order of visits\".");
    }

    private static boolean guessed(final MarginalSettings settings, final RepeatedData data) {
        final LevelOrder order = settings.options().orders().get(settings.layout().visit());
        return (order == null || order.explicit() == null) && data.visits().stream().skip(1)
            .anyMatch(visit -> visit.chars().noneMatch(Character::isDigit));
    }
}
