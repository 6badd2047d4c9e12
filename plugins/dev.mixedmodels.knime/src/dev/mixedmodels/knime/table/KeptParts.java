package dev.mixedmodels.knime.table;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import java.util.ArrayList;
import java.util.List;

/** Parts of a table that are kept to be read once only, as long as they take little memory. */
final class KeptParts {
    /** Part of the heap that they may take. */
    private static final double SHARE = 0.05;
    /** Of a text and what finds it. */
    private static final int BYTES_OF_TEXT = 80;

    private final double most;
    private final List<Frame> parts = new ArrayList<>();
    private double bytesOfRows;
    private boolean tooMany;

    KeptParts() {
        this(SHARE * Runtime.getRuntime().maxMemory());
    }

    /**
     * @param most bytes that they may take
     */
    KeptParts(final double most) {
        this.most = most;
    }

    /**
     * Takes the next part, whose texts have the codes that they have in the parts before. If there are too many all are
     * forgotten.
     */
    void add(final Frame part) {
        if (tooMany) {
            return;
        }
        parts.add(part);
        double bytesOfTexts = 0;
        for (final String name : part.names()) {
            final Column column = part.column(name);
            bytesOfRows += (double) part.rows() * (column.numeric() ? Double.BYTES : Integer.BYTES);
            bytesOfTexts += column instanceof NominalColumn nominal ? (double) BYTES_OF_TEXT * nominal.dictionarySize() : 0;
        }
        tooMany = bytesOfRows + bytesOfTexts > most;
        if (tooMany) {
            parts.clear();
        }
    }

    /** Whether all parts so far are here. */
    boolean complete() {
        return !tooMany;
    }

    /** The parts in the order of the table. */
    List<Frame> list() {
        return parts;
    }
}
