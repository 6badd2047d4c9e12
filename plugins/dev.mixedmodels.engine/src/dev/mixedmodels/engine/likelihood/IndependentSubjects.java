package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.statistics.GroupReduction;

/**
 * Subjects with independent residuals of one variance, of which the reduced rows are all that the likelihood needs:
 * an evaluation costs nothing per row.
 *
 * @param data reduced rows of all subjects
 */
public record IndependentSubjects(GroupReduction data) implements LocalShares {
    @Override
    public int q() {
        return data.effects();
    }

    @Override
    public int p() {
        return data.fixedEffects();
    }

    @Override
    public long rows() {
        return data.rows();
    }

    @Override
    public int subjects() {
        return data.levels();
    }

    @Override
    public int residualParameters() {
        return 0;
    }

    /** So many that adding up the places of a {@link SubjectBatch} takes little beside filling them. */
    @Override
    public int taskSize() {
        return 1024;
    }

    @Override
    public Worker worker(final double[] factor, final double[] eta, final int order) {
        return new SubjectBatch(data, factor, order);
    }

    /**
     * @param subject a subject
     * @param rows its rows, as they were reduced
     * @return the others
     */
    public IndependentSubjects without(final int subject, final SubjectSeries rows) {
        return new IndependentSubjects(data.without(subject, SeriesProducts.cross(rows)));
    }

    @Override
    public Reducer reducer(final double[] eta) {
        return (subject, r, t) -> {
            System.arraycopy(data.r(), subject * r.length, r, 0, r.length);
            System.arraycopy(data.t(), subject * t.length, t, 0, t.length);
        };
    }

    @Override
    public double[] constant() {
        final int w = p() + 1;
        final double[] packed = new double[w * (w + 1) / 2];
        for (int i = 0; i < w; i++) {
            for (int j = 0; j <= i; j++) {
                packed[Packed.at(i, j)] = data.within()[i * w + j];
            }
        }
        return packed;
    }
}
