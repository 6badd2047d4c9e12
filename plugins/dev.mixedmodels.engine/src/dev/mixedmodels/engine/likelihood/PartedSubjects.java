package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Parts;

/**
 * Subjects with independent residuals of one variance that are where their rows are. An evaluation takes the parameters
 * there and brings back sums, whose size does not depend on the number of subjects.
 *
 * @param <T> what is kept of a part of the table
 * @param parts the parts
 * @param share gives the subjects of a part
 * @param q number of random effects
 * @param p number of fixed effects
 * @param rows number of rows
 * @param subjects number of subjects
 */
public record PartedSubjects<T>(Parts<T> parts, Parts.Step<T, IndependentSubjects> share, int q, int p, long rows,
    int subjects) implements SubjectShares {

    @Override
    public int residualParameters() {
        return 0;
    }

    @Override
    public JetSums sum(final double[] factor, final double[] eta, final int order, final Progress progress) {
        final Parts.Step<T, IndependentSubjects> subjectsOf = share; // not the parts
        return parts.reduce(part -> subjectsOf.apply(part).sum(factor, eta, order, Progress.NONE), (sums, later) -> {
            sums.add(later);
            return sums;
        }, progress);
    }
}
