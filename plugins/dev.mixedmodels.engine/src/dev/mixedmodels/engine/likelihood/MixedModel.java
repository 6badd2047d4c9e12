package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.List;

/**
 * A linear mixed model with independent residuals and its data, ready to be fitted:
 * y = X beta + sum_k Z_k b_k + e, b_k ~ N(0, D_k) for every unit of grouping factor k, e ~ N(0, sigma2 I).
 */
public final class MixedModel {
    private final Coordinates coordinates;
    private final List<Grouping> groupings;
    private final List<LinearStructure> structures;
    private final PenalisedLeastSquares pls;

    private MixedModel(final Coordinates coordinates, final List<Grouping> groupings,
        final List<LinearStructure> structures, final PenalisedLeastSquares pls) {
        this.coordinates = coordinates;
        this.groupings = groupings;
        this.structures = structures;
        this.pls = pls;
    }

    /**
     * Reads the rows twice, once for shifts and scales and once for the statistics.
     *
     * @param rows the rows; X of full column rank
     * @param groupings the grouping factors, in the order of the effects of {@code rows}; each once
     * @param structures the covariance structure of each factor's effects
     * @param progress to learn of cancellation
     * @return the model
     */
    public static MixedModel of(final ModelRows rows, final List<Grouping> groupings,
        final List<LinearStructure> structures, final Progress progress) {
        final Coordinates coordinates = Coordinates.of(rows, structures, progress);
        final RelativeFactors factors = coordinates.factors(structures);
        final PenalisedLeastSquares pls = groupings.size() > 1
            ? new BlockedPls(BlockedCrossProducts.of(coordinates.rows(), groupings, progress), factors)
            : new GroupedPls(
            GroupReduction.of(coordinates.rows(), groupings.get(0), progress), factors);
        return new MixedModel(coordinates, groupings, structures, pls);
    }

    /**
     * @param other covariance structures of the same effects, for instance with some left out
     * @return the model with these and the same data, without reading the rows again
     */
    public MixedModel with(final List<LinearStructure> other) {
        return new MixedModel(coordinates, groupings, other, pls.with(coordinates.factors(other)));
    }

    /**
     * @return N, the number of rows
     */
    public int rows() {
        return pls.rows();
    }

    /**
     * @return number of random effects in the dense core of the Cholesky factor; 0 if units can be eliminated one by one
     */
    public int denseCore() {
        return pls instanceof BlockedPls blocked ? blocked.coreSize() : 0;
    }

    /**
     * @return the grouping factors
     */
    public List<Grouping> groupings() {
        return groupings;
    }

    /**
     * @return the covariance structure of each factor's effects
     */
    public List<LinearStructure> structures() {
        return structures;
    }

    Coordinates coordinates() {
        return coordinates;
    }

    PenalisedLeastSquares pls() {
        return pls;
    }
}
