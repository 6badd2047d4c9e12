package dev.mixedmodels.engine.likelihood;

/** Cross-products of subjects from their rows, which are whitened and rotated, so that nothing is subtracted. */
public final class SeriesProducts implements UnitProducts {
    /** Subjects whose rows are held at a time. */
    private static final int HELD = 64;

    /** What gives the rows of some subjects. */
    @FunctionalInterface
    public interface Part {
        /**
         * @param from first subject
         * @param to subject after the last one
         * @return their rows, subjects numbered from 0
         */
        SubjectSeries of(int from, int to);
    }

    private final Part part;
    private final int size;
    private final double[] factor;
    private final double[] eta;
    private int from;
    private SubjectSeries held;
    private SubjectShares.Worker worker;

    SeriesProducts(final Part part, final int size, final double[] factor, final double[] eta) {
        this.part = part;
        this.size = size;
        this.factor = factor;
        this.eta = eta;
    }

    @Override
    public void read(final int unit, final double[] square) {
        if (held == null || unit < from || unit >= from + held.subjects()) {
            from = unit - unit % HELD;
            held = part.of(from, Math.min(size, from + HELD));
            worker = held.worker(factor, eta, 0);
        }
        final int p1 = held.p() + 1;
        final JetSums sums = new JetSums(held.q(), p1, held.residualParameters(), 0);
        worker.add(unit - from, sums);
        System.arraycopy(Packed.square(sums.k0, 1, p1), 0, square, 0, p1 * p1);
    }
}
