package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.At;
import dev.mixedmodels.engine.design.LeastSquaresMeans;
import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.design.MeansPlaces;
import dev.mixedmodels.engine.design.MeansRequest;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.LeastSquaresMeansTable;
import dev.mixedmodels.engine.inference.MeansTests;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.ArrayList;
import java.util.List;

/** Which least-squares means the settings ask for. */
final class MarginalMeans {
    private MarginalMeans() {
    }

    static List<MeansRow> of(final MarginalSettings settings, final ModelDesign design,
        final FixedInference inference, final Progress progress, final Warnings warnings) {
        final List<String> factors = design.fixed().factors();
        final String visit = settings.layout().visit();
        final String place = settings.means().at() != null ? settings.means().at()
            : visit != null && factors.contains(visit) ? visit : "";
        final At at = MeansPlaces.of(design, place.isEmpty() ? null : place);
        final List<List<String>> of = settings.means().of() != null ? settings.means().of()
            : factors.stream().map(List::of).toList();
        final List<MeansContrast> contrasts = new ArrayList<>();
        for (final List<String> term : of) {
            contrasts.addAll(LeastSquaresMeans.of(design.fixed(), MeansRequest.pairs(term, at), warnings));
        }
        return LeastSquaresMeansTable.of(contrasts, inference, MeansTests.of(settings.means().adjustment(),
            settings.inference().confidence()), progress);
    }
}
