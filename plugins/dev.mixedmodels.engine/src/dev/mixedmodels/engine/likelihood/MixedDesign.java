package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A design as a {@link MixedModel}: terms with the same grouping are one factor. The fixed effects of the model are the
 * coefficients gamma of the design's working basis, X beta = W gamma, so that estimates and contrasts go through
 * {@link dev.mixedmodels.engine.design.WorkingBasis}.
 *
 * @param design the design
 * @param groups its random effects by grouping factor, in the order of the formula
 */
public record MixedDesign(ModelDesign design, List<RandomGroup> groups) {

    /**
     * @param design a design with at least one random term
     * @param structure the covariance structure of each term's correlated effects
     * @return the design by grouping factors
     */
    public static MixedDesign of(final ModelDesign design, final Function<RandomDesign, RandomStructure> structure) {
        final Map<String, List<RandomDesign>> byGrouping = new LinkedHashMap<>();
        for (final RandomDesign term : design.random()) {
            byGrouping.computeIfAbsent(term.factor().name(), name -> new ArrayList<>()).add(term);
        }
        if (byGrouping.isEmpty()) {
            throw new ModelException("The model has no random term. Add one, for instance (1 | school).");
        }
        return new MixedDesign(design, byGrouping.values().stream().map(parts -> RandomGroup.of(parts, structure))
            .toList());
    }

    /**
     * @return the covariance structure of each grouping factor
     */
    public List<LinearStructure> structures() {
        return groups.stream().map(RandomGroup::structure).toList();
    }

    /**
     * @return for each grouping factor the unit of each fitted row
     */
    public List<Grouping> groupings() {
        final Rows fitted = design.rows().fitted();
        return groups.stream().map(group -> {
            final int[] codes = new int[fitted.size()];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = group.factor().code(fitted.row(i));
            }
            return new Grouping(group.name(), codes, group.factor().size());
        }).toList();
    }

    /**
     * @param progress to learn of cancellation
     * @return the model, its rows read
     */
    public MixedModel model(final Progress progress) {
        return MixedModel.of(rows(), groupings(), structures(), progress);
    }

    /**
     * @return the fitted rows: w, y, z
     */
    public ModelRows rows() {
        final Rows fitted = design.rows().fitted();
        final int p = design.fixed().columns();
        final int[] effects = groups.stream().mapToInt(RandomGroup::effects).toArray();
        return new ModelRows() {
            @Override
            public int size() {
                return fitted.size();
            }

            @Override
            public int fixedEffects() {
                return p;
            }

            @Override
            public int[] randomEffects() {
                return effects;
            }

            @Override
            public double root(final int row) {
                return design.weights().root(fitted.row(row));
            }

            @Override
            public void row(final int row, final double[] values) {
                final int at = fitted.row(row);
                design.fixed().basisRow(at, values);
                values[p] = design.response(at);
                int to = p + 1;
                for (int k = 0; k < effects.length; k++) {
                    groups.get(k).row(at, values, to);
                    to += effects[k];
                }
            }
        };
    }
}
