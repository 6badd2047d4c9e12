package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The visits of a subject without a response: rows of the table whose response is missing, and visits without a row
 * where the covariates are known nevertheless, since they are constant within the subject or belong to the visit.
 */
final class UnobservedVisits implements ConditionalPrediction.Mean {
    /** A visit without a response; {@code donor} is a row with the visit's own values, or the row itself. */
    record Visit(int row, int donor, int visit) {
    }

    private final RepeatedRows rows;
    private final Factor visit;
    private final Map<Integer, List<Integer>> missingBySubject = new HashMap<>();
    private final int[] donors;
    private final Set<String> ofVisit = new HashSet<>();
    private final Set<String> changing = new HashSet<>();

    UnobservedVisits(final RepeatedRows rows, final MarginalSettings settings) {
        this.rows = rows;
        visit = rows.visit();
        final Rows predicted = rows.design().rows().predicted();
        for (int i = 0; i < predicted.size(); i++) {
            missingBySubject.computeIfAbsent(rows.subject().code(predicted.row(i)), s -> new ArrayList<>())
                .add(predicted.row(i));
        }
        donors = new int[rows.visits().size()];
        if (visit != null) {
            for (int i = 0; i < rows.index().size(); i++) {
                donors[rows.visit(i)] = rows.index().row(i);
            }
            final Set<String> columns = new LinkedHashSet<>(settings.formula().fixed().columns());
            settings.formula().offsets().forEach(offset -> columns.addAll(offset.columns()));
            columns.addAll(settings.layout().places(settings.structure()));
            columns.forEach(this::classify);
        }
    }

    /** Whether a column belongs to the subject, to the visit or to neither. */
    private void classify(final String name) {
        final Column column = rows.design().rows().frame().column(name);
        final Factor factor = column.numeric() ? null : rows.design().factor(name);
        boolean constant = true;
        boolean byVisit = true;
        final double[] values = new double[donors.length];
        Arrays.fill(values, Double.NaN);
        for (int s = 0; s < rows.subjects(); s++) {
            final double first = value(column, factor, rows.index().row(rows.index().start(s)));
            for (int i = rows.index().start(s); i < rows.index().start(s + 1); i++) {
                final double value = value(column, factor, rows.index().row(i));
                final int v = rows.visit(i);
                constant &= value == first;
                byVisit &= Double.isNaN(values[v]) || value == values[v];
                values[v] = value;
            }
        }
        if (!constant) {
            (byVisit ? ofVisit : changing).add(name);
        }
    }

    private static double value(final Column column, final Factor factor, final int row) {
        return factor == null ? column.value(row) : factor.code(row);
    }

    /** Columns of the mean that change within subjects and do not belong to the visit. */
    Set<String> changing() {
        return changing;
    }

    /** Rows without a response of subjects that have none anywhere, in the order of the table. */
    List<Visit> ofUnknownSubjects() {
        return missingBySubject.getOrDefault(-1, List.of()).stream()
            .map(row -> new Visit(row, row, visit == null ? -1 : visit.code(row))).toList();
    }

    /** The subject's visits without a response, in order. */
    List<Visit> of(final int subject) {
        final List<Visit> visits = new ArrayList<>();
        final List<Integer> rowsOfVisit = new ArrayList<>(missingBySubject.getOrDefault(subject, List.of()));
        if (visit == null) {
            rowsOfVisit.forEach(row -> visits.add(new Visit(row, row, -1)));
            return visits;
        }
        final int[] rowAt = new int[donors.length];
        Arrays.fill(rowAt, -1);
        for (int i = rows.index().start(subject); i < rows.index().start(subject + 1); i++) {
            rowAt[rows.visit(i)] = Integer.MAX_VALUE; // observed
        }
        for (final int row : rowsOfVisit) {
            if (visit.code(row) >= 0 && rowAt[visit.code(row)] < 0) {
                rowAt[visit.code(row)] = row;
            }
        }
        for (int v = 0; v < rowAt.length; v++) {
            if (rowAt[v] >= 0 && rowAt[v] < Integer.MAX_VALUE) {
                visits.add(new Visit(rowAt[v], rowAt[v], v));
            } else if (rowAt[v] < 0 && changing.isEmpty()) {
                visits.add(new Visit(rows.index().row(rows.index().start(subject)), donors[v], v));
            }
        }
        return visits;
    }

    /** The row of X of an unobserved visit, in the working basis. */
    @Override
    public void fill(final Visit unobserved, final double[] w) {
        final FixedDesign fixed = rows.design().fixed();
        fixed.rowWith(unobserved.row, unobserved.donor, ofVisit, w);
        fixed.basis().transform(w);
    }

    /** What its mean has beside it. */
    @Override
    public double offset(final Visit unobserved) {
        return rows.design().fixed().offset().value(unobserved.row, unobserved.donor, ofVisit);
    }
}
