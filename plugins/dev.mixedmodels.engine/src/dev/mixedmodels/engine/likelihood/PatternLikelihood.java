package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The criterion over visits. Every term is a trace of k x k matrices per pattern of visits: with S_jl the pooled
 * cross-products of [X y] at visits j and l, X'V^-1 X is sum_jl (V^-1)_jl S_jl, and all that the derivatives need of
 * the data is T_jl = trace(S_jl B) with the one matrix B of {@link MeanFit#form}. Each group has its own
 * parameters; theta holds those of the first group, then of the second and so on.
 *
 * @param data pooled data
 * @param structure covariance over all visits
 * @param groups number of sets of covariance parameters
 * @param reml whether the restricted likelihood is meant
 */
public record PatternLikelihood(VisitPatterns data, CovarianceStructure structure, int groups,
    boolean reml) implements MarginalLikelihood {
    @Override
    public double[] bounds(final int sign) {
        final double[] bounds = new double[parameters()];
        for (int k = 0; k < bounds.length; k++) {
            bounds[k] = sign < 0 ? structure.lower(k % structure.parameters())
                : structure.upper(k % structure.parameters());
        }
        return bounds;
    }

    @Override
    public int parameters() {
        return groups * structure.parameters();
    }

    @Override
    public MarginalPoint at(final double[] theta) {
        final int n = structure.dimension();
        final int perGroup = structure.parameters();
        final CovariancePoint[] points = new CovariancePoint[groups];
        final double[][] v = new double[groups][n * n];
        final double[][][] first = new double[groups][perGroup][n * n];
        for (int g = 0; g < groups; g++) {
            points[g] = structure.at(Arrays.copyOfRange(theta, g * perGroup, (g + 1) * perGroup));
            points[g].value(v[g]);
            for (int r = 0; r < perGroup; r++) {
                points[g].first(r, first[g][r]);
            }
        }
        final List<PatternAt> patterns = new ArrayList<>(data.count());
        final int width = data.columns() + 1;
        final double[] m = new double[width * width];
        double logDeterminant = 0;
        for (final PatternData pattern : data.patterns()) {
            final PatternAt at = PatternAt.of(pattern, v[pattern.group()], first[pattern.group()], n);
            if (at == null) {
                return null;
            }
            patterns.add(at);
            logDeterminant += pattern.subjects() * at.logDeterminant;
            pattern.addWeighted(at.inverse, m);
        }
        final MeanFit fit = MeanFit.of(logDeterminant, m, data.columns());
        return fit == null ? null : new PatternPoint(data, structure, points, patterns, fit, reml);
    }
}
