package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.inference.Clusters;

/**
 * The groups as clusters, by their sizes and means alone: with V = tau2 (I + sigma2 / tau2 J) of a group of n rows, or
 * with weights of their sum n, 1'V^-1 1 = n / (tau2 + n sigma2) and 1'V^-1 (y - mu) is that times the deviation of its
 * mean.
 *
 * @param data the groups
 * @param anova deviations of their means
 * @param classes which say the unit of the estimates
 * @param estimates sigma2, tau2 and mu
 * @param grouping name of the grouping column
 * @param groups numbers of those that have rows
 */
record GroupClusters(GroupedData data, AnovaTable anova, SizeClasses classes, VarianceEstimates estimates,
    String grouping, int[] groups) implements Clusters {
    @Override
    public int size() {
        return groups.length;
    }

    /** The products of the residuals themselves, which no sandwich needs, are left out. */
    @Override
    public Reader reader() {
        return (cluster, products) -> {
            final int group = groups[cluster];
            final double n = data.statistics().size(group);
            products[0] = n / (estimates.tau2() + n * estimates.sigma2());
            products[1] = products[0] * (anova.deviation(group) / classes.unit() - estimates.mean());
            products[2] = products[1];
        };
    }

    @Override
    public String name(final int cluster) {
        return data.levels().get(groups[cluster]);
    }
}
