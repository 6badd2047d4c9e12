package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The relative covariance factors in which the correlation of two effects i and j of factor k has a given value rho: with
 * row i of Lambda (a, 0, 0 ..) and row j b (rho, sqrt(1 - rho^2), 0 ..) it has whatever a and b are, and Lambda is linear
 * in its parameters again. Under compound symmetry Lambda is a multiple of one matrix.
 */
final class CorrelationFamily {
    /** Least standard deviation of an effect in the family, relative to the estimate. */
    private static final double SMALLEST = 1e-6;

    private final MixedFit fit;
    private final int k;
    private final int q;
    /** The effects whose covariances are free together with that of i and j; i and j first. */
    private final int[] block;
    private final boolean exchangeable;
    private final RelativeFactors others;
    private final double[] forward;

    CorrelationFamily(final MixedFit fit, final int k, final int i, final int j) {
        this.fit = fit;
        this.k = k;
        final LinearStructure structure = fit.model().structures().get(k);
        q = structure.dimension();
        forward = fit.model().coordinates().effectsForward(k);
        final int[] blocks = StructureShape.unstructuredBlocks(structure);
        exchangeable = blocks[i] < 0 || blocks[i] != blocks[j];
        final List<Integer> members = new ArrayList<>(List.of(i, j));
        for (int c = 0; c < q; c++) {
            final boolean together = exchangeable ? StructureShape.linked(structure, i, c) : blocks[c] == blocks[i];
            if (c != i && c != j && together) {
                members.add(c);
            }
        }
        block = members.stream().mapToInt(Integer::intValue).toArray();
        final RelativeFactors all = fit.model().pls().factors();
        final boolean[] keep = new boolean[all.parameters()];
        for (int a = 0; a < keep.length; a++) {
            keep[a] = all.factor()[a] != k || !touches(structure.factorBasis()[a - first(all)]);
        }
        others = all.subset(keep);
    }

    private int first(final RelativeFactors all) {
        int a = 0;
        while (all.factor()[a] != k) {
            a++;
        }
        return a;
    }

    private boolean touches(final double[] basis) {
        for (final int c : block) {
            for (int d = 0; d < q; d++) {
                if (basis[c * q + d] != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The least correlation that the structure allows. */
    double least() {
        return exchangeable ? -1.0 / (block.length - 1) : -1;
    }

    /** The family for a value of the correlation: the parameters of the block first. */
    RelativeFactors factors(final double rho) {
        final List<double[]> matrices = own(rho);
        final int m = matrices.size() + others.parameters();
        final int[] factor = new int[m];
        final double[][] basis = new double[m][];
        for (int a = 0; a < m; a++) {
            final boolean own = a < matrices.size();
            factor[a] = own ? k : others.factor()[a - matrices.size()];
            basis[a] = own ? SmallMatrix.multiply(forward, matrices.get(a), q)
                : others.basis()[a - matrices.size()];
        }
        return new RelativeFactors(others.effects(), factor, basis);
    }

    /** The matrices E_a in the units of the rows. */
    private List<double[]> own(final double rho) {
        final List<double[]> matrices = new ArrayList<>();
        if (exchangeable) {
            matrices.add(exchangeableFactor(rho));
            return matrices;
        }
        for (int r = 0; r < block.length; r++) {
            for (int c = 0; c <= r; c++) {
                final double[] e = new double[q * q];
                e[block[r] * q + block[c]] = 1;
                if (r == 1) {
                    e[block[1] * q + block[0]] = rho;
                    e[block[1] * q + block[1]] = Math.sqrt(1 - rho * rho);
                    c++; // one parameter for the whole row
                }
                matrices.add(e);
            }
        }
        return matrices;
    }

    private double[] exchangeableFactor(final double rho) {
        final int b = block.length;
        final double low = Math.sqrt(Math.max(0, 1 - rho));
        final double high = Math.sqrt(Math.max(0, 1 + (b - 1) * rho));
        final double[] e = new double[q * q];
        for (final int r : block) {
            for (final int c : block) {
                e[r * q + c] = (r == c ? low : 0) + (high - low) / b;
            }
        }
        return e;
    }

    /**
     * Lower bounds of the parameters for a start: a and b keep their sign, for the correlation is -rho where they differ
     * in it. Slightly above 0, where the criterion would be stationary.
     */
    double[] lower(final double[] start) {
        final double[] lower = new double[start.length];
        Arrays.fill(lower, Double.NEGATIVE_INFINITY);
        for (int a = 0; a < 2 && !exchangeable; a++) {
            lower[a] = SMALLEST * start[a];
        }
        return lower;
    }

    /** Parameters near a point of the full model whose correlation is that of the family. */
    double[] start(final double[] theta, final double rho) {
        final RelativeFactors all = fit.model().pls().factors();
        final double[][] d = fit.covariance(k);
        final List<Double> start = new ArrayList<>();
        if (exchangeable) {
            start.add(Math.sqrt(d[block[0]][block[0]] / fit.scaledSigma2()));
        } else {
            final int b = block.length;
            final double[] l = new double[b * b];
            for (int r = 0; r < b; r++) {
                for (int c = 0; c < b; c++) {
                    l[r * b + c] = d[block[r]][block[c]] / fit.scaledSigma2() * (r == c ? 1 + 1e-8 : 1);
                }
            }
            Cholesky.factor(l, b);
            for (int r = 0; r < b; r++) {
                for (int c = 0; c <= r; c++) {
                    start.add(r == 1 ? Math.hypot(l[b], l[b + 1]) : l[r * b + c]);
                    c += r == 1 ? 1 : 0;
                }
            }
        }
        final LinearStructure structure = fit.model().structures().get(k);
        for (int a = 0; a < theta.length; a++) {
            if (all.factor()[a] != k || !touches(structure.factorBasis()[a - first(all)])) {
                start.add(theta[a]);
            }
        }
        return start.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
