package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;

/** Fits in one line, and data to fit. */
final class Fits {
    private Fits() {
    }

    static UnitFit of(final EmpiricalBayesSettings.Builder settings, final double[] y,
        final double... precision) {
        return of(settings, Units.of("unit", i -> "u" + i, y, precision), new Warnings());
    }

    static UnitFit of(final EmpiricalBayesSettings.Builder settings, final Units units,
        final Warnings warnings) {
        final EmpiricalBayesResult result = EmpiricalBayes.fit(settings.build(), units, Progress.NONE, warnings);
        return new UnitFit(result, result.rule().of(units), units.size());
    }

    static UnitFit of(final EmpiricalBayesSettings.Builder settings, final UnitColumns columns, final Frame table,
        final Warnings warnings) {
        final EmpiricalBayesResult result = EmpiricalBayes.fit(
            new UnitModel(settings.build(), columns, DesignOptions.DEFAULT), table, Progress.NONE, warnings);
        return new UnitFit(result, result.rule().of(table, 0), table.rows());
    }

    static EmpiricalBayesSettings.Builder gaussian() {
        return EmpiricalBayesSettings.builder(Family.GAUSSIAN);
    }

    static EmpiricalBayesSettings.Builder poisson() {
        return EmpiricalBayesSettings.builder(Family.POISSON_GAMMA);
    }

    static EmpiricalBayesSettings.Builder binomial() {
        return EmpiricalBayesSettings.builder(Family.BETA_BINOMIAL);
    }

    static FitStatisticRow statistic(final UnitFit result, final String name) {
        return result.tables().modelFit().stream().filter(r -> r.statistic().equals(name)).findFirst().orElseThrow();
    }

    static CovarianceParameterRow parameter(final UnitFit result, final String name) {
        return result.tables().covarianceParameters().stream().filter(r -> r.parameter().equals(name)).findFirst()
            .orElseThrow();
    }

    /** k estimates with standard errors between 0.5 and 2 about thetas of variance tau2. */
    static double[][] estimates(final int k, final double tau2, final long seed) {
        final Sampler sampler = new Sampler(seed);
        final double[][] data = new double[2][k];
        for (int i = 0; i < k; i++) {
            data[1][i] = Math.pow(2, 2 * sampler.uniform() - 1);
            data[0][i] = 3 + Math.sqrt(tau2) * sampler.normal() + data[1][i] * sampler.normal();
        }
        return data;
    }

    /** k counts with exposures between 1 and 100 and rates of mean 0.5 and shape 2. */
    static double[][] counts(final int k, final long seed) {
        final Sampler sampler = new Sampler(seed);
        final double[][] data = new double[2][k];
        for (int i = 0; i < k; i++) {
            data[1][i] = Math.pow(10, 2 * sampler.uniform());
            data[0][i] = sampler.poisson(data[1][i] * 0.25 * sampler.gamma(2));
        }
        return data;
    }

    /** k numbers of successes in 5 to 40 trials with probabilities from Beta(2, 6). */
    static double[][] successes(final int k, final long seed) {
        final Sampler sampler = new Sampler(seed);
        final double[][] data = new double[2][k];
        for (int i = 0; i < k; i++) {
            data[1][i] = 5 + Math.floor(36 * sampler.uniform());
            data[0][i] = sampler.binomial(data[1][i], sampler.beta(2, 6));
        }
        return data;
    }
}
