package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.Parts;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.likelihood.PartedSubjects;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import dev.mixedmodels.engine.likelihood.SubjectShares;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.report.UnitSizes;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import dev.mixedmodels.engine.statistics.UnitOrder;
import dev.mixedmodels.engine.statistics.WithinResidual;

/**
 * What the model needs to know of the rows, subject by subject, in coordinates in which no offset, unit or scale of the
 * data costs digits: X in its orthonormal basis W, Z likewise, and the response less its ordinary least squares fit
 * W gamma_0 in units of its scale. The rows themselves are read when something needs them ({@link #rows}), and kept
 * from then on.
 * <p>
 * Where subjects vary so much more than the rows within them that the rest would drown in the rounding of
 * cross-products, the regression within subjects is taken off the response too.
 */
final class SubjectData {
    private final RowSource source;
    private final ModelDesign design;
    private final DesignBinder binder;
    private final SubjectKey key;
    private final LongitudinalSettings.Covariance covariance;
    private final Factor subject;
    private final RandomColumns random;
    private final Progress progress;
    private final double scale;
    private final boolean whole;
    private double[] gamma;
    private Parts<SubjectPart> parts;
    private SubjectTotals totals;
    private WithinResidual within;
    private HeldRows rows;
    private String refused; // why rows that are not in order of time are not kept; null unless it was tried

    /**
     * Reads the table once, or twice.
     *
     * @param source the table
     * @param design rows, response and X
     * @param key how the rows tell subjects and time
     * @param covariance structure of the residuals and what their variances go by
     * @param subject the subjects
     * @param random columns of Z; null for none
     * @param naive ordinary least squares
     * @param whole whether all cross-products of each subject are needed
     * @param progress of the reading
     */
    SubjectData(final RowSource source, final ModelDesign design, final SubjectKey key,
        final LongitudinalSettings.Covariance covariance, final Factor subject, final RandomColumns random,
        final OrdinaryLeastSquares naive, final boolean whole, final Progress progress) {
        this.whole = whole;
        this.source = source;
        this.design = design;
        this.key = key;
        this.covariance = covariance;
        this.subject = subject;
        this.random = random;
        this.progress = progress.quiet();
        binder = design.binder();
        gamma = design.fixed().basis().working(naive.coefficients());
        scale = naive.residualSumOfSquares() > 0
            ? Math.scalb(1, Math.getExponent(Math.sqrt(naive.residualSumOfSquares() / size()))) : 1;
        read(progress.sub(0, 0.5));
        if (within.cancels()) {
            gamma = coefficients(within.coefficients());
            read(progress.sub(0.5, 1));
        }
    }

    private void read(final Progress pass) {
        if (parts != null) {
            parts.release();
        }
        final SubjectSums question = new SubjectSums(this);
        parts = whole ? Parts.of(new SubjectPart(source.fold(question, pass)))
            : source.parts(question, SubjectPart::new, pass);
        totals = parts.reduce(SubjectPart::totals, SubjectTotals::and, pass);
        within = WithinResidual.of(p(), totals.rows(), totals.ranks(), totals.within());
    }

    Progress progress() {
        return progress;
    }

    RowSource source() {
        return source;
    }

    ModelDesign design() {
        return design;
    }

    DesignBinder binder() {
        return binder;
    }

    SubjectKey key() {
        return key;
    }

    /** Structure of the residuals and what their variances go by. */
    LongitudinalSettings.Covariance covariance() {
        return covariance;
    }

    /** The subjects; which of them a row has is told by the design of its part of the table. */
    Factor subject() {
        return subject;
    }

    /** Number of subjects. */
    int subjects() {
        return subject.size();
    }

    RandomColumns random() {
        return random;
    }

    /** Number of random effects. */
    int q() {
        return random == null ? 0 : random.size();
    }

    /** Which random effects are intercepts. */
    boolean[] constants() {
        final boolean[] constants = new boolean[q()];
        for (int j = 0; j < constants.length; j++) {
            constants[j] = random.isIntercept(j);
        }
        return constants;
    }

    /** Number of fixed effects. */
    int p() {
        return design.fixed().columns();
    }

    /** Number of rows. */
    long size() {
        return design.figures().rows();
    }

