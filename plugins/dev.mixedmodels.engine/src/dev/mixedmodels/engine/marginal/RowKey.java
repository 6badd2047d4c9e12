package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How a row tells whose it is, at which visit, when, and which covariance parameters it has; columns are null where
 * there is none.
 *
 * @param subject column of the subjects
 * @param visit column of the visits
 * @param time column of the times
 * @param by column that groups the covariance parameters
 * @param order place in time of each visit of the design, which has the reference level of the mean first
 */
record RowKey(String subject, String visit, String time, String by, int[] order) implements Serializable {
    static RowKey of(final MarginalSettings settings, final ModelDesign design) {
        final MarginalSettings.Layout layout = settings.layout();
        return new RowKey(layout.subject(), layout.visit(), layout.time(), layout.structureBy(),
            layout.visit() == null ? new int[0] : order(settings, design));
    }

    private static int[] order(final MarginalSettings settings, final ModelDesign design) {
        final String visit = settings.layout().visit();
        final List<String> levels = design.factor(visit).levels();
        final List<String> explicit = settings.options().orders().getOrDefault(visit, LevelOrder.NATURAL).explicit();
        final Factor inTime = Factor.of(design.rows().frame().column(visit).numeric()
            ? new NumericColumn(visit, levels.stream().mapToDouble(Double::parseDouble).toArray())
            : NominalColumn.of(visit, levels), Rows.all(levels.size()), new LevelOrder(null, explicit));
        final int[] order = new int[levels.size()];
        Arrays.setAll(order, inTime::code);
        return order;
    }

    /** Names of the visits in their order in time. */
    List<String> visits(final ModelDesign design) {
        final String[] names = new String[order.length];
        for (int level = 0; level < names.length; level++) {
            names[order[level]] = design.factor(visit).level(level);
        }
        return List.of(names);
    }

    /** A part of the table with the column of subjects, which a table that is one subject lacks. */
    Frame in(final Frame part) {
        return WholeTable.is(subject) && !part.has(subject) ? WholeTable.in(part) : part;
    }

    /** By what the rows of a subject are ordered. */
    double place(final RepeatedRow row) {
        return visit != null ? row.visit() : time != null ? row.time() : row.place();
    }
}
