package dev.mixedmodels.engine.likelihood;

import java.util.Arrays;

/**
 * Every k-th subject, to find parameters from which a search over all subjects is short. The number of rows and what
 * the shares leave out are taken in proportion.
 *
 * @param all the subjects
 * @param every k
 */
public record SampledSubjects(SubjectShares all, int every) implements SubjectShares {
    @Override
    public int q() {
        return all.q();
    }

    @Override
    public int p() {
        return all.p();
    }

    @Override
    public long rows() {
        return all.rows() / every;
    }

    @Override
    public int subjects() {
        return all.subjects() / every;
    }

    @Override
    public int residualParameters() {
        return all.residualParameters();
    }

    @Override
    public Worker worker(final double[] factor, final double[] eta, final int order) {
        final Worker worker = all.worker(factor, eta, order);
        return (subject, sums) -> worker.add(subject * every, sums);
    }

    @Override
    public Reducer reducer(final double[] eta) {
        final Reducer reducer = all.reducer(eta);
        return (subject, r, t) -> reducer.reduce(subject * every, r, t);
    }

    @Override
    public double[] constant() {
        final double[] constant = all.constant();
        return constant == null ? null : Arrays.stream(constant).map(x -> x / every).toArray();
    }
}
