package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.likelihood.UnitPredictions;
import dev.mixedmodels.engine.model.ModelKind;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.model.StoredPairs;
import dev.mixedmodels.engine.model.StoredResidual;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.model.UnitArrays;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A fitted model without its data, in the unit of the design. */
final class StoredFit {
    private StoredFit() {
    }

    static StoredModel of(final FittedModel fitted, final ModelSpecification.Resolved resolved,
        final ModelTables tables) {
        final ModelDesign design = fitted.mixed().design();
        final List<StoredUnits> units = new ArrayList<>();
        for (int k = 0; k < fitted.mixed().groups().size(); k++) {
            units.add(units(fitted, k, resolved));
        }
        return new StoredModel(ModelKind.MULTILEVEL, fitted.settings().inference().confidence(),
            fitted.settings().estimation().reml(), fitted.unit().exponent(), StoredDesign.of(design),
            fitted.fixed().stored(), List.copyOf(units), StoredResidual.of(fitted.fit().sigma2()), null,
            resolved.derived().centred(), StoredModel.origins(design.rows().frame()), null,
            StoredModel.Tables.of(tables), null);
    }

    private static StoredUnits units(final FittedModel fitted, final int k, final ModelSpecification.Resolved resolved) {
        final ModelDesign design = fitted.mixed().design();
        final RandomGroup group = fitted.mixed().groups().get(k);
        final int[] rows = fitted.fit().model().counts(k);
        final List<RandomDesign> parts = group.parts();
        final int[] terms =
            IntStream.range(0, design.random().size()).filter(t -> parts.contains(design.random().get(t))).toArray();
        final List<RandomStructure> structures =
            IntStream.of(terms).mapToObj(t -> resolved.structure().apply(design.formula().random().get(t))).toList();
        final double[][] d = fitted.fit().covariance(k);
        final UnitArrays units = new UnitArrays(rows.length, group.effects(), design.fixed().columns());
        UnitPredictions.each(fitted.fit(), k, units::put);
        return units.build(group.name(), terms, structures, group.names(), d, rows).with(pairs(fitted, k));
    }

    private static List<StoredPairs> pairs(final FittedModel fitted, final int k) {
        final List<RandomGroup> groups = fitted.mixed().groups();
        final List<StoredPairs> pairs = new ArrayList<>();
        for (int l = k + 1; l < groups.size(); l++) {
            final StoredPairs.Builder builder = new StoredPairs.Builder(groups.get(k).factor().size(),
                groups.get(k).effects() * groups.get(l).effects());
            UnitPredictions.eachPair(fitted.fit(), k, l, builder::put);
            pairs.add(builder.build(l));
        }
        return pairs;
    }
}
