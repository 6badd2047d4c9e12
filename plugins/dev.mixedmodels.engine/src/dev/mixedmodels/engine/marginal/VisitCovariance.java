package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.CovarianceStructure;
import dev.mixedmodels.engine.covariance.ProfileForm;
import dev.mixedmodels.engine.covariance.ReportedParameter;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.PatternLikelihood;
import dev.mixedmodels.engine.likelihood.UnitJets;
import dev.mixedmodels.engine.likelihood.VisitPatterns;
import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.List;

/** A structure over visits. */
final class VisitCovariance extends SubjectCovariance {
    /** Parts of the observed correlations that a start may keep, largest first. */
    private static final double[] SHRINKAGE = {1, 0.9, 0.7, 0.4, 0};
    /** Smallest eigenvalue of a correlation matrix to start from. */
    private static final double MARGIN = 1e-9;
    /** A variance that is 0 starts as this part of the mean variance. */
    private static final double SMALLEST = 1e-4;

    private final VisitPatterns patterns;
    private final List<String> visits;
    private final CovarianceStructure over;
    private final PatternLikelihood likelihood;

    /**
     * @param data the rows, pooled
     * @param structure which structure
     * @param reml whether the restricted likelihood is meant
     */
    VisitCovariance(final RepeatedData data, final VisitStructure structure, final boolean reml) {
        super(structure, data.groups(), reml);
        patterns = data.patterns().patterns(PatternSums.Unit.of(structure));
        visits = structure != VisitStructure.INDEPENDENT ? data.visits() : List.of("1");
        over = structure.over(visits.size());
        likelihood = new PatternLikelihood(patterns, over, groups(), reml);
    }

    @Override
    MarginalLikelihood likelihood() {
        return likelihood;
    }

    @Override
    MarginalLikelihood forSearch() {
        return over.forSearch() == over ? likelihood : with(over.forSearch());
    }

    @Override
    double[] toSearch(final double[] theta) {
        return over.forSearch() == over ? theta : convert(theta, over, over.forSearch());
    }

    @Override
    double[] fromSearch(final double[] theta) {
        return over.forSearch() == over ? theta : convert(theta, over.forSearch(), over);
    }

    /** The criterion of the same family in other parameters. */
    MarginalLikelihood with(final CovarianceStructure other) {
        return new PatternLikelihood(patterns, other, groups(), reml());
    }

    /** Parameters of the same matrices in another parametrisation; null if one is singular to working precision. */
    double[] convert(final double[] theta, final CovarianceStructure other) {
        return convert(theta, over, other);
    }

    private double[] convert(final double[] theta, final CovarianceStructure from, final CovarianceStructure to) {
        final int m = to.parameters();
        final double[] converted = new double[groups() * m];
        final double[] v = new double[from.dimension() * from.dimension()];
        for (int g = 0; g < groups(); g++) {
            from.at(part(theta, g)).value(v);
            if (!positive(v, 0)) {
                return null;
            }
            System.arraycopy(to.near(v), 0, converted, g * m, m);
        }
        return converted;
    }

    /** From the moments of the residuals: as they are, if that is a covariance matrix, and with less correlation. */
    @Override
    List<double[]> starts() {
        final int m = over.parameters();
        final double[][] starts = new double[SHRINKAGE.length][groups() * m];
        for (int g = 0; g < groups(); g++) {
            final double[] moments = patterns.moments(g, over.dimension());
            final double[] plain = over.near(shrunk(moments, 0));
            for (int i = 0; i < SHRINKAGE.length; i++) {
                final double[] v = shrunk(moments, SHRINKAGE[i]);
                System.arraycopy(v == null ? plain : over.near(v), 0, starts[i], g * m, m);
            }
        }
        return best(starts);
    }

