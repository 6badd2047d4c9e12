package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import dev.mixedmodels.engine.statistics.OtherResponses;
import dev.mixedmodels.engine.statistics.RowOrder;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One grouping factor: units are independent, and an evaluation costs a few q x q operations a unit.
 *
 * @param data the reduced rows
 */
record GroupedStatistics(GroupReduction data) implements EffectStatistics {

    @Override
    public int rows() {
        return data.rows();
    }

    @Override
    public SubjectLikelihood likelihood(final boolean reml, final Progress progress) {
        return new SubjectLikelihood(new IndependentSubjects(data), reml, progress);
    }

    @Override
    public MixedPoint at(final Minimum minimum, final boolean reml) {
        final GroupedPoint point = new GroupedPoint(data, likelihood(reml, Progress.NONE), minimum);
        return point.mean() == null ? null : point;
    }

    @Override
    public EffectStatistics without(final ModelRows rows, final List<Grouping> groupings, final int outermost,
        final int unit) {
        final SubjectSeries its = SubjectSeries.independent(rows, RowOrder.of(groupings.get(0)), unit, unit + 1);
        return new GroupedStatistics(data.without(unit, SeriesProducts.cross(its)));
    }

    @Override
    public Supplier<Function<double[], EffectStatistics>> responses(final ModelRows rows,
        final List<Grouping> groupings) {
        final OtherResponses other = new OtherResponses(data, rows, groupings.get(0));
        return () -> y -> new GroupedStatistics(other.with(y));
    }
}
