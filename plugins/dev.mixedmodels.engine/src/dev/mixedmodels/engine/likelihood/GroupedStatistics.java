package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import dev.mixedmodels.engine.statistics.OtherResponses;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One grouping factor: units are independent, and an evaluation costs a few q x q operations a unit.
 *
 * @param data the reduced rows
 * @param whole all of the rows reduced, with the cross-products of each unit; null if these are not kept
 */
record GroupedStatistics(GroupReduction data, GroupReduction whole) implements EffectStatistics {

    /** From what was gathered. */
    static GroupedStatistics of(final GroupReduction gathered, final MixedSums.Question question) {
        return question.whole() ? new GroupedStatistics(gathered.split(question.coordinates().effects()[0]), gathered)
            : new GroupedStatistics(gathered, null);
    }

    /** Rows of some units that have the cross-products of theirs. */
    HeldSeries.Part part() {
        return (from, to) -> SubjectSeries.reduced(whole, data.effects(), from, to);
    }

    @Override
    public int rows() {
        return data.rows();
    }

    @Override
    public int[] counts(final int k) {
        return data.counts();
    }

    @Override
    public boolean nested(final int inner, final int outer) {
        return true;
    }

    @Override
    public SubjectLikelihood likelihood(final boolean reml, final Progress progress) {
        return new SubjectLikelihood(new IndependentSubjects(data), reml, progress);
    }

    @Override
    public MixedPoint at(final Minimum minimum, final boolean reml) {
        final GroupedPoint point = new GroupedPoint(this, likelihood(reml, Progress.NONE), minimum);
        return point.mean() == null ? null : point;
    }

    @Override
    public void unitProducts(final int k, final int unit, final double[] zz, final double[] zxy) {
        final int q = data.effects();
        final int p1 = data.fixedEffects() + 1;
        Arrays.fill(zz, 0);
        Arrays.fill(zxy, 0);
        for (int i = unit * q; i < (unit + 1) * q; i++) {
            for (int a = 0; a < q; a++) {
                Packed.add(data.r()[i * q + a], data.r(), i * q, zz, a * q, q);
                Packed.add(data.r()[i * q + a], data.t(), i * p1, zxy, a * p1, p1);
            }
        }
    }

    @Override
    public EffectStatistics without(final int unit) {
        return new GroupedStatistics(data.without(unit, SeriesProducts.cross(part().of(unit, unit + 1))), null);
    }

    @Override
    public Supplier<Function<double[], EffectStatistics>> responses(final ModelRows rows,
        final List<Grouping> groupings) {
        final OtherResponses other = new OtherResponses(data, rows, groupings.get(0));
        return () -> y -> new GroupedStatistics(other.with(y), null);
    }
}
