package dev.mixedmodels.engine.likelihood;

import java.util.function.IntUnaryOperator;

/** Shares of subjects from their rows, V = s (Z F F'Z' + Sigma(eta)). */
public final class SeriesJets implements UnitJets {
    private final HeldSeries held;
    private final IntUnaryOperator rows;
    private final double scale;
    private final double[][] first;

    /**
     * @param part the rows of some subjects, or others with the same cross-products
     * @param size number of subjects
     * @param rows number of rows of a subject
     * @param factor F, q x q
     * @param eta residual parameters
     * @param scale s
     * @param first derivatives of the elements of F F', eta and log s by the free parameters
     */
    public SeriesJets(final HeldSeries.Part part, final int size, final IntUnaryOperator rows, final double[] factor,
        final double[] eta, final double scale, final double[][] first) {
        this.rows = rows;
        held = new HeldSeries(part, size, factor, eta, 1);
        this.scale = scale;
        this.first = first;
    }

    @Override
    public CovarianceJet read(final int unit) {
        final JetSums sums = held.sums(unit);
        return CovarianceJet.of(sums, rows.applyAsInt(unit)).scaled(scale).change(first);
    }
}
