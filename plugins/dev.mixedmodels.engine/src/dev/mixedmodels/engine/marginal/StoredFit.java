package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredVisits;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Comparator;
import java.util.List;

/** A fitted model without its data, in the unit of the design. */
final class StoredFit {
    private static final Comparator<List<Integer>> BY_PLACE = Comparator.<List<Integer>>comparingInt(entry -> entry.get(0))
        .thenComparingInt(entry -> entry.get(1)).thenComparingInt(entry -> entry.get(2));

    private StoredFit() {
    }

    static StoredModel of(final MarginalSettings settings, final RepeatedData data, final StructureFit estimates,
        final FixedInference inference, final ModelTables tables) {
        final ModelDesign design = data.design();
        return new StoredModel(ModelKind.MARGINAL, settings.inference().confidence(),
            settings.estimation().reml(),
            ResponseUnit.of(design.responseUnit()).exponent(),
            StoredDesign.of(design).without(settings.layout().subject()).without(settings.layout().visit()), inference.stored(), List.of(), null,
            visits(settings, data, estimates), List.of(), StoredModel.origins(design.rows().frame()), null,
            StoredModel.Tables.of(tables), null);
    }

    private static StoredVisits visits(final MarginalSettings settings, final RepeatedData data,
        final StructureFit estimates) {
        final MarginalSettings.Layout layout = settings.layout();
        final SubjectCovariance model = estimates.model();
        return new StoredVisits(layout.subject(), layout.visit(), List.copyOf(data.visits()), layout.time(),
            layout.coordinates(), layout.structureBy(), model.structure(), estimates.theta().clone(), 0, Solved.of(estimates).open().stream().sorted(BY_PLACE)
                .flatMapToInt(entry -> entry.stream().mapToInt(Integer::intValue)).toArray(),
            data.changing(), data.coordinates().centre(), data.coordinates().gamma().clone(), estimates.mean().beta().clone());
    }
}
