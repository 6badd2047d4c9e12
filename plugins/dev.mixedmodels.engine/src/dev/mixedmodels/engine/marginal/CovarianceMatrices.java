package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The table of covariance matrices: V (of rows of weight 1 where it is that of visits), that of the fixed effects, that
 * of the covariance parameters.
 */
record CovarianceMatrices(RepeatedRows rows, StructureFit estimates, MarginalSettings settings) {
    static final int LARGEST_V = 50;

    List<CovarianceEntryRow> table(final FixedInference inference, final CovarianceParameters parameters) {
        final List<CovarianceEntryRow> table = new ArrayList<>();
        final VisitStructure structure = estimates.model().structure();
        final boolean overVisits = settings.layout().visit() != null && structure.overPlaces() == null;
        if (overVisits) {
            for (int g = 0; g < rows.groups(); g++) {
                table.addAll(ofGroup(g));
            }
        }
        if (!overVisits || settings.tables().shown() != null) {
            table.addAll(ofSubject(settings.tables().shown() == null ? mostComplete()
                : subject(settings.tables().shown())));
        }
        table.addAll(CovarianceEntryRow.of("Fixed effects", "", rows.design().fixed().names(),
            inference.covariance()));
        table.addAll(parameters.matrix());
        return List.copyOf(table);
    }

    private List<CovarianceEntryRow> ofGroup(final int group) {
        final int n = Math.min(LARGEST_V, rows.visits().size());
        final double[] all = estimates.model().typical(estimates.model().part(estimates.theta(), group));
        final int[] visits = new int[n];
        Arrays.setAll(visits, i -> all.length == 1 ? -1 : i);
        final double[][] v = Matrices.square(VisitCovariance.select(all, visits), n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i][j] = estimates.undetermined().entry(group, i, j) ? Double.NaN : v[i][j];
            }
        }
        return CovarianceEntryRow.of("V", rows.groupName(group), rows.visits().subList(0, n), v);
    }

    private List<CovarianceEntryRow> ofSubject(final int subject) {
        final int[] own = rows.index().rows(subject);
        final double[][] v = Matrices.square(estimates.model().covariance(estimates.theta(), subject), own.length);
        final int n = Math.min(LARGEST_V, own.length);
        final List<String> names = new ArrayList<>();
        final double[][] part = new double[n][n];
        for (int i = 0; i < n; i++) {
            names.add(name(subject, i, own[i], names));
            for (int j = 0; j < n; j++) {
                part[i][j] = v[i][j] / (root(subject, i) * root(subject, j));
            }
        }
        return CovarianceEntryRow.of("V", rows.subject().level(subject), names, part);
    }

    /**
     * The place or time of a row of a subject where the structure goes by it, else its visit; different from those
     * before.
     */
    private String name(final int subject, final int i, final int row, final List<String> before) {
        final VisitStructure structure = estimates.model().structure();
        final boolean byTime = rows.hasTime() && settings.layout().visit() == null;
        final String name = structure.overPlaces() != null ? Arrays.stream(rows.places(structure, new int[] {row}))
            .map(place -> Words.number(place[0])).collect(Collectors.joining(", "))
            : byTime ? Words.number(rows.time(row)) : rows.visits().get(rows.visit(rows.index().start(subject) + i));
        int copies = 1;
        while (before.contains(copies == 1 ? name : name + " (" + copies + ")")) {
            copies++;
        }
        return copies == 1 ? name : name + " (" + copies + ")";
    }

    private double root(final int subject, final int i) {
        return rows.root(rows.index().row(rows.index().start(subject) + i));
    }

    private int subject(final String name) {
        final int subject = rows.subject().levels().indexOf(name);
        if (subject < 0) {
            throw new ModelException("The subject \"" + name + "\" whose V is to be shown does not occur in column \""
                + rows.subject().name() + "\" of the rows used.");
        }
        return subject;
    }

    /** The first subject with the largest number of rows. */
    private int mostComplete() {
        int best = 0;
        for (int s = 1; s < rows.subjects(); s++) {
            if (rows.index().start(s + 1) - rows.index().start(s) > rows.index().start(best + 1)
                - rows.index().start(best)) {
                best = s;
            }
        }
        return best;
    }
}
