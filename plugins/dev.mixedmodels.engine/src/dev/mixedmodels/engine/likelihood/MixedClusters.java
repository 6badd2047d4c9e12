package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.inference.Clusters;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Units of a fitted model as clusters, in the coordinates of its estimates: with c the response's scale
 * there, [X / c, e] = [X y] A, A = [I / c, -beta; 0, 1].
 */
public final class MixedClusters implements Clusters {
    private final String grouping;
    private final int size;
    private final IntFunction<String> names;
    private final Supplier<UnitProducts> source;
    private final double scale;
    private final double[] change;
    private final int p1;

    /**
     * @param grouping name of what the clusters are levels of
     * @param size number of clusters
     * @param names of the clusters
     * @param source their cross-products at the estimates
     * @param scale what V is to be multiplied by
     * @param beta estimates in the columns of the likelihood, length p
     * @param unit what the response was divided by
     */
    MixedClusters(final String grouping, final int size, final IntFunction<String> names,
        final Supplier<UnitProducts> source, final double scale, final double[] beta, final double unit) {
        this.grouping = grouping;
        this.size = size;
        this.names = names;
        this.source = source;
        this.scale = scale;
        final int p = beta.length;
        p1 = p + 1;
        change = new double[p1 * p1];
        for (int i = 0; i < p; i++) {
            change[i * p1 + i] = 1 / unit;
            change[i * p1 + p] = -beta[i];
        }
        change[p1 * p1 - 1] = 1;
    }

    /**
     * Subjects with the rows of a likelihood's shares.
     *
     * @param grouping name of the subject column
     * @param names of the subjects
     * @param part the rows of some subjects, from the first number to before the second
     * @param size number of subjects
     * @param factor F, q x q, D = s F F'
     * @param eta residual parameters
     * @param scale s
     * @param beta estimates in the columns of the likelihood, length p
     * @param unit what the response was divided by
     * @return the subjects as clusters
     */
    public static MixedClusters of(final String grouping, final IntFunction<String> names, final HeldSeries.Part part,
        final int size, final double[] factor, final double[] eta, final double scale, final double[] beta,
        final double unit) {
        return new MixedClusters(grouping, size, names, () -> new SeriesProducts(part, size, factor, eta), scale, beta,
            unit);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String name(final int cluster) {
        return names.apply(cluster);
    }

    @Override
    public String grouping() {
        return grouping;
    }

    @Override
    public Reader reader() {
        final UnitProducts products = source.get();
        final double[] square = new double[p1 * p1];
        return (cluster, result) -> {
            products.read(cluster, square);
            final double[] half = SmallMatrix.multiply(square, change, p1);
            Arrays.fill(result, 0);
            for (int i = 0; i < p1; i++) {
                for (int j = 0; j < p1; j++) {
                    for (int k = 0; k < p1; k++) {
                        result[i * p1 + j] += change[k * p1 + i] * half[k * p1 + j] / scale;
                    }
                }
            }
        };
    }
}