    /** Number of rows of a subject; only where these are in this process. */
    int count(final int i) {
        return parts.only().count(i);
    }

    /** The largest number of rows of a subject. */
    int most() {
        return totals.sizes().most();
    }

    /** How many rows subjects have. */
    UnitSizes sizes() {
        return totals.sizes();
    }

    /** The first subject of those with most rows. */
    int largest() {
        return totals.most();
    }

    /** What was taken off the response, coefficients of W. */
    double[] gamma() {
        return gamma;
    }

    /** What the response was divided by. */
    double scale() {
        return scale;
    }

    /** The rows reduced by subject, where they are. */
    Parts<SubjectPart> parts() {
        return parts;
    }

    /** The subjects with independent residuals. */
    SubjectShares shares() {
        return parts.only() != null ? parts.only().shares()
            : new PartedSubjects<>(parts, SubjectPart::shares, q(), p(), size(), subjects());
    }

    /** Their regression within subjects. */
    WithinResidual within() {
        return within;
    }

    /** Whether all cross-products of each subject are needed. */
    boolean whole() {
        return whole;
    }

    /** Some subjects with independent residuals, by rows of [z x y] that have the cross-products of theirs. */
    SubjectSeries independent(final int from, final int to) {
        return SubjectSeries.reduced(parts.only().products(), q(), from, to);
    }

    /** How the rows of a subject follow one another. */
    UnitOrder order() {
        return totals.order();
    }

    /** Products of [w z] without weights; null where they follow from the bases being orthonormal. */
    CrossProducts plain() {
        return totals.plain();
    }

    /** Coefficients of W in the response's unit from those of the transformed response. */
    double[] coefficients(final double[] transformed) {
        final double[] all = gamma.clone();
        for (int k = 0; k < all.length; k++) {
            all[k] += scale * transformed[k];
        }
        return all;
    }

    /** Whether rows were kept, since something needed them. */
    boolean held() {
        return rows != null;
    }

    /** Memory that a subject takes: its triangles and what is found by them, BLUPs, the whitening of its residuals. */
    long bytesOfSubject() {
        final long q = q();
        final long all = whole ? (q + p() + 1) * (q + p() + 1) : 0;
        return Double.BYTES * (all + q * (q + p() + 1) + q + q * (q + 1) + 1) + 3 * Integer.BYTES;
    }

    /** Numbers of a row if rows are kept: those of the model, the time, the weight and what the variance goes by. */
    private int numbersOfRow() {
        final boolean varies = covariance.varianceBy() != null || covariance.powerOf() != null;
        return p() + 1 + q() + (key.time() == null ? 0 : 1) + (design.weights().equal() ? 0 : 1) + (varies ? 1 : 0);
    }

    /** Memory that a row takes if rows are kept: its numbers, exponents of its variance, its residual, two places. */
    long bytesOfRow() {
        final int exponents = covariance.varianceBy() != null ? design.factor(covariance.varianceBy()).size() - 1
            : covariance.powerOf() != null ? 1 : 0;
        return Double.BYTES * (numbersOfRow() + exponents + 1L) + 2 * Integer.BYTES;
    }

    /**
     * The rows.
     *
     * @throws ModelException if they do not fit into memory
     */
    HeldRows rows() {
        if (rows == null) {
            Heap.require((double) size() * bytesOfRow(), "The model needs its rows at once: " + size() + " rows of "
                + numbersOfRow() + " numbers each take", "Independent residuals of one variance need no rows, in a "
                + "table that is in order of time. Else give KNIME more memory (-Xmx in knime.ini), or use fewer "
                + "rows.");
            rows = HeldRows.of(this);
        }
        return rows;
    }

    /**
     * The model applied to all rows in memory.
     *
     * @throws ModelException if they do not fit
     */
    ModelDesign inMemory() {
        return source instanceof Frame ? design : binder.bind(source.frame(progress));
    }

    /**
     * What stands against residuals that are normalised in order of time: rows in another order, and too many to be
     * kept and sorted.
     *
     * @return the reason; null if there is none
     */
    String withoutOrder() {
        if (rows == null && refused == null && !order().ordered()) {
            try {
                rows();
            } catch (final ModelException e) {
                refused = e.getMessage();
            }
        }
        return refused;
    }
}
