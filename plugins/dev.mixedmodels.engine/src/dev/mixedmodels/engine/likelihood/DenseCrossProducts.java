package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Kenward and Roger's cross-products with several grouping factors, from the full matrix W = Z'V^-1 Z of each connected
 * set of units: with X* = Z'V^-1 X and F_k the derivative of G by parameter k, X'V^-1 V_k V^-1 V_l V^-1 X is
 * X*'F_k W F_l X*.
 */
final class DenseCrossProducts {
    /** Largest number of random effects that are linked to one another. */
    static final int LIMIT = 3000;

    private final double[][][] basis;
    private final int[] owner;
    private final int p;
    private final CovarianceCrossProducts sums;
    /** trace(F_k W). */
    private final double[] fw;

    private DenseCrossProducts(final int fixedEffects, final double[][][] basis) {
        this.basis = basis;
        p = fixedEffects;
        owner = IntStream.range(0, basis.length).flatMap(k -> IntStream.generate(() -> k).limit(basis[k].length))
            .toArray();
        final int n = owner.length + 1;
        sums = new CovarianceCrossProducts(new double[n][p][p], new double[n][n][p][p], new double[n][n]);
        fw = new double[owner.length];
    }

    static CovarianceCrossProducts of(final BlockedCrossProducts data, final double[][] lambda,
        final MeanFit solution, final double[][][] basis, final Progress progress) {
        final UnitGraph graph = UnitGraph.of(data);
        final List<int[]> sets = ConnectedUnits.of(graph);
        for (final int[] set : sets) {
            int size = 0;
            for (final int node : set) {
                size += data.effects()[graph.factor(node)];
            }
            if (size > LIMIT) {
                throw new ModelException("Kenward-Roger is not computed for this model: " + size + " random effects are"
                    + " linked to one another, and the limit is " + LIMIT + " because the work grows with their cube."
                    + " Choose Satterthwaite degrees of freedom, which differ little with so many units.");
            }
        }
        final DenseCrossProducts products = new DenseCrossProducts(data.fixedEffects(), basis);
        for (final int[] set : sets) {
            progress.check();
            products.add(new ConnectedSet(data, graph, set, lambda, progress));
        }
        return products.finish(solution, data.rows());
    }

    private double[] matrix(final int parameter) {
        int first = 0;
        while (owner[first] != owner[parameter]) {
            first++;
        }
        return basis[owner[parameter]][parameter - first];
    }

    private void add(final ConnectedSet set) {
        final int m = owner.length;
        final double[][][] f = new double[m][][]; // F_k X*
        final double[][][] wf = new double[m][][];
        for (int k = 0; k < m; k++) {
            f[k] = set.times(owner[k], matrix(k), set.fixed());
            wf[k] = set.cross(f[k]);
        }
        for (int k = 0; k < m; k++) {
            accumulate(sums.p()[k], set.fixed(), f[k], -1);
            for (int l = 0; l < m; l++) {
                accumulate(sums.q()[k][l], f[k], wf[l], 1);
                sums.traces()[k][l] += set.trace(owner[k], matrix(k), owner[l], matrix(l));
            }
            fw[k] += set.trace(owner[k], matrix(k));
        }
    }

    /** sum += factor a'b. */
    private static void accumulate(final double[][] sum, final double[][] a, final double[][] b, final double factor) {
        final double[][] product = Matrices.multiply(Matrices.transpose(a), b);
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[i][j] += factor * product[i][j];
            }
        }
    }

    /** The derivative by log s is V itself. */
    private CovarianceCrossProducts finish(final MeanFit solution, final int rows) {
        final int s = owner.length;
        final double[][] c = Matrices.inversePositiveDefinite(Matrices.square(solution.phi(), p));
        sums.p()[s] = Matrices.scaled(c, -1);
        sums.q()[s][s] = c;
        sums.traces()[s][s] = rows;
        for (int k = 0; k < s; k++) {
            sums.q()[k][s] = Matrices.scaled(sums.p()[k], -1);
            sums.q()[s][k] = sums.q()[k][s];
            sums.traces()[k][s] = fw[k];
            sums.traces()[s][k] = fw[k];
        }
        return sums;
    }
}
