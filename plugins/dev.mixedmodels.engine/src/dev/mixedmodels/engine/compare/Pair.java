package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.StoredModel;
import java.util.List;

/**
 * Two models, and whether one contains the other.
 *
 * @param large the one with more parameters
 * @param small the other one
 * @param mean how the mean of the larger contains that of the smaller; null for models without a design
 * @param covariance how its covariance does
 * @param sameCovariance whether both have the same covariances
 */
record Pair(ComparedModel large, ComparedModel small, MeanNesting mean, CovarianceNesting covariance,
    boolean sameCovariance) {

    static Pair of(final ComparedModel one, final ComparedModel two) {
        final boolean turned = two.parameters() > one.parameters();
        final ComparedModel large = turned ? two : one;
        final ComparedModel small = turned ? one : two;
        if (large.empiricalBayes()) {
            return new Pair(large, small, null, null, false);
        }
        final StoredModel outer = large.model();
        final StoredModel inner = small.model();
        final List<Frame> rows = GenericRows.of(List.of(outer, inner));
        final CovarianceNesting.Side l = new CovarianceNesting.Side(outer, outer.design().bind(rows.get(0)));
        final CovarianceNesting.Side s = new CovarianceNesting.Side(inner, inner.design().bind(rows.get(1)));
        final CovarianceNesting covariance = CovarianceNesting.of(l, s);
        final boolean origins = outer.origins().stream().allMatch(o -> inner.origins().stream()
            .noneMatch(other -> other.column().equals(o.column()) && !other.text().equals(o.text())));
        return new Pair(large, small,
            origins && outer.design().formula().offsets().equals(inner.design().formula().offsets())
                ? MeanNesting.of(l.design(), outer.design(), s.design()) : new MeanNesting(null), covariance,
            covariance.nested() && covariance.boundaries() == 0 && CovarianceNesting.of(s, l).nested());
    }

    /** Whether the smaller model is a case of the larger one, whatever the data. */
    boolean nested() {
        return mean != null && mean.nested() && covariance.nested();
    }

    /** Whether the likelihoods of the two can be compared: both full, or both restricted under the same mean. */
    boolean comparable() {
        return large.hasLikelihood() && small.hasLikelihood() && large.restricted() == small.restricted()
            && (!large.restricted() || (mean == null ? large.formula().equals(small.formula())
            : mean.sameRestricted()));
    }
}
