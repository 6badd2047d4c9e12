package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import java.io.Serializable;
import java.util.List;

/**
 * Reads rows of the table, a part after the other.
 *
 * @param binder applies the design
 * @param key how rows tell whose they are
 * @param coordinates of the working basis
 * @param columns of the table whose values are read
 */
record RowReader(DesignBinder binder, RowKey key, RowCoordinates coordinates, List<String> columns)
    implements Serializable {
    /** The rows of a part of the table. */
    Part of(final Frame block) {
        return new Part(this, binder.bind(key.in(block)));
    }

    /** A part of the table. */
    static final class Part {
        private final RowReader reader;
        private final ModelDesign design;
        private final Factor subjects;
        private final Factor visits;
        private final Factor groups;
        private final Column times;
        private final Column[] numbers;
        private final Factor[] factors;

        private Part(final RowReader reader, final ModelDesign design) {
            this.reader = reader;
            this.design = design;
            final RowKey key = reader.key;
            final Frame frame = design.rows().frame();
            subjects = design.factor(key.subject());
            visits = key.visit() == null ? null : design.factor(key.visit());
            groups = key.by() == null ? null : design.factor(key.by());
            times = key.time() == null ? null : frame.numeric(key.time());
            final int n = reader.columns.size();
            numbers = new Column[n];
            factors = new Factor[n];
            for (int c = 0; c < n; c++) {
                numbers[c] = frame.column(reader.columns.get(c));
                factors[c] = numbers[c].numeric() ? null : design.factor(reader.columns.get(c));
            }
        }

        ModelDesign design() {
            return design;
        }

        /** Whose row it is; -1 if the subject has no response anywhere. */
        int subject(final int row) {
            return subjects.code(row);
        }

        int visit(final int row) {
            return visits == null || visits.code(row) < 0 ? -1 : reader.key.order()[visits.code(row)];
        }

        int group(final int row) {
            return groups == null ? 0 : groups.code(row);
        }

        /**
         * @param row row of the part
         * @param before number of rows of the table before the part
         */
        RepeatedRow row(final int row, final int before) {
            final double[] x = new double[design.fixed().columns()];
            design.fixed().row(row, x);
            final double[] values = new double[numbers.length];
            for (int c = 0; c < values.length; c++) {
                values[c] = factors[c] == null ? numbers[c].value(row) : factors[c].code(row);
            }
            return new RepeatedRow(visit(row), times == null ? Double.NaN : times.value(row), group(row), before + row,
                design.weights().root(row), design.response(row) - reader.coordinates.centre(),
                design.fixed().offset().value(row), x, values);
        }
    }
}
