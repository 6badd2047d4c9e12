package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.numeric.Matrices;
import java.util.List;

/** A {@link PatternLikelihood} at one theta. */
final class PatternPoint implements MarginalPoint {
    private final VisitPatterns data;
    private final int n;
    private final int perGroup;
    private final CovariancePoint[] points;
    private final List<PatternAt> patterns;
    private final MeanFit fit;
    private final boolean reml;
    /** df / dV by group, entry by entry. */
    private final double[][] byV;

    /**
     * @param data the rows
     * @param structure of V
     * @param points the structure of each group at theta
     * @param patterns V of each pattern, not yet projected
     * @param fit the mean
     * @param reml restricted likelihood
     */
    PatternPoint(final VisitPatterns data, final CovarianceStructure structure, final CovariancePoint[] points,
        final List<PatternAt> patterns, final MeanFit fit, final boolean reml) {
        this.data = data;
        n = structure.dimension();
        perGroup = structure.parameters();
        this.points = points;
        this.patterns = patterns;
        this.fit = fit;
        this.reml = reml;
        byV = new double[points.length][];
    }

    private int parameters() {
        return points.length * perGroup;
    }

    @Override
    public double value() {
        return fit.value(reml, data.rows());
    }

    /** Projects the patterns when derivatives are first asked for. */
    private double[] byV(final int group) {
        if (byV[group] == null) {
            final double[] form = fit.form(reml);
            byV[group] = new double[n * n];
            for (final PatternAt pattern : patterns) {
                if (pattern.data.group() == group) {
                    pattern.project(form);
                    pattern.addTo(byV[group], n);
                }
            }
        }
        return byV[group];
    }

    @Override
    public double[] gradient() {
        final double[] gradient = new double[parameters()];
        final double[] d = new double[n * n];
        for (int r = 0; r < gradient.length; r++) {
            points[r / perGroup].first(r % perGroup, d);
            gradient[r] = Matrices.dot(byV(r / perGroup), d);
        }
        return gradient;
    }

    @Override
    public double[][] hessian() {
        final double[][] hessian = new double[parameters()][parameters()];
        final double[] d = new double[n * n];
        for (final PatternAt pattern : patterns) {
            byV(pattern.data.group());
            pattern.addCurvature(hessian, pattern.data.group() * perGroup);
        }
        for (int r = 0; r < hessian.length; r++) {
            final int g = r / perGroup;
            for (int s = g * perGroup; s <= r; s++) {
                if (points[g].second(r % perGroup, s % perGroup, d)) {
                    hessian[r][s] += Matrices.dot(byV(g), d);
                }
            }
        }
        mirror(hessian);
        new MeanDerivatives(fit, precisionDerivatives()).subtractFrom(hessian, reml);
        return hessian;
    }

    private static void mirror(final double[][] lower) {
        for (int r = 0; r < lower.length; r++) {
            for (int s = 0; s < r; s++) {
                lower[s][r] = lower[r][s];
            }
        }
    }

    @Override
    public double[][] expectedHessian() {
        final double[][] hessian = new double[parameters()][parameters()];
        patterns.forEach(pattern -> pattern.addExpected(hessian, pattern.data.group() * perGroup));
        mirror(hessian);
        return hessian;
    }

    @Override
    public MeanPoint mean() {
        return new MeanDerivatives(fit, precisionDerivatives()).point();
    }

    @Override
    public double[][] kenwardRogerSum(final double[][] w, final boolean secondDerivatives) {
        final double[][] secondSum = new double[points.length][n * n]; // sum w_rs V_rs
        final double[] d = new double[n * n];
        for (int r = 0; secondDerivatives && r < parameters(); r++) {
            final int g = r / perGroup;
            for (int s = g * perGroup; s < (g + 1) * perGroup; s++) {
                if (points[g].second(r % perGroup, s % perGroup, d)) {
                    Packed.add(secondSum[g], w[r][s], d);
                }
            }
        }
        final int width = data.columns() + 1;
        final double[] sum = new double[width * width];
        for (final PatternAt pattern : patterns) {
            final int g = pattern.data.group();
            pattern.data.addWeighted(pattern.kenwardRogerWeight(w, g * perGroup, secondSum[g], n), sum);
        }
        return MeanDerivatives.block(sum, data.columns());
    }

    /** M_r = -sum over patterns of [X y]'U_r[X y], for every parameter. */
    private double[][] precisionDerivatives() {
        final int width = data.columns() + 1;
        final double[][] derivatives = new double[parameters()][width * width];
        for (final PatternAt pattern : patterns) {
            for (int r = 0; r < perGroup; r++) {
                pattern.data.addWeighted(pattern.inverseDerivative(r),
                    derivatives[pattern.data.group() * perGroup + r]);
            }
        }
        return derivatives;
    }
}
