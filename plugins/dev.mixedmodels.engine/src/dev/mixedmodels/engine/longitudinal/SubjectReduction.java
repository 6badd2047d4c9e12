package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.WithinResidual;
import java.util.Arrays;

/**
 * The rows reduced by subject. Where subjects vary so much more than the rows within them that the rest would drown in
 * the rounding of cross-products, the regression within subjects is taken off the response first.
 *
 * @param data the rows
 * @param sums their reduction
 * @param within their regression within subjects
 */
record SubjectReduction(SubjectData data, GroupReduction sums, WithinResidual within) {

    static SubjectReduction of(final SubjectData data, final Progress progress) {
        final SubjectReduction first = reduce(data, progress);
        return first.within.cancels() ? reduce(data.without(first.within.coefficients()), progress) : first;
    }

    private static SubjectReduction reduce(final SubjectData data, final Progress progress) {
        final int[] codes = new int[data.size()];
        for (int subject = 0; subject < data.subjects(); subject++) {
            Arrays.fill(codes, data.starts()[subject], data.starts()[subject + 1], subject);
        }
        final GroupReduction sums =
            GroupReduction.of(data, new Grouping(data.subject().name(), codes, data.subjects()), progress);
        return new SubjectReduction(data, sums, WithinResidual.of(sums));
    }
}
