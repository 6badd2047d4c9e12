package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import dev.mixedmodels.engine.statistics.WithinResidual;
import java.util.List;

/**
 * A linear mixed model with independent residuals and its data, ready to be fitted:
 * y = X beta + sum_k Z_k b_k + e, b_k ~ N(0, D_k) for every unit of grouping factor k, e ~ N(0, sigma2 I); with weights
 * w of the rows e ~ N(0, sigma2 diag(1 / w)), where the criterion is that of the rows times the roots of their weights,
 * so that sum log w is to be subtracted.
 */
public final class MixedModel {
    /** So many times the rest may be explained before rounding of the one shows in the other. */
    private static final double HARMLESS = 10;

    private final Coordinates coordinates;
    private final List<Grouping> groupings;
    private final List<LinearStructure> structures;
    private final EffectStatistics statistics;
    private final WithinResidual within;

    private MixedModel(final Coordinates coordinates, final List<Grouping> groupings,
        final List<LinearStructure> structures, final EffectStatistics statistics, final WithinResidual within) {
        this.coordinates = coordinates;
        this.groupings = groupings;
        this.structures = structures;
        this.statistics = statistics;
        this.within = within;
    }

    /**
     * Reads the rows twice, once for shifts and scales and once for the statistics; once more where the fixed effects
     * explain so much that the rest would drown in the rounding of cross-products, without what they explain.
     *
     * @param rows the rows; X of full column rank
     * @param groupings the grouping factors, in the order of the effects of {@code rows}; each once
     * @param structures the covariance structure of each factor's effects
     * @param progress to learn of cancellation
     * @return the model
     */
    public static MixedModel of(final ModelRows rows, final List<Grouping> groupings,
        final List<LinearStructure> structures, final Progress progress) {
        Coordinates coordinates = Coordinates.of(rows, structures, progress);
        if (groupings.size() > 1) {
            BlockedCrossProducts data = BlockedCrossProducts.of(coordinates.rows(), groupings, progress);
            final MeanFit fit = dominant(data.cross().clone(), data.fixedEffects());
            if (fit != null) {
                coordinates = coordinates.without(fit.beta(), Math.sqrt(fit.r2() / data.rows()));
                data = BlockedCrossProducts.of(coordinates.rows(), groupings, progress);
            }
            return new MixedModel(coordinates, groupings, structures,
                new BlockedStatistics(data), null);
        }
        GroupReduction data = GroupReduction.of(coordinates.rows(), groupings.get(0), progress);
        final MeanFit fit = dominant(data.crossProducts(), data.fixedEffects());
        if (fit != null) {
            coordinates = coordinates.without(fit.beta(), Math.sqrt(fit.r2() / data.rows()));
            data = GroupReduction.of(coordinates.rows(), groupings.get(0), progress);
        }
        WithinResidual within = WithinResidual.of(data);
        if (within.cancels()) {
            coordinates = coordinates.without(within.coefficients(), 1);
            data = GroupReduction.of(coordinates.rows(), groupings.get(0), progress);
            within = WithinResidual.of(data);
        }
        return new MixedModel(coordinates, groupings, structures,
            new GroupedStatistics(data), within);
    }

    /** Ordinary least squares if they explain so much that rounding of it shows in the rest; else null. */
    private static MeanFit dominant(final double[] cross, final int p) {
        final double total = cross[cross.length - 1];
        final MeanFit ols = MeanFit.of(0, cross, p);
        return ols != null && total > HARMLESS * ols.r2() ? ols : null;
    }

    /**
     * @param other covariance structures of the same effects, for instance with some left out
     * @return the model with these and the same data, without reading the rows again
     */
    public MixedModel with(final List<LinearStructure> other) {
        return new MixedModel(coordinates, groupings, other, statistics, within);
    }

    /**
     * @return N, the number of rows
     */
    public int rows() {
        return statistics.rows();
    }

    /**
     * What is left of the response within units when their effects and the fixed effects are free.
     *
     * @param k index of a grouping factor
     * @param progress to learn of cancellation
     * @return mean square; NaN if nothing can be left
     */
    public double meanSquareWithin(final int k, final Progress progress) {
        final WithinResidual own = within != null ? within
            : WithinResidual.of(GroupReduction.of(ofFactor(k), groupings.get(k), progress));
        final double c = coordinates.responseScale();
        return own.df() > 0 ? own.sumOfSquares() / own.df() * c * c : Double.NaN;
    }

    /** The rows with the effects of one factor only. */
    private ModelRows ofFactor(final int k) {
        final ModelRows rows = coordinates.rows();
        final int p1 = rows.fixedEffects() + 1;
        final int q = rows.randomEffects()[k];
        int first = p1;
        for (int l = 0; l < k; l++) {
            first += rows.randomEffects()[l];
        }
        final int from = first;
        return new ModelRows() {
            @Override
            public int size() {
                return rows.size();
            }

            @Override
            public int fixedEffects() {
                return p1 - 1;
            }

            @Override
            public int[] randomEffects() {
                return new int[] {q};
            }

            @Override
            public void row(final int row, final double[] values) {
                final double[] all = new double[rows.width()];
                rows.row(row, all);
                System.arraycopy(all, 0, values, 0, p1);
                System.arraycopy(all, from, values, p1, q);
            }
        };
    }

    /**
     * @return number of random effects in the dense core of the Cholesky factor; 0 if units can be eliminated one by
     *         one
     */
    public int denseCore() {
        return statistics instanceof BlockedStatistics blocked ? blocked.coreSize() : 0;
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

    /** The same with other statistics of the rows, as of another response. */
    MixedModel with(final EffectStatistics other) {
        return new MixedModel(coordinates, groupings, structures, other, within);
    }

    Coordinates coordinates() {
        return coordinates;
    }

    EffectStatistics statistics() {
        return statistics;
    }

    /** The effects of all factors as those of one, F being block diagonal. */
    CovarianceModel covariance() {
        return new CovarianceModel(coordinates.random(structures), ResidualModel.independent());
    }
}
