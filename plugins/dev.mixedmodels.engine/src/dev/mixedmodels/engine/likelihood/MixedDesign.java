package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A design as a {@link MixedModel}: terms with the same grouping are one factor. The fixed effects of the model are the
 * coefficients gamma of the design's working basis, X beta = W gamma, so that estimates and contrasts go through
 * {@link dev.mixedmodels.engine.design.WorkingBasis}.
 *
 * @param source the table
 * @param design the design, with or without rows of its own
 * @param naive ordinary least squares
 * @param groups its random effects by grouping factor, in the order of the formula
 */
public record MixedDesign(RowSource source, ModelDesign design, OrdinaryLeastSquares naive, List<RandomGroup> groups) {

    /**
     * @param source the table
     * @param design a design of it with at least one random term
     * @param structure the covariance structure of each term's correlated effects
     * @return the design by grouping factors
     * @throws ModelException if there is no random term, or the response is none to be modelled
     */
    public static MixedDesign of(final RowSource source, final ModelDesign design,
        final Function<RandomDesign, RandomStructure> structure) {
        final Map<String, List<RandomDesign>> byGrouping = new LinkedHashMap<>();
        for (final RandomDesign term : design.random()) {
            byGrouping.computeIfAbsent(term.factor().name(), name -> new ArrayList<>()).add(term);
        }
        if (byGrouping.isEmpty()) {
            throw new ModelException("The model has no random term. Add one, for instance (1 | school).");
        }
        return new MixedDesign(source, design, OrdinaryLeastSquares.of(design), byGrouping.values().stream()
            .map(parts -> RandomGroup.of(parts, structure)).toList());
    }

    /**
     * @return the covariance structure of each grouping factor
     */
    public List<LinearStructure> structures() {
        return groups.stream().map(RandomGroup::structure).toList();
    }

    /** For each grouping factor its random terms. */
    private int[][] terms() {
        return groups.stream().map(group -> group.parts().stream().mapToInt(design.random()::indexOf).toArray())
            .toArray(int[][]::new);
    }

    /**
     * @return for each column of Z, those of the grouping factors one after the other, its place among those of the
     *         terms
     */
    public int[] columns() {
        return groups.stream().flatMap(group -> group.parts().stream()).flatMapToInt(part -> {
            final int first = design.random().stream().limit(design.random().indexOf(part))
                .mapToInt(RandomDesign::effects).sum();
            return IntStream.range(first, first + part.effects());
        }).toArray();
    }

    /**
     * @return reads parts of the table as rows of the model
     */
    public MixedReader reader() {
        return new MixedReader(design.binder(), terms());
    }

    /**
     * @return the fitted rows of a table in memory: w, y, z
     */
    public MixedRows rows() {
        return new MixedRows(design, terms());
    }

    /**
     * @param whole whether sandwich errors or the influence of units will be asked for
     * @param progress of the pass over the rows
     * @return the model
     */
    public MixedModel model(final boolean whole, final Progress progress) {
        final CrossProducts products = design.randomProducts().get(0).products();
        final List<String> names = groups.stream().flatMap(group -> group.names().stream()).toList();
        final boolean[] constant = new boolean[names.size()];
        for (int c = 0; c < constant.length; c++) {
            constant[c] = names.get(c).equals(RandomGroup.INTERCEPT);
        }
        final Coordinates coordinates = new Coordinates(products, columns(), constant, structures(),
            design.fixed().basis().working(naive.coefficients()),
            Math.sqrt(naive.residualSumOfSquares() / design.figures().rows()));
        final MixedSums.Question question = new MixedSums.Question(coordinates,
            groups.stream().mapToInt(group -> group.factor().size()).toArray(), -1, whole, constant,
            !design.fixed().intercept() || !design.weights().equal());
        final MixedReader reader = reader();
        return MixedModel.of((asked, pass) -> source.fold(new MixedSums(asked, reader, pass.quiet()), pass), question,
            structures(), progress);
    }
}
