package dev.mixedmodels.engine.likelihood;

/** Sums of one subject after another, whose rows are read some subjects at a time; a workspace of one thread. */
public final class HeldSeries {
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
    private final int order;
    private int from;
    private SubjectSeries series;
    private LocalShares.Worker worker;

    HeldSeries(final Part part, final int size, final double[] factor, final double[] eta, final int order) {
        this.part = part;
        this.size = size;
        this.factor = factor;
        this.eta = eta;
        this.order = order;
    }

    /** The sums of a subject alone. */
    JetSums sums(final int unit) {
        if (series == null || unit < from || unit >= from + series.subjects()) {
            from = unit - unit % HELD;
            series = part.of(from, Math.min(size, from + HELD));
            worker = series.worker(factor, eta, order);
        }
        final JetSums sums = new JetSums(series.q(), series.p() + 1, series.residualParameters(), order);
        worker.add(unit - from, sums);
        return sums;
    }
}
