package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import java.util.List;

/**
 * Kenward and Roger's cross-products with several grouping factors, from the full matrix W = Z'V^-1 Z of each connected
 * set of units. With X* = Z'V^-1 X, F_k the derivative of G by parameter k and I the derivative by the residual variance:
 * V^-1 I V^-1 = V^-1 - V^-1 Z G Z' V^-1, so that everything follows from X*, W and X'V^-1 X.
 */
final class DenseCrossProducts {
    /** Largest number of random effects that are linked to one another. */
    static final int LIMIT = 3000;

    private final int rows;
    private final double[][] lambda;
    private final double[][][] basis;
    private final int[] owner;
    private final int p;
    private final int n;
    private final CovarianceCrossProducts sums;
    private final double[][] g;
    /** trace(G W), trace(F_k W), trace(G W G W) and trace(F_k W G W). */
    private double gw;
    private double gwgw;
    private final double[] fw;
    private final double[] fwgw;

    private DenseCrossProducts(final BlockedCrossProducts data, final double[][] lambda, final double[][][] basis) {
        rows = data.rows();
        this.lambda = lambda;
        p = data.fixedEffects();
        int count = 0;
        for (final double[][] matrices : basis) {
            count += matrices.length;
        }
        this.basis = basis;
        n = count + 1;
        owner = new int[count];
        int at = 0;
        g = new double[lambda.length][];
        for (int k = 0; k < lambda.length; k++) {
            for (int e = 0; e < basis[k].length; e++) {
                owner[at++] = k;
            }
            g[k] = SmallMatrix.multiplyTransposed(lambda[k], lambda[k], data.effects()[k]);
        }
        sums = new CovarianceCrossProducts(new double[n][p][p], new double[n][n][p][p], new double[n][n]);
        fw = new double[count];
        fwgw = new double[count];
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
        final DenseCrossProducts products = new DenseCrossProducts(data, lambda, basis);
        for (final int[] set : sets) {
            progress.check();
            products.add(new ConnectedSet(data, graph, set, lambda, progress));
        }
        return products.finish(solution);
    }

    private double[] matrix(final int parameter) {
        int first = 0;
        while (owner[first] != owner[parameter]) {
            first++;
        }
        return basis[owner[parameter]][parameter - first];
    }

    private void add(final ConnectedSet set) {
        final double[][][] f = new double[n - 1][][]; // F_k X*
        final double[][][] wf = new double[n - 1][][];
        for (int k = 0; k < n - 1; k++) {
            f[k] = set.times(owner[k], matrix(k), set.fixed());
            wf[k] = set.cross(f[k]);
        }
        final double[][] gx = new double[set.size()][p]; // G X*
        for (int k = 0; k < lambda.length; k++) {
            addTo(gx, set.times(k, g[k], set.fixed()), 1);
        }
        final double[][] rest = Matrices.copy(set.fixed()); // Z'V^-1 I V^-1 X = X* - W G X*
        addTo(rest, set.cross(gx), -1);
        final int m = n - 1;
        for (int k = 0; k < m; k++) {
            accumulate(sums.p()[k], set.fixed(), f[k], 1);
            for (int l = 0; l < m; l++) {
                accumulate(sums.q()[k][l], f[k], wf[l], 1);
                sums.traces()[k][l] += set.trace(owner[k], matrix(k), owner[l], matrix(l));
            }
            accumulate(sums.q()[k][m], f[k], rest, 1);
            accumulate(sums.q()[m][k], rest, f[k], 1);
            fw[k] += set.trace(owner[k], matrix(k));
            for (int l = 0; l < lambda.length; l++) {
                fwgw[k] += set.trace(owner[k], matrix(k), l, g[l]);
            }
        }
        accumulate(sums.p()[m], set.fixed(), gx, -1);
        accumulate(sums.q()[m][m], set.fixed(), gx, -1);
        accumulate(sums.q()[m][m], rest, gx, -1);
        for (int k = 0; k < lambda.length; k++) {
            gw += set.trace(k, g[k]);
            for (int l = 0; l < lambda.length; l++) {
                gwgw += set.trace(k, g[k], l, g[l]);
            }
        }
    }

    private static void addTo(final double[][] sum, final double[][] x, final double factor) {
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum[i].length; j++) {
                sum[i][j] += factor * x[i][j];
            }
        }
    }

    /** sum += factor a'b. */
    private static void accumulate(final double[][] sum, final double[][] a, final double[][] b, final double factor) {
        addTo(sum, Matrices.multiply(Matrices.transpose(a), b), factor);
    }

    /** The parts of the residual variance that are no sums over sets. */
    private CovarianceCrossProducts finish(final MeanFit solution) {
        final int m = n - 1;
        final double[][] c = Matrices.inversePositiveDefinite(Matrices.square(solution.phi(), p));
        addTo(sums.p()[m], c, 1);
        addTo(sums.q()[m][m], c, 1);
        for (int k = 0; k < m; k++) {
            // V^-1 I V^-1 between Z' and Z is W - W G W
            sums.traces()[k][m] = fw[k] - fwgw[k];
            sums.traces()[m][k] = sums.traces()[k][m];
        }
        sums.traces()[m][m] = rows - 2 * gw + gwgw;
        return sums;
    }
}
