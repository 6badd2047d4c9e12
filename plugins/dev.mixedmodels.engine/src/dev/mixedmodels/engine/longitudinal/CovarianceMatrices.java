package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.fit.RandomModel;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The table Covariance matrices: D, Sigma and V of one subject, the estimates' own covariances. */
final class CovarianceMatrices {
    static final int MOST_ROWS = 50;

    private final SubjectData data;
    private final ResidualColumns residual;
    private final Estimate estimate;
    private final ShownRows shown;
    private final int first; // place of the first of them among the rows that are kept

    private CovarianceMatrices(final SubjectData data, final ResidualColumns residual, final Estimate estimate,
        final int subject, final Progress progress) {
        this.data = data;
        this.residual = residual;
        this.estimate = estimate;
        shown = data.source().fold(new ShownRows(data, subject, MOST_ROWS), progress.quiet());
        first = data.held() ? data.rows().starts()[subject] : 0;
    }

    static List<CovarianceEntryRow> of(final LongitudinalSettings settings, final SubjectData data,
        final ResidualColumns residual, final Estimate estimate, final FixedInference inference,
        final Progress progress) {
        final int subject = subject(settings.tables().shown(), data);
        final CovarianceMatrices tables = new CovarianceMatrices(data, residual, estimate, subject, progress);
        final List<CovarianceEntryRow> rows = new ArrayList<>();
        final RandomModel random = estimate.model().random();
        if (!random.names().isEmpty()) {
            rows.addAll(CovarianceEntryRow.of("D", data.subject().name(), random.names(), estimate.d()));
        }
        final List<String> names = tables.names();
        final String level = data.subject().level(subject);
        rows.addAll(CovarianceEntryRow.of("Sigma", level, names, tables.matrix(false)));
        rows.addAll(CovarianceEntryRow.of("V", level, names, tables.matrix(true)));
        rows.addAll(CovarianceEntryRow.of("Fixed effects", "", data.design().fixed().names(),
            inference.covariance()));
        rows.addAll(CovarianceEntryRow.of("Covariance parameters", "", estimate.parameterNames(data.subject().name()),
            estimate.parameterCovariance()));
        return rows;
    }

    /** The one that is asked for, or the first of those with most rows. */
    private static int subject(final String wanted, final SubjectData data) {
        if (wanted == null) {
            return data.largest();
        }
        final int subject = data.subject().levels().indexOf(wanted);
        if (subject < 0) {
            throw new ModelException("There is no subject \"" + wanted + "\" of \"" + data.subject().name()
                + "\" among the rows used, so that its covariance matrix cannot be shown.");
        }
        return subject;
    }

    /** Times of the rows, or their numbers where no time is known. */
    private List<String> names() {
        return IntStream.range(0, shown.size())
            .mapToObj(i -> data.key().time() == null ? Integer.toString(i + 1) : Words.number(shown.time(i))).toList();
    }

    /** Sigma_i or V_i over the rows, in the user's units. */
    private double[][] matrix(final boolean marginal) {
        final double[] eta = estimate.eta();
        final double scale = estimate.unit() * estimate.unit() * Math.exp(estimate.logScale());
        final double[][] d = estimate.d();
        final int n = shown.size();
        final double[] deviations = new double[n];
        for (int i = 0; i < n; i++) {
            deviations[i] = residual.relativeDeviation(eta, first + i) / shown.root(i);
        }
        final double[][] matrix = new double[n][n];
        final double[] correlations = residual.model().matrix(eta, residual.positions(), first, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double value = scale * correlations[i * n + j] * deviations[i] * deviations[j];
                if (marginal && data.random() != null) {
                    value += Matrices.bilinear(d, shown.effects(i), shown.effects(j));
                }
                matrix[i][j] = value;
                matrix[j][i] = value;
            }
        }
        return matrix;
    }
}
