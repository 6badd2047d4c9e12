package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import java.util.Collections;

/** The subject of all rows, where no column tells subjects apart and all rows are correlated with one another. */
public final class WholeTable {
    private static final String COLUMN = "(all rows)";
    private static final String LEVEL = "all";

    private WholeTable() {
    }

    /**
     * @param subject name of a column of subjects
     * @return whether it is that of the whole table
     */
    public static boolean is(final String subject) {
        return COLUMN.equals(subject);
    }

    /**
     * @param frame a table
     * @return the table with a column of one subject
     */
    public static Frame in(final Frame frame) {
        return frame.with(NominalColumn.of(COLUMN, Collections.nCopies(frame.rows(), LEVEL)));
    }

    /** The settings with that column. */
    static MarginalSettings in(final MarginalSettings settings) {
        final MarginalSettings.Layout layout = settings.layout();
        return settings.withLayout(new MarginalSettings.Layout(COLUMN, layout.visit(), layout.time(),
            layout.coordinates(), layout.structureBy()));
    }
}
