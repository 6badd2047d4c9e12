package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayes;
import dev.mixedmodels.engine.empiricalbayes.ShrunkenUnits;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Intervals;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings;
import dev.mixedmodels.engine.empiricalbayes.PriorEstimator;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.empiricalbayes.PosteriorVariance;
import dev.mixedmodels.engine.empiricalbayes.Units;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.result.ShrinkageRow;
import java.util.Arrays;
import java.util.Locale;

/**
 * How honest the posterior intervals are and what shrinkage gains: theta_i ~ N(0, tau2), y_i ~ N(theta_i, 1), REML.
 * Prints the coverage of 95 % intervals by posterior variance, k and tau2 / sigma2, then the risk (mean squared error
 * over sigma2) of the posterior means by estimator; each with its Monte Carlo standard error over the data sets, and
 * whether what the methods promise holds. Arguments: data sets a cell (2000), bootstrap samples (100), seed (1).
 */
public final class EmpiricalBayesSimulation {
    private static final int[] UNITS = {10, 30, 100};
    private static final double[] RATIOS = {0.1, 0.5, 1, 5};
    private static final PosteriorVariance[] VARIANCES = {PosteriorVariance.NAIVE, PosteriorVariance.MORRIS,
        PosteriorVariance.KASS_STEFFEY, PosteriorVariance.PRASAD_RAO, PosteriorVariance.BOOTSTRAP};
    private static final int[] RISK_UNITS = {4, 5, 6, 10, 30};
    private static final double[] RISK_RATIOS = {0, 0.1, 0.5, 1, 5};
    private static final PriorEstimator[] ESTIMATORS = {PriorEstimator.JAMES_STEIN, PriorEstimator.REML, PriorEstimator.ML};
    private static final int[] DOMINATES_FROM = {4, 5, 6};

    private final int sets;
    private final int replicates;
    private final long seed;
    private boolean allHold = true;

    private EmpiricalBayesSimulation(final int sets, final int replicates, final long seed) {
        this.sets = sets;
        this.replicates = replicates;
        this.seed = seed;
    }

    /**
     * @param arguments data sets a cell, bootstrap samples, seed
     */
    public static void main(final String[] arguments) {
        final EmpiricalBayesSimulation simulation = new EmpiricalBayesSimulation(
            arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000,
            arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100,
            arguments.length > 2 ? Long.parseLong(arguments[2]) : 1);
        simulation.coverage();
        simulation.risk();
        print(simulation.allHold ? "All promises hold." : "Some promise does not hold.");
        if (!simulation.allHold) {
            System.exit(1);
        }
    }

