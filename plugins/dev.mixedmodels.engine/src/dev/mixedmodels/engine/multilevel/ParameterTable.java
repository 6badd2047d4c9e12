package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.inference.WaldBounds;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedProfile;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.report.SearchEnded;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The table of covariance parameters. Wald intervals are on the log scale for variances, on Fisher's z scale for
 * correlations and on the plain scale for covariances.
 */
final class ParameterTable {
    private final FittedModel fitted;
    private final MixedProfile profile;
    private final double[] psi;
    private final double[][] covariance;
    private final WaldBounds wald;
    private final VarianceParts parts;
    private final List<CovarianceParameterRow> rows = new ArrayList<>();

    ParameterTable(final FittedModel fitted, final Progress progress) {
        this.fitted = fitted;
        // parameters that the data cannot tell apart have no profile worth its time
        profile = SearchEnded.possible(fitted.fit().optimum(), fitted.settings().inference().varianceIntervals())
            .profile() && fitted.parameters().informationExists()
            ? new MixedProfile(fitted.parameters(), fitted.settings().inference().confidence()) : null;
        psi = fitted.parameters().parameters();
        covariance = fitted.parameters().parameterCovariance();
        wald = WaldBounds.of(fitted.settings().inference().varianceIntervals(),
            fitted.settings().inference().confidence());
        parts = VarianceParts.of(fitted);
        int at = 0;
        for (int k = 0; k < fitted.mixed().groups().size(); k++) {
            final int[][] entries = fitted.mixed().groups().get(k).structure().entries();
            for (int e = 0; e < entries.length; e++) {
                progress.check();
                add(k, entries[e][0], entries[e][1], at, at + e);
            }
            at += entries.length;
        }
        residual(at);
    }

    List<CovarianceParameterRow> rows() {
        return List.copyOf(rows);
    }

    /** The parameters of another fit of the model, in the order of the rows. */
    static DoubleStream values(final FittedModel model, final MixedFit fit) {
        final DoubleStream.Builder values = DoubleStream.builder();
        for (int k = 0; k < model.mixed().groups().size(); k++) {
            final double[][] d = fit.covariance(k);
            for (final int[] entry : model.mixed().groups().get(k).structure().entries()) {
                final int i = entry[0];
                final int j = entry[1];
                values.add(d[i][j]);
                if (i != j) {
                    values.add(CovarianceEntryRow.correlation(d[i][j], d[i][i], d[j][j]));
                }
            }
        }
        return values.add(fit.sigma2()).build();
    }

    private double error(final int at) {
        return covariance[at][at] > 0 ? Math.sqrt(covariance[at][at]) : Double.NaN;
    }

    private void add(final int k, final int i, final int j, final int first, final int at) {
        final RandomGroup group = fitted.mixed().groups().get(k);
        if (i == j) {
            variance(k, i, at);
            return;
        }
        final double[][] d = fitted.fit().covariance(k);
        final String names = group.names().get(j) + ", " + group.names().get(i);
        final boolean zero = !(d[i][i] > 0 && d[j][j] > 0);
        final double correlation = CovarianceEntryRow.correlation(d[i][j], d[i][i], d[j][j]);
        final double error = zero ? Double.NaN : error(at);
        final ProfileBounds bounds = wald.plain(psi[at], error);
        rows.add(new CovarianceParameterRow(group.name(), "Cov(" + names + ")", psi[at], error, bounds.lower(),
            bounds.upper(), Double.NaN, correlation, Double.NaN, zero));
        correlation(k, i, j, first, names, correlation);
    }

    private void correlation(final int k, final int i, final int j, final int first, final String names,
        final double r) {
        final boolean perfect = Math.abs(r) >= Remarks.PERFECT;
        final double error = perfect || Double.isNaN(r) ? Double.NaN : correlationError(k, i, j, first);
        final ProfileBounds bounds = profile != null ? profile.correlation(k, i, j) : wald.correlation(r, error, -1);
        rows.add(new CovarianceParameterRow(fitted.mixed().groups().get(k).name(), "Corr(" + names + ")", r, error,
            bounds.lower(), bounds.upper(), Double.NaN, r, Double.NaN, perfect || Double.isNaN(r)));
    }

    /** Delta method. */
    private double correlationError(final int k, final int i, final int j, final int first) {
        final double[] slopes = fitted.mixed().groups().get(k).structure().correlationSlopes(i, j, psi, first);
        return Math.sqrt(Matrices.bilinear(covariance, slopes, slopes));
    }

    private void variance(final int k, final int i, final int at) {
        final RandomGroup group = fitted.mixed().groups().get(k);
        final String name = group.names().get(i);
        final boolean zero = psi[at] == 0;
        final double error = zero ? Double.NaN : error(at);
        final ProfileBounds bounds = profile != null ? profile.variance(k, i)
            : wald.variance(psi[at], error);
        rows.add(new CovarianceParameterRow(group.name(), "Var(" + name + ")", psi[at], error, bounds.lower(),
            bounds.upper(), Math.sqrt(psi[at]), Double.NaN, name.equals(RandomGroup.INTERCEPT)
                ? psi[at] / parts.sum() : Double.NaN, zero));
    }

    private void residual(final int at) {
        final double error = error(at);
        final ProfileBounds bounds = profile != null ? profile.residual() : wald.variance(psi[at], error);
        rows.add(new CovarianceParameterRow("Residual", "Var(Residual)", psi[at], error, bounds.lower(),
            bounds.upper(), Math.sqrt(psi[at]), Double.NaN, psi[at] / parts.sum(), false));
    }
}
