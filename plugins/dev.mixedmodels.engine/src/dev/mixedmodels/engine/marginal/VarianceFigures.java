package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.report.ModelFitRows;
import dev.mixedmodels.engine.result.ResponseUnit;
import dev.mixedmodels.engine.statistics.MeanVariance;
import java.util.Locale;

/** How the variance of the response divides, and what compound symmetry means in the terms of a random intercept. */
record VarianceFigures(RepeatedData data, StructureFit estimates) {
    void write(final ModelFitRows table) {
        final double residual = meanVariance();
        final double explained = explained();
        table.fit("R2 Marginal", explained / (explained + residual), "Share of the variance that the mean accounts "
            + "for: variance of the fitted values over the rows against that and the mean variance of V.");
        table.fit("R2 Conditional", Double.NaN, "The model has no random effects.");
        intraclass(table);
        table.fit("Residual Std. Deviation", Math.sqrt(residual),
            estimates.model().structure().homogeneous() && data.groups() == 1 ? ""
                : "Root of the mean variance over the rows.");
    }

    /** Variance of the fitted values over the rows. */
    private double explained() {
        return MeanVariance.of(data.coordinates().coefficients(estimates.mean().beta()),
            data.design().fixed().intercept(), data.size(), data.sums().plain());
    }

    /** Mean of the diagonal of V over the rows. */
    private double meanVariance() {
        double sum = 0;
        final int visits = data.visits().size();
        final boolean byVisit = !estimates.model().structure().homogeneous();
        for (int g = 0; g < data.groups(); g++) {
            final double[] v = estimates.model().typical(estimates.model().part(estimates.theta(), g));
            for (int visit = 0; visit < visits; visit++) {
                sum += data.patterns().seen(g, visit) * v[byVisit ? visit * (visits + 1) : 0];
            }
        }
        return sum / data.size();
    }

    /** Compound symmetry with c at least 0 is a random intercept with variance c; with c below 0 none is like it. */
    private void intraclass(final ModelFitRows table) {
        if (!estimates.model().structure().classical() || data.groups() > 1) {
            return;
        }
        final int n = data.visits().size();
        final double[] v = estimates.model().typical(estimates.theta());
        final double c = v[1];
        final double gamma = v[0] - v[1];
        final String bounds = String.format(Locale.ROOT, "Correlation of two rows of a subject. With %d visits the "
            + "common covariance c lies above -gamma/%d = %.6g and the correlation above -1/%d. ", n, n,
            -ResponseUnit.of(data.design().responseUnit()).back(gamma, 2) / n, n - 1);
        table.fit("Intraclass Correlation " + data.subject().name(), c / v[0],
            bounds + (c < 0 ? "c is negative: rows of a subject are less alike than rows of different subjects. No "
                + "model with a random intercept gives this; it would put the variance at 0."
                : "The same as a random intercept with variance c and residual variance gamma."));
    }
}
