package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The criterion over visits. Every term is a trace of k x k matrices per pattern of visits: with S_jl the pooled
 * cross-products of [X y] at visits j and l, X'V^-1 X is sum_jl (V^-1)_jl S_jl, and all that the derivatives need of
 * the data is T_jl = trace(S_jl B) with the one matrix B of {@link MeanFit#form}. Each group has its own
 * parameters; theta holds those of the first group, then of the second and so on.
 */
public final class PatternLikelihood implements MarginalLikelihood {
    private final VisitPatterns data;
    private final CovarianceStructure structure;
    private final int groups;
    private final boolean reml;

    /**
     * @param data pooled data
     * @param structure covariance over all visits
     * @param groups number of sets of covariance parameters
     * @param reml whether the restricted likelihood is meant
     */
    public PatternLikelihood(final VisitPatterns data, final CovarianceStructure structure, final int groups,
        final boolean reml) {
        this.data = data;
        this.structure = structure;
        this.groups = groups;
        this.reml = reml;
    }

    @Override
    public int parameters() {
        return groups * structure.parameters();
    }

    @Override
    public double value(final double[] theta, final double[] gradient, final double[][] hessian) {
        final List<PatternAt> patterns = at(theta);
        if (patterns == null) {
            return Double.NaN;
        }
        final MeanFit fit = fit(patterns);
        if (fit == null) {
            return Double.NaN;
        }
        if (gradient != null || hessian != null) {
            derivatives(theta, patterns, fit, gradient, hessian);
        }
        return fit.value(reml, data.rows());
    }

    private void derivatives(final double[] theta, final List<PatternAt> patterns, final MeanFit fit,
        final double[] gradient, final double[][] hessian) {
        final int n = structure.dimension();
        final int perGroup = structure.parameters();
        final double[] form = fit.form(reml);
        final double[][] byV = new double[groups][n * n]; // df / dV, entry by entry
        if (hessian != null) {
            for (final double[] row : hessian) {
                Arrays.fill(row, 0);
            }
        }
        for (final PatternAt pattern : patterns) {
            pattern.project(form);
            pattern.addTo(byV[pattern.data.group()], n);
            if (hessian != null) {
                pattern.addCurvature(hessian, pattern.data.group() * perGroup);
            }
        }
        final double[] d = new double[n * n];
        for (int g = 0; g < groups; g++) {
            final int offset = g * perGroup;
            final CovariancePoint point = pointOf(theta, g);
            for (int r = 0; r < perGroup; r++) {
                if (gradient != null) {
                    point.first(r, d);
                    gradient[offset + r] = Matrices.dot(byV[g], d);
                }
                for (int s = 0; hessian != null && s <= r; s++) {
                    if (point.second(r, s, d)) {
                        hessian[offset + r][offset + s] += Matrices.dot(byV[g], d);
                    }
                    hessian[offset + s][offset + r] = hessian[offset + r][offset + s];
                }
            }
        }
        if (hessian != null) {
            new MeanDerivatives(fit, precisionDerivatives(patterns)).subtractFrom(hessian, reml);
        }
    }

    @Override
    public boolean expectedHessian(final double[] theta, final double[][] hessian) {
        for (final double[] row : hessian) {
            Arrays.fill(row, 0);
        }
        for (final PatternAt pattern : at(theta)) {
            pattern.addExpected(hessian, pattern.data.group() * structure.parameters());
        }
        for (int r = 0; r < hessian.length; r++) {
            for (int s = 0; s < r; s++) {
                hessian[s][r] = hessian[r][s];
            }
        }
        return true;
    }

    @Override
    public MeanPoint mean(final double[] theta) {
        final List<PatternAt> patterns = at(theta);
        return new MeanDerivatives(fit(patterns), precisionDerivatives(patterns)).point();
    }

    private MeanFit fit(final List<PatternAt> patterns) {
        final int width = data.columns() + 1;
        final double[] m = new double[width * width];
        double logDeterminant = 0;
        for (final PatternAt pattern : patterns) {
            logDeterminant += pattern.data.subjects() * pattern.logDeterminant;
            pattern.data.addWeighted(pattern.inverse, m);
        }
        return MeanFit.of(logDeterminant, m, data.columns());
    }

    @Override
    public double[][] kenwardRogerSum(final double[] theta, final double[][] w, final boolean secondDerivatives) {
        final int width = data.columns() + 1;
        final int n = structure.dimension();
        final int perGroup = structure.parameters();
        final double[][] secondSum = new double[groups][n * n]; // sum w_rs V_rs
        if (secondDerivatives) {
            final double[] d = new double[n * n];
            for (int g = 0; g < groups; g++) {
                final CovariancePoint point = pointOf(theta, g);
                for (int r = 0; r < perGroup; r++) {
                    for (int s = 0; s < perGroup; s++) {
                        if (point.second(r, s, d)) {
                            add(secondSum[g], w[g * perGroup + r][g * perGroup + s], d);
                        }
                    }
                }
            }
        }
        final double[] sum = new double[width * width];
        for (final PatternAt pattern : at(theta)) {
            final int g = pattern.data.group();
            pattern.data.addWeighted(pattern.kenwardRogerWeight(w, g * perGroup, secondSum[g], n), sum);
        }
        return MeanDerivatives.block(sum, data.columns());
    }

    /** M_r = -sum over patterns of [X y]'U_r[X y], for every parameter. */
    private double[][] precisionDerivatives(final List<PatternAt> patterns) {
        final int width = data.columns() + 1;
        final double[][] derivatives = new double[parameters()][width * width];
        for (final PatternAt pattern : patterns) {
            for (int r = 0; r < structure.parameters(); r++) {
                pattern.data.addWeighted(pattern.inverseDerivative(r),
                    derivatives[pattern.data.group() * structure.parameters() + r]);
            }
        }
        return derivatives;
    }

    private CovariancePoint pointOf(final double[] theta, final int group) {
        final int perGroup = structure.parameters();
        return structure.at(Arrays.copyOfRange(theta, group * perGroup, (group + 1) * perGroup));
    }

    /** The patterns with their matrices at theta; null if one is not positive definite. */
    private List<PatternAt> at(final double[] theta) {
        final int n = structure.dimension();
        final double[][] v = new double[groups][n * n];
        final double[][][] first = new double[groups][structure.parameters()][n * n];
        for (int g = 0; g < groups; g++) {
            final CovariancePoint point = pointOf(theta, g);
            point.value(v[g]);
            for (int r = 0; r < first[g].length; r++) {
                point.first(r, first[g][r]);
            }
        }
        final List<PatternAt> patterns = new ArrayList<>(data.count());
        for (final PatternData pattern : data.patterns()) {
            final PatternAt at = PatternAt.of(pattern, v[pattern.group()], first[pattern.group()], n);
            if (at == null) {
                return null;
            }
            patterns.add(at);
        }
        return patterns;
    }

    static void add(final double[] sum, final double weight, final double[] term) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * term[i];
        }
    }
}
