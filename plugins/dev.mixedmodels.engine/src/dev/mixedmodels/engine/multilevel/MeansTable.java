package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.At;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.LeastSquaresMeans;
import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.design.MeansPlaces;
import dev.mixedmodels.engine.design.MeansRequest;
import dev.mixedmodels.engine.inference.LeastSquaresMeansTable;
import dev.mixedmodels.engine.inference.MeansTests;
import dev.mixedmodels.engine.multilevel.MultilevelSettings.Means;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.ArrayList;
import java.util.List;

/** The table of least-squares means. */
final class MeansTable {
    private MeansTable() {
    }

    static List<MeansRow> of(final FittedModel fitted, final Progress progress, final Warnings warnings) {
        final FixedDesign design = fitted.mixed().design().fixed();
        final Means wanted = fitted.settings().means();
        final List<List<String>> of = wanted.of() != null ? wanted.of()
            : design.factors().stream().map(List::of).toList();
        final At at = MeansPlaces.of(fitted.mixed().design(), wanted.at());
        final List<MeansContrast> contrasts = new ArrayList<>();
        for (final List<String> term : of) {
            contrasts.addAll(LeastSquaresMeans.of(design, MeansRequest.pairs(term, at), warnings));
        }
        return LeastSquaresMeansTable.of(contrasts, fitted.fixed(), MeansTests.of(wanted.adjustment(),
            fitted.settings().inference().confidence()), progress);
    }
}
