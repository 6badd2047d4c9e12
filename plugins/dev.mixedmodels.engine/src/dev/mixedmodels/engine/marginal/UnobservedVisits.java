package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.marginal.ConditionalPrediction.Target;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The visits of a subject without a response: rows of the table whose response is missing, and visits without a row
 * where the covariates are known nevertheless, since they are constant within the subject or belong to the visit.
 */
final class UnobservedVisits implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * A visit without a response.
     *
     * @param row the row of the table; null if there is none
     * @param target what is to be predicted
     */
    record Visit(RepeatedRow row, Target target) {
    }

    private final RowReader reader;
    private final ColumnKinds kinds;
    private final int visits;
    private final boolean known; // what the columns have at visits without a row
    private final int[] places;
    private final boolean[] nominal;
    private final DesignBinder columnsOnly;

    UnobservedVisits(final RepeatedData data) {
        reader = data.reader();
        kinds = data.sums().kinds();
        visits = data.visits().size();
        known = reader.key().visit() != null && data.changing().isEmpty();
        final List<String> columns = reader.columns();
        places = data.settings().layout().places(data.settings().structure()).stream().mapToInt(columns::indexOf)
            .toArray();
        nominal = new boolean[columns.size()];
        for (int c = 0; c < nominal.length; c++) {
            nominal[c] = !data.design().rows().frame().column(columns.get(c)).numeric();
        }
        final StoredDesign stored = reader.binder().stored();
        final Set<String> others = new HashSet<>(stored.columns());
        others.removeAll(columns);
        columnsOnly = new DesignBinder(stored, others);
    }

    /** Whether some subject of a fit may have such visits. */
    static boolean any(final RepeatedData data) {
        return !data.sums().missing().isEmpty() || data.sizes().sizes().least() < data.visits().size()
            && data.reader().key().visit() != null && data.changing().isEmpty();
    }

    /** What a structure over places goes by: of the observed rows of a subject each coordinate. */
    double[][] places(final List<RepeatedRow> rows) {
        final double[][] at = new double[places.length][rows.size()];
        for (int d = 0; d < places.length; d++) {
            for (int i = 0; i < rows.size(); i++) {
                at[d][i] = rows.get(i).values()[places[d]];
            }
        }
        return at;
    }

    /** The visits of some subjects, of each in order. */
    List<List<Visit>> of(final List<CompleteSubject> subjects) {
        final List<RepeatedRow[]> rows = new ArrayList<>(subjects.size());
        final List<BitSet> absent = new ArrayList<>(subjects.size());
        for (final CompleteSubject subject : subjects) {
            final BitSet without = new BitSet();
            rows.add(rows(subject, without));
            absent.add(without);
        }
        final Iterator<Target> targets = targets(subjects, absent).iterator();
        final List<List<Visit>> all = new ArrayList<>(subjects.size());
        for (int s = 0; s < rows.size(); s++) {
            final List<Visit> found = new ArrayList<>();
            for (int v = 0; v < rows.get(s).length; v++) {
                if (rows.get(s)[v] != null) {
                    found.add(new Visit(rows.get(s)[v], target(rows.get(s)[v])));
                } else if (absent.get(s).get(v)) {
                    found.add(new Visit(null, targets.next()));
                }
            }
            all.add(found);
        }
        return all;
    }

    /** By visit the first row without a response, if there is none with one; else by their order all. */
    private RepeatedRow[] rows(final CompleteSubject subject, final BitSet absent) {
        if (reader.key().visit() == null) {
            return subject.missing().toArray(RepeatedRow[]::new);
        }
        final BitSet taken = new BitSet();
        subject.observed().forEach(row -> taken.set(row.visit()));
        final RepeatedRow[] rows = new RepeatedRow[visits];
        for (final RepeatedRow row : subject.missing()) {
            if (row.visit() >= 0 && !taken.get(row.visit())) {
                taken.set(row.visit());
                rows[row.visit()] = row;
            }
        }
        absent.set(0, known ? visits : 0);
        absent.andNot(taken);
        return rows;
    }

    /** Visits without a row: their columns make up a table, to which the design is applied. */
    private List<Target> targets(final List<CompleteSubject> subjects, final List<BitSet> absent) {
        final FrameBuilder builder = new FrameBuilder(0);
        for (int c = 0; c < nominal.length; c++) {
            if (nominal[c]) {
                builder.addNominal(reader.columns().get(c));
            } else {
                builder.addNumeric(reader.columns().get(c));
            }
        }
        final String response = reader.binder().stored().formula().response().column();
        if (!reader.columns().contains(response)) {
            builder.addNumeric(response);
        }
        for (int s = 0; s < subjects.size(); s++) {
            for (int v = absent.get(s).nextSetBit(0); v >= 0; v = absent.get(s).nextSetBit(v + 1)) {
                for (int c = 0; c < nominal.length; c++) {
                    put(builder, c, value(subjects.get(s), v, c));
                }
                builder.endRow();
            }
        }
        final ModelDesign design = columnsOnly.bind(builder.build());
        final List<Target> targets = new ArrayList<>(design.rows().frame().rows());
        for (int s = 0; s < subjects.size(); s++) {
            for (int v = absent.get(s).nextSetBit(0); v >= 0; v = absent.get(s).nextSetBit(v + 1)) {
                final double[] w = new double[design.fixed().columns()];
                design.fixed().basisRow(targets.size(), w);
                final double[] at = new double[places.length];
                for (int d = 0; d < at.length; d++) {
                    at[d] = value(subjects.get(s), v, places[d]);
                }
                targets.add(new Target(w, design.fixed().offset().value(targets.size()), 1, v, subjects.get(s).group(),
                    at));
            }
        }
        return targets;
    }

    private void put(final FrameBuilder builder, final int column, final double value) {
        if (nominal[column]) {
            builder.text(column,
                reader.binder().stored().factor(reader.columns().get(column)).levels().get((int) value));
        } else {
            builder.number(column, value);
        }
    }

    /** What a column has at a visit of a subject without a row: the subject's value, or that of the visit. */
    private double value(final CompleteSubject subject, final int visit, final int column) {
        return kinds.constant(column) ? subject.observed().get(0).values()[column] : kinds.at(column, visit);
    }

    /** A row without a response. */
    Target target(final RepeatedRow row) {
        final double[] at = new double[places.length];
        for (int d = 0; d < at.length; d++) {
            at[d] = row.values()[places[d]];
        }
        return new Target(reader.coordinates().working(row), row.offset(), row.root(), row.visit(), row.group(), at);
    }
}
