package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What a fit needs of the observed units of a table, in arrays of their number. */
final class HeldUnits {
    private static final long MOST = Integer.MAX_VALUE - 8;
    /** Of the pool of different units that a nonparametric prior is fitted to. */
    private static final int BYTES_OF_POOL = 150;

    private final MeanDesign mean;
    private final String name;
    private final double[] y;
    private final double[] precision;
    private final double[] x; // null for an intercept alone
    private final double[] frequency; // null for one each
    private final long[] places; // in the table; null if there are many
    private final String[] labels; // null if there are many
    private final List<long[]> hashes = new ArrayList<>();
    private int size;
    private long rows;

    /**
     * What is kept of a unit beside its figures.
     *
     * @param places its place in the table
     * @param labels its name
     */
    record Kept(boolean places, boolean labels) implements Serializable {
        /** For so many units. */
        static Kept of(final long units) {
            return new Kept(units <= Ranks.MAX_UNITS, units <= MatrixTable.MAX_UNITS);
        }
    }

    /**
     * @param reader takes the units out of the table
     * @param settings what is fitted
     * @param units number of observed units
     * @param distant whether they come from other machines
     * @throws ModelException if they do not fit into memory
     */
    HeldUnits(final UnitReader reader, final EmpiricalBayesSettings settings, final long units, final boolean distant) {
        mean = reader.mean();
        name = reader.columns().unit() == null ? Units.ROW : reader.columns().unit();
        final boolean frequencies = reader.columns().frequency() != null;
        final int p = mean.hasCovariates() ? mean.columns() : 0;
        if (units > MOST) {
            throw new ModelException("There are " + units + " units, more than 2^31 - 9, the largest number that can "
                + "be fitted at once. Use a part of the table, or one row with a frequency for units with the same "
                + "data.");
        }
        final int read = read(p, frequencies);
        final int hash = reader.columns().unit() == null ? 0 : Long.BYTES;
        final long bytes = Math.max(bytes(settings, p, frequencies), read + 2L * hash + (distant ? read + hash : 0));
        Heap.require((double) units * bytes, "What the model needs of its units stays in memory: " + units
            + " units of " + bytes + " bytes each take", "Give the program more memory (KNIME: -Xmx in knime.ini), use "
            + "a part of the table, or tabulate counts: one row with a frequency for units with the same data.");
        final int k = (int) units;
        y = new double[k];
        precision = new double[k];
        x = p == 0 ? null : new double[ArraySize.of(k, p)];
        frequency = frequencies ? new double[k] : null;
        final Kept kept = Kept.of(units);
        places = kept.places() ? new long[k] : null;
        labels = kept.labels() ? new String[k] : null;
    }

    /**
     * @param settings what is fitted
     * @param p number of coefficients of covariates; 0 without
     * @param frequencies whether rows stand for several units
     * @return memory that a unit takes: what is read of it, and what the likelihood is computed from
     */
    static long bytes(final EmpiricalBayesSettings settings, final int p, final boolean frequencies) {
        final boolean gaussian = settings.family() == Family.GAUSSIAN;
        final int fitted = gaussian ? Double.BYTES * (2 + p) + (p > 0 ? Integer.BYTES : 0) : 0;
        return read(p, frequencies) + fitted + (settings.prior() == Prior.NONPARAMETRIC ? BYTES_OF_POOL : 0);
    }

    private static int read(final int p, final boolean frequencies) {
        return Double.BYTES * (2 + p + (frequencies ? 1 : 0));
    }

    /** Units that come after those so far. */
    void add(final UnitPass.Part part) {
        final UnitPass.Observed more = part.observed();
        final int n = more.y().length;
        put(more.y(), y, 1);
        put(more.precision(), precision, 1);
        put(more.x(), x, mean.columns());
        put(more.frequency(), frequency, 1);
        for (int i = 0; places != null && i < n; i++) {
            places[size + i] = rows + part.places()[i];
        }
        if (labels != null) {
            System.arraycopy(part.labels(), 0, labels, size, n);
        }
        if (part.hashes() != null) {
            hashes.add(part.hashes());
        }
        size += n;
        rows += part.size();
    }

    private void put(final double[] part, final double[] all, final int each) {
        if (all != null) {
            System.arraycopy(part, 0, all, size * each, part.length);
        }
    }

    /** The units; names of many are not known. */
    Units units() {
        return new Units(name, labels == null ? i -> "" : i -> labels[i], y, precision, mean.with(x), null, frequency);
    }

    /** Where they stand in the table; null if there are many. */
    long[] places() {
        return places;
    }

    /** Hashes of the names of all rows, in their order; nothing where no column names them. */
    List<long[]> hashes() {
        return hashes;
    }
}
