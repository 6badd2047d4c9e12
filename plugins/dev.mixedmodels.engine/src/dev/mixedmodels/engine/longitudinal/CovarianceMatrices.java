package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.fit.RandomModel;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.List;

/** The table Covariance matrices: D, Sigma and V of one subject, the estimates' own covariances. */
final class CovarianceMatrices {
    static final int MOST_ROWS = 50;

    private final SubjectData data;
    private final ResidualColumns residual;
    private final Estimate estimate;

    private CovarianceMatrices(final SubjectData data, final ResidualColumns residual, final Estimate estimate) {
        this.data = data;
        this.residual = residual;
        this.estimate = estimate;
    }

    static List<CovarianceEntryRow> of(final LongitudinalSettings settings, final SubjectData data,
        final ResidualColumns residual, final Estimate estimate, final FixedInference inference) {
        final CovarianceMatrices tables = new CovarianceMatrices(data, residual, estimate);
        final List<CovarianceEntryRow> rows = new ArrayList<>();
        final RandomModel random = estimate.model().random();
        if (!random.names().isEmpty()) {
            rows.addAll(CovarianceEntryRow.of("D", data.subject().name(), random.names(), estimate.d()));
        }
        final int subject = subject(settings.tables().shown(), data);
        final List<String> names = tables.names(subject);
        final String level = data.subject().level(subject);
        rows.addAll(CovarianceEntryRow.of("Sigma", level, names, tables.matrix(subject, names.size(), false)));
        rows.addAll(CovarianceEntryRow.of("V", level, names, tables.matrix(subject, names.size(), true)));
        rows.addAll(CovarianceEntryRow.of("Fixed effects", "", data.design().fixed().names(),
            inference.covariance()));
        final List<String> parameters = new ArrayList<>();
        for (final String name : estimate.model().parameterNames()) {
            parameters.add(parameters.size() < random.parameters() ? data.subject().name() + ": " + name : name);
        }
        rows.addAll(CovarianceEntryRow.of("Covariance parameters", "", parameters, estimate.parameterCovariance()));
        return rows;
    }

    /** The one that is asked for, or the first of those with most rows. */
    private static int subject(final String wanted, final SubjectData data) {
        int most = 0;
        for (int i = 0; i < data.subjects(); i++) {
            if (data.subject().level(i).equals(wanted)) {
                return i;
            }
            if (data.starts()[i + 1] - data.starts()[i] > data.starts()[most + 1] - data.starts()[most]) {
                most = i;
            }
        }
        if (wanted != null) {
            throw new ModelException("There is no subject \"" + wanted + "\" of \"" + data.subject().name()
                + "\" among the rows used, so that its covariance matrix cannot be shown.");
        }
        return most;
    }

    /** Times of the subject's rows, numbered where they repeat; numbers where no time is known. */
    private List<String> names(final int subject) {
        final List<String> names = new ArrayList<>();
        final int start = data.starts()[subject];
        for (int i = start; i < data.starts()[subject + 1] && names.size() < MOST_ROWS; i++) {
            if (!data.timed()) {
                names.add(Integer.toString(i - start + 1));
                continue;
            }
            final String name = Words.number(data.time(i));
            int copies = 1;
            while (names.contains(copies == 1 ? name : name + " (" + copies + ")")) {
                copies++;
            }
            names.add(copies == 1 ? name : name + " (" + copies + ")");
        }
        return names;
    }

    /** Sigma_i or V_i over the first rows of a subject, in the user's units. */
    private double[][] matrix(final int subject, final int n, final boolean marginal) {
        final int start = data.starts()[subject];
        final double[] eta = estimate.eta();
        final double scale = estimate.unit() * estimate.unit() * Math.exp(estimate.logScale());
        final double[][] d = estimate.d();
        final double[][] z = new double[n][d.length];
        final double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            if (data.random() != null) {
                data.random().row(data.frameRow(start + i), z[i]);
            }
            for (int j = 0; j <= i; j++) {
                final double time = data.timed() ? data.time(start + i) - data.time(start + j) : 0;
                double value = scale * residual.model().correlation(eta, i - j, time)
                    * residual.relativeDeviation(eta, start + i) * residual.relativeDeviation(eta, start + j)
                    / (data.rootWeight(start + i) * data.rootWeight(start + j));
                if (marginal && data.random() != null) {
                    value += Matrices.bilinear(d, z[i], z[j]);
                }
                matrix[i][j] = value;
                matrix[j][i] = value;
            }
        }
        return matrix;
    }
}
