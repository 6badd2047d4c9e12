package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.fit.ProfileLikelihood;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.covariance.CorrelationParameter;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.inference.WaldBounds;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.report.SearchEnded;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.List;

/** The table Covariance parameters: every entry of D, the correlation beside each covariance, and the residuals. */
final class CovarianceTable {
    private static final double FULL_CORRELATION = 1 - 1e-9;

    private final String group;
    private final Estimate estimate;
    private final double meanResidual;
    private final double[] values;
    private final double[][] covariance;
    private final double[][] d;
    private final WaldBounds wald;
    private final ProfileLikelihood profile;
    private final List<CovarianceParameterRow> rows = new ArrayList<>();

    private CovarianceTable(final LongitudinalSettings settings, final String group, final Estimate estimate,
        final double meanResidual) {
        this.group = group;
        this.estimate = estimate;
        this.meanResidual = meanResidual;
        values = estimate.parameters();
        covariance = estimate.parameterCovariance();
        d = estimate.d();
        wald = WaldBounds.of(settings.inference().varianceIntervals(), settings.inference().confidence());
        profile = SearchEnded.possible(estimate.minimum().optimum(), settings.inference().varianceIntervals())
            .profile() ? new ProfileLikelihood(estimate, settings.inference().confidence()) : null;
    }

    /**
     * @param settings what is wanted
     * @param group name of the subject factor
     * @param estimate the parameters
     * @param meanResidual mean residual variance over the rows
     */
    static List<CovarianceParameterRow> of(final LongitudinalSettings settings, final String group,
        final Estimate estimate, final double meanResidual) {
        final CovarianceTable table = new CovarianceTable(settings, group, estimate, meanResidual);
        int first = 0;
        for (final RandomBlock block : estimate.model().random().blocks()) {
            table.block(block, first);
            first += block.structure().parameters();
        }
        table.residuals(first);
        return List.copyOf(table.rows);
    }

    private double square() {
        return estimate.unit() * estimate.unit();
    }

    private void block(final RandomBlock block, final int first) {
        final List<String> names = estimate.model().random().names();
        for (int i = 0; i < block.size(); i++) {
            for (int j = 0; j < i; j++) {
                final int parameter = block.structure().parameter(i, j);
                if (parameter >= 0) {
                    pair(block, i, j, first, names.get(block.first() + j) + ", "
                        + names.get(block.first() + i));
                }
            }
            variance(block, i, first + block.structure().parameter(i, i), names.get(block.first() + i));
        }
    }

    private double stdError(final int k) {
        final double variance = covariance[k][k];
        return variance > 0 ? Math.sqrt(variance) : Double.NaN;
    }

    private void variance(final RandomBlock block, final int i, final int k, final String name) {
        final double value = d[block.first() + i][block.first() + i];
        final boolean zero = estimate.vanishes(block, i);
        final double error = zero ? Double.NaN : stdError(k);
        final ProfileBounds bounds = profile == null ? wald.variance(value, error)
            : profile.variance(block, i).times(square());
        final double share = name.equals("(Intercept)") ? value / (value + meanResidual) : Double.NaN;
        rows.add(new CovarianceParameterRow(group, "Var(" + name + ")", zero ? 0 : value, error, bounds.lower(),
            bounds.upper(), zero ? 0 : Math.sqrt(value), Double.NaN, share, zero));
    }

    private void pair(final RandomBlock block, final int i, final int j, final int first, final String names) {
        final int a = block.first() + i;
        final int b = block.first() + j;
        final double value = d[a][b];
        final double correlation = CovarianceEntryRow.correlation(value, d[a][a], d[b][b]);
        final boolean full = Math.abs(correlation) > FULL_CORRELATION;
        final double error = stdError(first + block.structure().parameter(i, j));
        final ProfileBounds bounds = wald.plain(value, error);
        rows.add(new CovarianceParameterRow(group, "Cov(" + names + ")", value, error, bounds.lower(), bounds.upper(),
            Double.NaN, correlation, Double.NaN, false));
        if (Double.isNaN(correlation)) {
            rows.add(new CovarianceParameterRow(group, "Corr(" + names + ")", Double.NaN, Double.NaN, Double.NaN,
                Double.NaN, Double.NaN, Double.NaN, Double.NaN, true));
            return;
        }
        final double rho = full ? Math.signum(correlation) : correlation;
        final double rhoError = full ? Double.NaN : correlationError(block, i, j, first);
        final ProfileBounds found = profile != null ? profile.correlation(block, j, i)
            : wald.correlation(rho, rhoError, -1);
        rows.add(new CovarianceParameterRow(group, "Corr(" + names + ")", rho, rhoError, found.lower(), found.upper(),
            Double.NaN, Double.NaN, Double.NaN, full));
    }

    /** Delta method. */
    private double correlationError(final RandomBlock block, final int i, final int j, final int first) {
        final double[] slope = block.structure().correlationSlopes(i, j, values, first);
        final double variance = Matrices.bilinear(covariance, slope, slope);
        return variance > 0 ? Math.sqrt(variance) : Double.NaN;
    }

    private void residuals(final int first) {
        final ResidualModel residual = estimate.model().residual();
        final List<String> names = residual.names();
        for (int k = 0; k < names.size(); k++) {
            final CorrelationParameter correlation = residual.correlation(k);
            final boolean variance = k < residual.variances();
            final boolean bound = estimate.atBound(k);
            final double value = values[first + k];
            final double unit = variance ? square() : 1;
            final double error = bound ? Double.NaN : stdError(first + k);
            final ProfileBounds bounds = profile != null && (correlation == null || correlation.withBefore() == 0)
                ? profile.residual(k).times(unit)
                : variance || correlation == CorrelationParameter.RANGE ? wald.variance(value, error)
                    : correlation == null ? wald.plain(value, error)
                        : wald.correlation(value, error, correlation.least(residual.extent().maxRows()));
            final boolean only = variance && residual.shapes() == 0;
            final double intercept = interceptVariance();
            rows.add(new CovarianceParameterRow("Residual", names.get(k), value, error, bounds.lower(), bounds.upper(),
                variance ? Math.sqrt(value) : Double.NaN, Double.NaN,
                only ? value / (value + intercept) : Double.NaN, bound));
        }
    }

    private double interceptVariance() {
        final int at = estimate.model().random().names().indexOf("(Intercept)");
        return at < 0 ? 0 : d[at][at];
    }
}
