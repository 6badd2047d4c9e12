package dev.mixedmodels.engine.likelihood;

/** Cross-products of subjects from their rows, which are whitened and rotated, so that nothing is subtracted. */
final class SeriesProducts implements UnitProducts {
    private final HeldSeries held;

    SeriesProducts(final HeldSeries.Part part, final int size, final double[] factor, final double[] eta) {
        held = new HeldSeries(part, size, factor, eta, 0);
    }

    /** [X y]'[X y] of a subject alone, row-major. */
    static double[] cross(final SubjectSeries rows) {
        final int p1 = rows.p() + 1;
        final double[] cross = new double[p1 * p1];
        new SeriesProducts((from, to) -> rows, 1, new double[rows.q() * rows.q()],
            new double[rows.residualParameters()]).read(0, cross);
        return cross;
    }

    @Override
    public void read(final int unit, final double[] square) {
        final JetSums sums = held.sums(unit);
        System.arraycopy(Packed.square(sums.k0, 1, sums.w), 0, square, 0, sums.w * sums.w);
    }
}
