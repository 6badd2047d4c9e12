package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.NamedMatrix;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredVisits;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.ArrayList;
import java.util.List;

/** A fitted model without its data, in the unit of the design. */
final class StoredFit {
    private StoredFit() {
    }

    static StoredModel of(final MarginalSettings settings, final RepeatedRows rows, final StructureFit estimates,
        final UnobservedVisits unobserved, final FixedInference inference, final ModelTables tables) {
        final ModelDesign design = rows.design();
        final String by = settings.layout().structureBy();
        return new StoredModel(ModelKind.MARGINAL, settings.inference().confidence(),
            settings.estimation().reml(),
            ResponseUnit.of(design.responseUnit()).exponent(),
            by == null ? StoredDesign.of(design) : StoredDesign.of(design, by), inference.stored(), List.of(), null,
            visits(settings, rows, estimates, unobserved), List.of(), StoredModel.origins(design.rows().frame()), null,
            new StoredModel.Tables(tables.fixedEffects(), tables.covarianceParameters(),
                NamedMatrix.of(tables.covarianceMatrices(), "Covariance parameters"), tables.modelFit()),
            null);
    }

    private static StoredVisits visits(final MarginalSettings settings, final RepeatedRows rows,
        final StructureFit estimates, final UnobservedVisits unobserved) {
        final MarginalSettings.Layout layout = settings.layout();
        final SubjectCovariance model = estimates.model();
        return new StoredVisits(layout.subject(), layout.visit(), List.copyOf(rows.visits()), layout.time(),
            layout.coordinates(), layout.structureBy(), model.structure(), estimates.theta().clone(), 0, open(rows, estimates),
            List.copyOf(unobserved.changing()), rows.centre(), rows.leastSquares(), estimates.mean().beta().clone());
    }

    private static int[] open(final RepeatedRows rows, final StructureFit estimates) {
        final List<Integer> open = new ArrayList<>();
        final int n = rows.visits().size();
        for (int g = 0; g < estimates.model().groups(); g++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (estimates.undetermined().entry(g, i, j)) {
                        open.addAll(List.of(g, i, j));
                    }
                }
            }
        }
        return open.stream().mapToInt(Integer::intValue).toArray();
    }
}