    /** The matrix with its correlations times a factor; null if it is not positive definite. */
    private double[] shrunk(final double[] moments, final double factor) {
        final int n = over.dimension();
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += moments[i * n + i] / n;
        }
        final double[] v = moments.clone();
        for (int i = 0; i < n; i++) {
            v[i * n + i] = Math.max(v[i * n + i], SMALLEST * mean);
            for (int j = 0; j < n; j++) {
                v[i * n + j] *= i == j ? 1 : factor;
            }
        }
        return positive(v, MARGIN) ? v : null;
    }

    /** Whether the correlation matrix of V has no eigenvalue below a margin, and V itself none below 0. */
    private boolean positive(final double[] v, final double margin) {
        final int n = over.dimension();
        final double[] correlation = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                correlation[i * n + j] = i == j ? 1 - margin : v[i * n + j] / Math.sqrt(v[i * n + i] * v[j * n + j]);
            }
        }
        return Cholesky.factor(correlation, n) && Cholesky.factor(v.clone(), n);
    }

    CovarianceStructure over() {
        return over;
    }

    @Override
    double[] typical(final double[] part) {
        final double[] v = new double[over.dimension() * over.dimension()];
        over.at(part).value(v);
        return v;
    }

    @Override
    List<ReportedParameter> reported() {
        return structure().reported(visits);
    }

    @Override
    double[] values(final double[] part) {
        final double[] v = typical(part);
        return reported().stream().mapToDouble(parameter -> parameter.value(v, over.dimension())).toArray();
    }

    @Override
    double[][] slopes(final double[] part) {
        final CovariancePoint point = over.at(part);
        final double[] v = typical(part);
        final double[] dv = new double[v.length];
        final List<ReportedParameter> reported = reported();
        final double[][] slopes = new double[reported.size()][part.length];
        for (int r = 0; r < part.length; r++) {
            point.first(r, dv);
            for (int k = 0; k < slopes.length; k++) {
                slopes[k][r] = reported.get(k).derivative(v, dv, over.dimension());
            }
        }
        return slopes;
    }

    /** Of a process that can go on for ever the last parameter may lie on a bound. */
    @Override
    boolean[] bound(final double[] part) {
        final int last = part.length - 1;
        final boolean[] bound = new boolean[reported().size()];
        bound[bound.length - 1] = part[last] <= over.lower(last) || part[last] >= over.upper(last);
        return bound;
    }

    @Override
    String remark(final double[] theta) {
        final int last = over.parameters() - 1;
        for (int g = 0; g < groups(); g++) {
            if (bound(part(theta, g))[reported().size() - 1]) {
                return "gamma1 lies at the end of its range, (rho " + (part(theta, g)[last] > 0 ? "+" : "-")
                    + " 1) / 2: the rows ask for a moving average that is not invertible.";
            }
        }
        return "";
    }

    @Override
    ProfileBounds profile(final double[] theta, final int group, final int figure, final double confidence,
        final Progress progress) {
        final ProfileForm form = ProfileForm.of(structure(), reported().get(figure), over.dimension());
        if (form == null) {
            return null;
        }
        final ProfileBounds bounds = ProfileInterval.of(with(form.structure()), convert(theta, form.structure()),
            group * form.structure().parameters() + form.index(), confidence, progress);
        return new ProfileBounds(Double.isNaN(bounds.lower()) ? Double.NaN : form.value().applyAsDouble(bounds.lower()),
            Double.isNaN(bounds.upper()) ? Double.NaN : form.value().applyAsDouble(bounds.upper()));
    }

    @Override
    double[] curvature(final double[] part, final double[][] w) {
        return NaturalParameters.curvature(structure().natural(over.dimension()), over, part, w);
    }

    @Override
    Undetermined undetermined(final double[] theta, final List<double[]> flat) {
        return new Undetermined(this, theta, flat);
    }

    /** The entries of the subject's visits. */
    static double[] select(final double[] v, final int[] visits) {
        final int n = (int) Math.round(Math.sqrt(v.length));
        final int k = visits.length;
        final double[] own = new double[k * k];
        for (int i = 0; i < k * k; i++) {
            own[i] = visits[i / k] < 0 ? i / k == i % k ? v[0] : 0 : v[visits[i / k] * n + visits[i % k]];
        }
        return own;
    }

    @Override
    UnitJets jets(final RepeatedData data, final double[] theta) {
        return new SubjectJets(data.rows(), this, theta);
    }
}
