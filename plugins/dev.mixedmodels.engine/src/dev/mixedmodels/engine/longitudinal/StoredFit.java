package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredResidual;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A fitted model without its data, in the unit of the design. */
final class StoredFit {
    private StoredFit() {
    }

    static StoredModel of(final LongitudinalSettings settings, final ModelDesign design, final Estimate estimate,
        final FixedInference inference, final StoredUnits units, final ModelTables tables) {
        final String by = settings.covariance().varianceBy();
        return new StoredModel(ModelKind.LONGITUDINAL, settings.inference().confidence(), settings.estimation().reml(),
            ResponseUnit.of(design.responseUnit()).exponent(),
            (by == null ? StoredDesign.of(design) : StoredDesign.of(design, by)).named(), inference.stored(),
            Stream.ofNullable(units).toList(),
            residual(settings, estimate, units == null ? settings.layout().subject() : units.name()), null, List.of(),
            StoredModel.origins(design.rows().frame()), null,
            StoredModel.Tables.of(tables), null);
    }

    private static StoredResidual residual(final LongitudinalSettings settings, final Estimate estimate,
        final String subject) {
        final ResidualModel model = estimate.model().residual();
        final double square = estimate.unit() * estimate.unit();
        final double[] values = model.values(estimate.eta(), estimate.logScale());
        final double[] variances =
            Arrays.stream(values, 0, model.variances()).map(variance -> variance * square).toArray();
        return new StoredResidual(variances[0], settings.covariance().varianceBy(),
            settings.covariance().varianceBy() == null ? null : variances, settings.covariance().powerOf(),
            model.power() ? values[1] : 0, model.structure(), subject, settings.layout().time());
    }
}
