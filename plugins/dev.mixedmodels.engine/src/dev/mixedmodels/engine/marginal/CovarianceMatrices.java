package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of covariance matrices: V (of rows of weight 1 where it is that of visits), that of the fixed effects, that of
 * the covariance parameters.
 */
record CovarianceMatrices(RepeatedRows rows, StructureFit estimates, MarginalSettings settings) {
    static final int LARGEST_V = 50;

    List<CovarianceEntryRow> table(final FixedInference inference, final CovarianceParameters parameters) {
        final List<CovarianceEntryRow> table = new ArrayList<>();
        final boolean overVisits = settings.layout().visit() != null && !estimates.model().structure().overTime();
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
        final SubjectBlock block = new SubjectBlock(rows.columns());
        final int n = Math.min(LARGEST_V, rows.visits().size());
        block.start(n, group);
        for (int i = 0; i < n; i++) {
            block.place(i, i, i);
        }
        final double[][] v = Matrices.square(estimates.model().covariance(estimates.theta(), block), n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                v[i][j] = estimates.undetermined().entry(group, i, j) ? Double.NaN : v[i][j];
            }
        }
        return CovarianceEntryRow.of("V", rows.groupName(group), rows.visits().subList(0, n), v);
    }

    private List<CovarianceEntryRow> ofSubject(final int subject) {
        final SubjectBlock block = new SubjectBlock(rows.columns());
        rows.read(subject, block);
        final int k = block.rows();
        final double[][] v = Matrices.square(estimates.model().covariance(estimates.theta(), block), k);
        final int n = Math.min(LARGEST_V, k);
        final List<String> names = new ArrayList<>();
        final double[][] part = new double[n][n];
        for (int i = 0; i < n; i++) {
            final boolean byTime = rows.hasTime() && (settings.layout().visit() == null
                || estimates.model().structure().overTime());
            names.add(byTime ? Words.number(block.time(i)) : rows.visits().get(block.visit(i)));
            for (int j = 0; j < n; j++) {
                part[i][j] = v[i][j] / (root(subject, i) * root(subject, j));
            }
        }
        return CovarianceEntryRow.of("V", rows.subject().level(subject), names, part);
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
