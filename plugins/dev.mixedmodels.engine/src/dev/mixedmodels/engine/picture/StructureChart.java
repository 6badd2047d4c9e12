package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.result.FitStatisticRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Covariance structures that were compared, by information criterion, from table 5. */
final class StructureChart {
    private record Entry(String structure, double aic, double bic, double deviance) {
    }

    private StructureChart() {
    }

    /** The chart; none where no other structure was fitted. */
    static List<Chart> of(final FitFigures fit) {
        final List<Entry> entries = new ArrayList<>();
        for (final FitStatisticRow row : fit.startingWith("AIC ")) {
            entries.add(entry(fit, row.statistic().substring("AIC".length())));
        }
        final String fitted = fitted(fit.note("Covariance Structure"));
        if (!entries.isEmpty() && entries.stream().noneMatch(e -> e.structure.equals(fitted))) {
            entries.add(0, new Entry(fitted + " (fitted)", fit.value("AIC"), fit.value("BIC"),
                fit.value("-2 Log Likelihood")));
        }
        entries.removeIf(e -> Double.isNaN(e.aic));
        if (entries.size() < 2) {
            return List.of();
        }
        entries.sort((a, b) -> Double.compare(a.aic, b.aic));
        final double least = entries.get(0).aic;
        return List.of(Chart.of(Topic.VARIANCES, "structures", "bars", "Covariance structures compared")
            .caption("AIC above that of the best structure: smaller is better, less than 2 is no difference to speak "
                + "of, more than 10 is a lot.")
            .x("AIC above the best", Units.PLAIN)
            .texts("level", "Structure", entries, Entry::structure)
            .numbers("value", "AIC above the best", Units.PLAIN, entries, e -> e.aic - least)
            .numbers("", "AIC", Units.PLAIN, entries, Entry::aic)
            .numbers("", "BIC", Units.PLAIN, entries, Entry::bic)
            .numbers("", "-2 Log Likelihood", Units.PLAIN, entries, Entry::deviance).build());
    }

    /** The label of the structure that the note begins with: the longest, as some are others with a word behind. */
    private static String fitted(final String note) {
        return Arrays.stream(VisitStructure.values()).map(VisitStructure::toString).filter(note::startsWith)
            .max(Comparator.comparingInt(String::length)).orElse("");
    }

    private static Entry entry(final FitFigures fit, final String suffix) {
        return new Entry(suffix.strip(), fit.value("AIC" + suffix), fit.value("BIC" + suffix),
            fit.value("-2 Log Likelihood" + suffix));
    }
}
