package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.fit.CovarianceModel;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.WithinResidual;
import java.util.List;

/**
 * A linear mixed model with independent residuals and its data, ready to be fitted:
 * y = X beta + sum_k Z_k b_k + e, b_k ~ N(0, D_k) for every unit of grouping factor k, e ~ N(0, sigma2 I); with weights
 * w of the rows e ~ N(0, sigma2 diag(1 / w)), where the criterion is that of the rows times the roots of their weights,
 * so that sum log w is to be subtracted.
 */
public final class MixedModel {
    /** Goes over the rows of a model. */
    @FunctionalInterface
    interface Pass {
        /**
         * @param question what is gathered
         * @param progress of the pass
         * @return the sums over all rows
         */
        MixedSums over(MixedSums.Question question, Progress progress);
    }

    private final Pass pass;
    private final MixedSums.Question question;
    private final List<LinearStructure> structures;
    private final EffectStatistics statistics;
    private final WithinResidual within;
    private final RowFacts facts;

    private MixedModel(final Pass pass, final MixedSums.Question question, final List<LinearStructure> structures,
        final EffectStatistics statistics, final WithinResidual within, final RowFacts facts) {
        this.pass = pass;
        this.question = question;
        this.structures = structures;
        this.statistics = statistics;
        this.within = within;
        this.facts = facts;
    }

    /**
     * Goes over the rows once; once more where a single factor's units vary so much more than the rows within them that
     * the rest would drown in the rounding of cross-products, without what the fixed effects explain within units.
     *
     * @param pass goes over the rows
     * @param question what is gathered
     * @param structures the covariance structure of each factor's effects
     * @param progress of the passes
     * @return the model
     */
    static MixedModel of(final Pass pass, final MixedSums.Question question, final List<LinearStructure> structures,
        final Progress progress) {
        final MixedSums sums = pass.over(question, progress.sub(0, question.oneFactor() ? 0.5 : 1));
        if (!question.oneFactor()) {
            return new MixedModel(pass, question, structures, new BlockedStatistics(sums.products()), null,
                sums.facts());
        }
        GroupedStatistics statistics = GroupedStatistics.of(sums.reduction(), question);
        WithinResidual within = WithinResidual.of(statistics.data());
        MixedSums.Question asked = question;
        if (within.cancels()) {
            asked = question.with(question.coordinates().without(within.coefficients()));
            statistics = GroupedStatistics.of(pass.over(asked, progress.sub(0.5, 1)).reduction(), asked);
            within = WithinResidual.of(statistics.data());
        }
        return new MixedModel(pass, asked, structures, statistics, within, sums.facts());
    }

    /**
     * @param other covariance structures of the same effects, for instance with some left out
     * @return the model with these and the same data, without reading the rows again
     */
    public MixedModel with(final List<LinearStructure> other) {
        return new MixedModel(pass, question, other, statistics, within, facts);
    }

    /**
     * @return N, the number of rows
     */
    public int rows() {
        return statistics.rows();
    }

    /**
     * What is left of the response within units when their effects and the fixed effects are free; one of several
     * factors wants a pass over the rows.
     *
     * @param k index of a grouping factor
     * @param progress of the pass
     * @return mean square; NaN if nothing can be left
     */
    public double meanSquareWithin(final int k, final Progress progress) {
        final WithinResidual own =
            within != null ? within : WithinResidual.of(pass.over(question.only(k), progress).reduction());
        final double c = coordinates().responseScale();
        return own.df() > 0 ? own.sumOfSquares() / own.df() * c * c : Double.NaN;
    }

    /**
     * @return what was seen of the columns of Z
     */
    public RowFacts facts() {
        return facts;
    }

    /**
     * @param k index of a grouping factor
     * @return rows of each of its units
     */
    public int[] counts(final int k) {
        return statistics.counts(k);
    }

    /**
     * @return number of grouping factors
     */
    public int factors() {
        return question.levels().length;
    }

    /**
     * @param k index of a grouping factor
     * @return number of its units
     */
    public int levels(final int k) {
        return question.levels()[k];
    }

    /**
     * @param inner index of a grouping factor
     * @param outer index of a grouping factor
     * @return whether every unit of the first lies within one unit of the second
     */
    public boolean nested(final int inner, final int outer) {
        return statistics.nested(inner, outer);
    }

    /**
     * @return index of the grouping factor with fewest units: that within whose units those of all others lie, if any
     *             is
     */
    public int outermost() {
        return question.outermost();
    }

    /**
     * @return cross-products of the rows of several grouping factors, in the coordinates; null with a single one
     */
    public BlockedCrossProducts products() {
        return statistics instanceof BlockedStatistics blocked ? blocked.data : null;
    }

    /**
     * @return reduced rows of a single grouping factor, in the coordinates; null with several
     */
    public GroupReduction reduction() {
        return statistics instanceof GroupedStatistics grouped ? grouped.data() : null;
    }

    /**
     * @return the covariance structure of each factor's effects
     */
    public List<LinearStructure> structures() {
        return structures;
    }

    /**
     * @param intercepts for each grouping factor the index of its intercept among its effects
     * @param mean whether all fixed effects stay; else the first alone, which is the constant
     * @return the model of the same rows with random intercepts only
     */
    public MixedModel interceptsOnly(final int[] intercepts, final boolean mean) {
        return InterceptsOnly.of(this, intercepts, mean);
    }

    MixedModel with(final Coordinates other, final List<LinearStructure> otherStructures,
        final EffectStatistics otherStatistics) {
        return new MixedModel(pass, question.with(other), otherStructures, otherStatistics, null, facts);
    }

    /** The same with other statistics of the rows, as of another response. */
    MixedModel with(final EffectStatistics other) {
        return new MixedModel(pass, question, structures, other, within, facts);
    }

    /**
     * Products of the rows of a unit, in the coordinates.
     *
     * @param k index of a grouping factor
     * @param unit one of its units
     * @param zz receives Z'Z, q x q row-major
     * @param zxy receives Z'[X y], q x (p + 1) row-major
     */
    public void unitProducts(final int k, final int unit, final double[] zz, final double[] zxy) {
        statistics.unitProducts(k, unit, zz, zxy);
    }

    /**
     * @return the coordinates that the model is computed in
     */
    public Coordinates coordinates() {
        return question.coordinates();
    }

    EffectStatistics statistics() {
        return statistics;
    }

    /** The effects of all factors as those of one, F being block diagonal. */
    CovarianceModel covariance() {
        return new CovarianceModel(coordinates().random(structures), ResidualModel.independent());
    }
}
