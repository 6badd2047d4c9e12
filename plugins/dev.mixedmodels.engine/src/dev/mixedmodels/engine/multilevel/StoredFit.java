package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
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
import java.util.function.Function;
import java.util.stream.IntStream;

/** A fitted model without its data, in the unit of the design. */
final class StoredFit {
    private StoredFit() {
    }

    static StoredModel of(final FittedModel fitted, final ModelSpecification.Resolved resolved,
        final ModelTables tables) {
        final ModelDesign design = fitted.mixed().design();
        return new StoredModel(ModelKind.MULTILEVEL, fitted.settings().inference().confidence(),
            fitted.settings().estimation().reml(), fitted.unit().exponent(), StoredDesign.of(design),
            fitted.fixed().stored(), fitted.stored(), StoredResidual.of(fitted.fit().sigma2()), null,
            resolved.derived().centred(), StoredModel.origins(design.rows().frame()), null,
            StoredModel.Tables.of(tables), null);
    }

    /**
     * The units of a grouping factor.
     *
     * @param mixed the design
     * @param fit the estimates
     * @param k index of the factor
     * @param structure of the effects of each random term
     */
    static StoredUnits units(final MixedDesign mixed, final MixedFit fit, final int k,
        final Function<RandomTerm, RandomStructure> structure) {
        final ModelDesign design = mixed.design();
        final RandomGroup group = mixed.groups().get(k);
        final int[] rows = fit.model().counts(k);
        final List<RandomDesign> parts = group.parts();
        final int[] terms =
            IntStream.range(0, design.random().size()).filter(t -> parts.contains(design.random().get(t))).toArray();
        final List<RandomStructure> structures =
            IntStream.of(terms).mapToObj(t -> structure.apply(design.formula().random().get(t))).toList();
        final UnitArrays units = new UnitArrays(rows.length, group.effects(), design.fixed().columns());
        UnitPredictions.each(fit, k, units::put);
        return units.build(group.name(), terms, structures, group.names(), fit.covariance(k), rows)
            .with(pairs(mixed.groups(), fit, k));
    }

    private static List<StoredPairs> pairs(final List<RandomGroup> groups, final MixedFit fit, final int k) {
        final List<StoredPairs> pairs = new ArrayList<>();
        for (int l = k + 1; l < groups.size(); l++) {
            final StoredPairs.Builder builder = new StoredPairs.Builder(groups.get(k).factor().size(),
                groups.get(k).effects() * groups.get(l).effects());
            UnitPredictions.eachPair(fit, k, l, builder::put);
            pairs.add(builder.build(l));
        }
        return pairs;
    }
}
