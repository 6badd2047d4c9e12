package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Each subject has a level of its own, from visit to visit less and less of it; x changes from row to row. */
final class StreamedVisits {
    private static final int ALL = 10;
    private static final int EARLY = 6;
    private static final int FOUR = 3 * ALL + EARLY; // rows of four subjects

    private StreamedVisits() {
    }

    /** Rows of the table. */
    static Frame block(final long from, final int size) {
        final SplittableRandom random = new SplittableRandom(from);
        final long[] subject = new long[size];
        final long[] visit = new long[size];
        final double[] arm = new double[size];
        final double[] x = new double[size];
        final double[] y = new double[size];
        for (int i = 0; i < size; i++) {
            final int within = (int) ((from + i) % FOUR);
            subject[i] = (from + i) / FOUR * 4 + within / ALL;
            visit[i] = within % ALL + 1;
            arm[i] = subject[i] / 4 & 1;
            x[i] = random.nextDouble();
            y[i] = 5 + 0.3 * visit[i] + 0.2 * arm[i] * visit[i] + x[i] + 2 * StreamBenchmark.wave(subject[i] * 0.618) / visit[i]
                + random.nextDouble() + random.nextDouble() - 1;
        }
        return new Frame(size, List.of(new NumericColumn("y", y), new NumericColumn("x", x),
            new NumericColumn("arm", arm), new IntegerColumn("visit", visit, new BitSet()),
            new IntegerColumn("g", subject, new BitSet())));
    }
}
