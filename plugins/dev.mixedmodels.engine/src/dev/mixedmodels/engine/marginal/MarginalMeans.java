package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.design.At;
import dev.mixedmodels.engine.design.LeastSquaresMeans;
import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.LeastSquaresMeansTable;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.ArrayList;
import java.util.List;

/** Which least-squares means the settings ask for. */
final class MarginalMeans {
    private MarginalMeans() {
    }

    static List<MeansRow> of(final MarginalSettings settings, final ModelDesign design,
        final FixedInference inference) {
        final List<String> factors = LeastSquaresMeans.factors(design.fixed());
        final String visit = settings.layout().visit();
        final String at = settings.means().at() != null ? settings.means().at()
            : factors.contains(visit) ? visit : null;
        if (at != null && !factors.contains(at)) {
            throw new ModelException("Least-squares means are asked for at the levels of \"" + at + "\", which is not "
                + "a factor of the fixed effects. Choose a nominal fixed effect, such as the visit.");
        }
        final List<List<String>> of = settings.means().of() != null ? settings.means().of()
            : factors.stream().map(List::of).toList();
        final List<MeansContrast> contrasts = new ArrayList<>();
        for (final List<String> term : of) {
            contrasts.addAll(LeastSquaresMeans.of(design.fixed(), term, at == null ? null : new At.Levels(at)));
        }
        return LeastSquaresMeansTable.of(contrasts, inference, settings.means().adjustment(),
            settings.inference().confidence());
    }
}
