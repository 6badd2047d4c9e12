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
import java.util.stream.DoubleStream;

/**
 * The table of covariance matrices: V (of rows of weight 1 where it is that of visits), that of the fixed effects, that
 * of the covariance parameters.
 */
record CovarianceMatrices(RepeatedData data, StructureFit estimates, UnobservedVisits unobserved) {
    static final int LARGEST_V = 50;

    List<CovarianceEntryRow> table(final FixedInference inference, final CovarianceParameters parameters) {
        final List<CovarianceEntryRow> table = new ArrayList<>();
        final VisitStructure structure = estimates.model().structure();
        final boolean overVisits = data.settings().layout().visit() != null && structure.overPlaces() == null;
        if (overVisits) {
            for (int g = 0; g < data.groups(); g++) {
                table.addAll(ofGroup(g));
            }
        }
        if (!overVisits || data.settings().tables().shown() != null) {
            table.addAll(ofSubject(shown()));
        }
        table.addAll(CovarianceEntryRow.of("Fixed effects", "", data.design().fixed().names(),
            inference.covariance()));
        table.addAll(parameters.matrix());
        return List.copyOf(table);
    }

    private List<CovarianceEntryRow> ofGroup(final int group) {
        final int n = Math.min(LARGEST_V, data.visits().size());
        final double[] all = estimates.model().typical(estimates.model().part(estimates.theta(), group));
        final int[] visits = new int[n];
        Arrays.setAll(visits, i -> all.length == 1 ? -1 : i);
        final double[][] v = Matrices.square(VisitCovariance.select(all, visits), n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i][j] = estimates.undetermined().entry(group, i, j) ? Double.NaN : v[i][j];
            }
        }
        return CovarianceEntryRow.of("V", data.groupName(group), data.visits().subList(0, n), v);
    }

    /** Of the first rows of a subject. */
    private List<CovarianceEntryRow> ofSubject(final CompleteSubject subject) {
        final List<RepeatedRow> rows = subject.observed().subList(0, Math.min(LARGEST_V, subject.observed().size()));
        final int n = rows.size();
        final int[] visits = new int[n];
        Arrays.setAll(visits, subject::visit);
        final double[][] places = unobserved.places(rows);
        final double[][] v = Matrices.square(Solved.of(estimates).covariance(subject.group(), visits, places), n);
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            final int at = i;
            names.add(name(rows.get(i), visits[i], Arrays.stream(places).mapToDouble(place -> place[at]), names));
            for (int j = 0; j < n; j++) {
                v[i][j] /= rows.get(i).root() * rows.get(j).root();
            }
        }
        return CovarianceEntryRow.of("V", data.subject().level(subject.code()), names, v);
    }

    /**
     * The place or time of a row of a subject where the structure goes by it, else its visit; different from those
     * before.
     */
    private String name(final RepeatedRow row, final int visit, final DoubleStream place, final List<String> before) {
        final boolean byTime = !Double.isNaN(row.time()) && data.settings().layout().visit() == null;
        final String name = estimates.model().structure().overPlaces() != null
            ? place.mapToObj(Words::number).collect(Collectors.joining(", "))
            : byTime ? Words.number(row.time()) : data.visits().get(visit);
        int copies = 1;
        while (before.contains(copies == 1 ? name : name + " (" + copies + ")")) {
            copies++;
        }
        return copies == 1 ? name : name + " (" + copies + ")";
    }

    private CompleteSubject shown() {
        if (data.sums().shown() == null) {
            throw new ModelException("The subject \"" + data.settings().tables().shown()
                + "\" whose V is to be shown does not occur in column \"" + data.subject().name()
                + "\" of the rows used.");
        }
        return data.sums().shown();
    }
}