    private static void print(final String format, final Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /** Running mean and variance of a figure over data sets. */
    private static final class Tally {
        private double sum;
        private double squares;
        private int n;

        void add(final double x) {
            sum += x;
            squares += x * x;
            n++;
        }

        double mean() {
            return sum / n;
        }

        double error() {
            return Math.sqrt(Math.max(0, squares / n - mean() * mean()) / n);
        }
    }

    private static double[][] draw(final Sampler sampler, final int k, final double tau2) {
        final double[][] data = new double[2][k]; // theta, y
        for (int i = 0; i < k; i++) {
            data[0][i] = Math.sqrt(tau2) * sampler.normal();
            data[1][i] = data[0][i] + sampler.normal();
        }
        return data;
    }

    private ShrunkenUnits fit(final double[] y, final PriorEstimator estimator, final PosteriorVariance variance,
        final long bootstrapSeed) {
        final double[] one = new double[y.length];
        Arrays.fill(one, 1);
        final Units units = Units.of("unit", Integer::toString, y, one);
        return EmpiricalBayes.fit(EmpiricalBayesSettings.builder(Family.GAUSSIAN).estimator(estimator)
            .posteriorVariance(variance).intervals(Intervals.NONE).simulation(bootstrapSeed, replicates).build(),
            units, Progress.NONE, new Warnings()).rule().of(units);
    }

    private void coverage() {
        print("Coverage of 95 %% intervals in percent (Monte Carlo standard error), %d data sets a cell", sets);
        print("%5s %12s %s", "k", "tau2/sigma2",
            "NAIVE          MORRIS         KASS_STEFFEY   PRASAD_RAO     BOOTSTRAP");
        final Sampler sampler = new Sampler(seed);
        for (final int k : UNITS) {
            for (final double ratio : RATIOS) {
                final Tally[] tallies = new Tally[VARIANCES.length];
                Arrays.setAll(tallies, v -> new Tally());
                for (int set = 0; set < sets; set++) {
                    final double[][] data = draw(sampler, k, ratio);
                    for (int v = 0; v < VARIANCES.length; v++) {
                        final ShrunkenUnits result = fit(data[1], PriorEstimator.REML, VARIANCES[v], set);
                        int covered = 0;
                        for (int i = 0; i < k; i++) {
                            final ShrinkageRow row = result.shrinkage(i);
                            covered += row.lower() <= data[0][i] && data[0][i] <= row.upper() ? 1 : 0;
                        }
                        tallies[v].add(100.0 * covered / k);
                    }
                }
                final StringBuilder line = new StringBuilder();
                for (final Tally tally : tallies) {
                    line.append(String.format(Locale.ROOT, "%-15s", String.format(Locale.ROOT, "%.2f (%.2f)",
                        tally.mean(), tally.error())));
                }
                print("%5d %12.1f %s", k, ratio, line.toString().stripTrailing());
                promises(k, ratio, tallies);
            }
        }
    }

    private void promises(final int k, final double ratio, final Tally[] tallies) {
        final double naive = tallies[0].mean();
        final double morris = tallies[1].mean();
        promise(k < 30 || morris >= 91 && morris <= 98.5, "MORRIS between 91 and 98.5", k, ratio);
        for (final int v : new int[] {2, 4}) {
            final double mean = tallies[v].mean();
            promise(mean > naive, VARIANCES[v] + " above NAIVE", k, ratio);
            promise(k < 30 || ratio < 1 || mean >= 90, VARIANCES[v] + " at least 90", k, ratio);
            promise(k < 100 || ratio < 0.5 || mean >= 92, VARIANCES[v] + " at least 92", k, ratio);
        }
    }

    private void promise(final boolean holds, final String what, final int k, final double ratio) {
        if (!holds) {
            print("      DOES NOT HOLD: %s, k = %d, tau2/sigma2 = %.1f", what, k, ratio);
            allHold = false;
        }
    }

    private void risk() {
        print("%nMean squared error over that of the raw estimates, sigma2 = 1 (Monte Carlo standard error)");
        print("%5s %12s %s", "k", "tau2/sigma2", "JAMES_STEIN      REML             ML");
        final Sampler sampler = new Sampler(seed + 1);
        for (final int k : RISK_UNITS) {
            for (final double ratio : RISK_RATIOS) {
                final Tally[] risks = new Tally[ESTIMATORS.length];
                final Tally[] excess = new Tally[ESTIMATORS.length];
                Arrays.setAll(risks, e -> new Tally());
                Arrays.setAll(excess, e -> new Tally());
                for (int set = 0; set < sets; set++) {
                    final double[][] data = draw(sampler, k, ratio);
                    double raw = 0;
                    for (int i = 0; i < k; i++) {
                        raw += square(data[1][i] - data[0][i]) / k;
                    }
                    for (int e = 0; e < ESTIMATORS.length; e++) {
                        final ShrunkenUnits result = fit(data[1], ESTIMATORS[e], PosteriorVariance.NAIVE, set);
                        double error = 0;
                        for (int i = 0; i < k; i++) {
                            error += square(result.shrinkage(i).mean() - data[0][i]) / k;
                        }
                        risks[e].add(error);
                        excess[e].add(error - raw);
                    }
                }
                final StringBuilder line = new StringBuilder();
                for (final Tally tally : risks) {
                    line.append(String.format(Locale.ROOT, "%-17s", String.format(Locale.ROOT, "%.4f (%.4f)",
                        tally.mean(), tally.error())));
                }
                print("%5d %12.1f %s", k, ratio, line.toString().stripTrailing());
                for (int e = 0; e < ESTIMATORS.length; e++) {
                    promise(k < DOMINATES_FROM[e] || excess[e].mean() <= 3 * excess[e].error(),
                        ESTIMATORS[e] + " no worse than the raw estimates", k, ratio);
                }
            }
        }
    }

    private static double square(final double x) {
        return x * x;
    }
}
