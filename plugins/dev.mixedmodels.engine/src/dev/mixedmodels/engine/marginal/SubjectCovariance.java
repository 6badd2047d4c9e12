package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.ReportedParameter;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.likelihood.MarginalLikelihood;
import dev.mixedmodels.engine.likelihood.UnitJets;
import dev.mixedmodels.engine.optimise.Optimum;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A covariance structure over the rows at hand: its criterion, starting values, what is reported of it, and V of a
 * subject. theta holds the parameters of each group in turn.
 */
abstract class SubjectCovariance {
    private final VisitStructure structure;
    private final int groups;
    private final boolean reml;

    SubjectCovariance(final VisitStructure structure, final int groups, final boolean reml) {
        this.structure = structure;
        this.groups = groups;
        this.reml = reml;
    }

    final VisitStructure structure() {
        return structure;
    }

    final int groups() {
        return groups;
    }

    final boolean reml() {
        return reml;
    }

    /** The criterion in the parameters in which it is maximised. */
    abstract MarginalLikelihood likelihood();

    /** The criterion in the parameters in which a search goes best; the same object where these are no others. */
    MarginalLikelihood forSearch() {
        return likelihood();
    }

    /** Parameters of {@link #likelihood} in the form of {@link #forSearch}. */
    double[] toSearch(final double[] theta) {
        return theta;
    }

    /** Parameters in the form of {@link #forSearch} as those of {@link #likelihood}; null if V is singular. */
    double[] fromSearch(final double[] theta) {
        return theta;
    }

    /** Where searches begin: where the criterion exists, and mostly one is enough; empty if there is no such point. */
    abstract List<double[]> starts();

    /** The best minimum that a search by Newton's method finds from the starts. */
    Optimum search(final Function<double[], Optimum> newton) {
        return starts().stream().map(newton).reduce((one, other) -> other.value() < one.value() ? other : one)
            .orElseThrow(() -> new ModelException("No starting values exist for the structure \"" + structure
                + "\": some visit has no residual variation. Use fewer fixed effects or a structure with one common "
                + "variance."));
    }

    /** The start with the least criterion; empty if it exists at none. */
    final List<double[]> best(final double[][] starts) {
        double[] best = null;
        double least = Double.NaN;
        for (final double[] start : starts) {
            final double value = likelihood().value(start, null, null);
            if (Double.isFinite(value) && !(value >= least)) {
                best = start;
                least = value;
            }
        }
        return Stream.ofNullable(best).toList();
    }

    /** The minimum, or one at a bound that is no worse and to which the search was on its way. */
    Optimum atBounds(final Optimum found) {
        return found;
    }

    /** Whether the minimum lies where rows determine one another, and the likelihood would go on to grow. */
    boolean grows(final Optimum optimum) {
        return false;
    }

    /** V of one group over all visits or, over places, of the two nearest rows; n x n, row-major. */
    abstract double[] typical(double[] part);

    /** The figures that are reported of a group. */
    abstract List<ReportedParameter> reported();

    /** Their values. */
    abstract double[] values(double[] part);

    /** Their derivatives by the parameters of the group. */
    abstract double[][] slopes(double[] part);

    /** Which of them lie on a bound of their range. */
    abstract boolean[] bound(double[] part);

    /** The profile interval of one of them; null if there is none. */
    abstract ProfileBounds profile(double[] theta, int group, int figure, double confidence, Progress progress);

    /**
     * The c of {@link NaturalParameters}.
     *
     * @param part parameters of a group
     * @param w their asymptotic covariance
     * @return one value for each; null if there is none
     */
    abstract double[] curvature(double[] part, double[][] w);

    /** What directions leave open of V in which the likelihood does not change. */
    abstract Undetermined undetermined(double[] theta, List<double[]> flat);

    /** What should be known of parameters at their bounds, in full sentences; empty if none is. */
    abstract String remark(double[] theta);

    /** The subjects' shares of the likelihood, which take all rows. */
    abstract UnitJets jets(RepeatedData data, double[] theta);

    /** Parameters of one group. */
    final double[] part(final double[] theta, final int group) {
        final int m = theta.length / groups;
        return Arrays.copyOfRange(theta, group * m, (group + 1) * m);
    }
}
