package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayes;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesResult;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.empiricalbayes.ShrunkenUnits;
import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.empiricalbayes.UnitModel;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.frame.RowSource;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Empirical Bayes of units that are never in memory together, each a row: estimates with standard errors between 0.5 and
 * 2 about true values of variance near 1, or counts with exposures below 100 and rates around 0.5.
 *
 * @param family what is observed
 * @param covariate whether the prior mean depends on x
 */
record StreamedUnits(Family family, boolean covariate) {
    /** Rows of the table. */
    static Frame block(final long from, final int size) {
        final SplittableRandom random = new SplittableRandom(from);
        final long[] unit = new long[size];
        final double[] x = new double[size];
        final double[] y = new double[size];
        final double[] stdError = new double[size];
        final double[] count = new double[size];
        final double[] exposure = new double[size];
        for (int i = 0; i < size; i++) {
            unit[i] = from + i;
            x[i] = (random.nextInt() & 15) - 7;
            stdError[i] = Math.pow(2, 2 * random.nextDouble() - 1);
            y[i] = 3 + 0.2 * x[i] + normal(random) + stdError[i] * normal(random);
            exposure[i] = 1 + random.nextInt(99);
            final double mean = exposure[i] * (0.2 + 0.6 * random.nextDouble());
            count[i] = Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal(random)));
        }
        return new Frame(size, List.of(new IntegerColumn("g", unit, new BitSet()), new NumericColumn("x", x),
            new NumericColumn("y", y), new NumericColumn("se", stdError), new NumericColumn("n", count),
            new NumericColumn("e", exposure)));
    }

    /** A number of mean 0 and variance 1. */
    private static double normal(final SplittableRandom random) {
        return (random.nextDouble() + random.nextDouble() - random.nextDouble() - random.nextDouble()) * Math.sqrt(3);
    }

    /**
     * Fits the prior and tells all units.
     *
     * @param table the units
     * @param blocks makes its rows once more
     * @param heap measures the heap; called before the posteriors, when all that the fit keeps is there
     * @return what came out
     */
    String run(final RowSource table, final Iterator<Frame> blocks, final Runnable heap) {
        final boolean gaussian = family == Family.GAUSSIAN;
        final UnitColumns columns = new UnitColumns("g", gaussian ? "y" : "n", gaussian ? "se" : "e", Double.NaN, Double.NaN,
            covariate ? List.of("x") : List.of());
        final EmpiricalBayesResult result = EmpiricalBayes.fit(
            new UnitModel(EmpiricalBayesSettings.builder(family).build(), columns, DesignOptions.DEFAULT), table,
            new Progress() {
                @Override
                public void check() {
                    // nobody cancels
                }

                @Override
                public void report(final double fraction, final String text) {
                    if (text.equals("Posterior distributions")) {
                        heap.run();
                    }
                }
            }, new Warnings());
        final Function<Frame, ShrunkenUnits> rule = result.rule().begin();
        double squares = 0;
        long units = 0;
        while (blocks.hasNext()) {
            final Frame block = blocks.next();
            final ShrunkenUnits part = rule.apply(block);
            for (int row = 0; row < block.rows(); row++) {
                final double own = part.fitted(row).normalized();
                squares += own * own;
                units += Double.isNaN(part.shrinkage(row).upper()) ? 0 : 1;
            }
        }
        return String.format(Locale.ROOT, "tau2 %.8f, mean square of normalised residuals %.6f, %s",
            result.tables().covarianceParameters().get(0).estimate(), squares / units,
            result.tables().modelFit().stream().filter(row -> row.statistic().equals("Rows Used")).findFirst().orElseThrow()
                .note());
    }
}
