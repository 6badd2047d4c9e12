package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.Likelihood;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the likelihood of y = X beta + sum_k Z_k b_k + e, e ~ N(0, sigma2 I), needs of the rows: after one pass over
 * these an evaluation costs nothing per row.
 */
interface EffectStatistics {
    /**
     * @return N, the number of rows
     */
    int rows();

    /**
     * @param reml restricted or full maximum likelihood
     * @param progress asked before each evaluation whether to go on
     * @return the likelihood, to be used by one thread; the work inside is spread over all cores with results that do
     *         not depend on their number
     */
    Likelihood likelihood(boolean reml, Progress progress);

    /**
     * @param minimum of that likelihood
     * @param reml restricted or full maximum likelihood
     * @return mean, derivatives and predictions there; null if it does not exist
     */
    MixedPoint at(Minimum minimum, boolean reml);

    /**
     * @param k index of a factor
     * @return rows of each of its units
     */
    int[] counts(int k);

    /**
     * @param inner index of a factor
     * @param outer index of a factor
     * @return whether every unit of the first lies within one unit of the second
     */
    boolean nested(int inner, int outer);

    /**
     * @param k index of a factor
     * @param unit one of its units
     * @param zz receives its Z'Z, q x q row-major
     * @param zxy receives its Z'[X y], q x (p + 1) row-major
     */
    void unitProducts(int k, int unit, double[] zz, double[] zxy);

    /**
     * @param unit a unit of the outermost factor, whose cross-products are kept
     * @return the statistics without its rows
     */
    EffectStatistics without(int unit);

    /**
     * @param rows the rows
     * @param groupings their grouping factors
     * @return for each thread what gives the statistics of the same rows with another response
     */
    Supplier<Function<double[], EffectStatistics>> responses(ModelRows rows, List<Grouping> groupings);
}
