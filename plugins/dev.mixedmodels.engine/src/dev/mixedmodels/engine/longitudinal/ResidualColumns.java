package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.covariance.Extent;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.fit.ResidualModel;
import dev.mixedmodels.engine.frame.Factor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the residual model needs of the rows: times between them, and the variance function's exponents.
 *
 * @param model the residual model
 * @param positions the times of the rows in order; none where they play no part but for the order
 * @param exponents d_k of each row, k x rows
 */
record ResidualColumns(ResidualModel model, double[][] positions, double[][] exponents) {
    /** Gaps that differ by less, relative to the shortest, are the same. */
    private static final double SAME_GAP = 1e-6;

    /**
     * @param settings the structure and the variance function
     * @param data the rows in order
     * @param warnings told of unequal gaps under AR(1)
     * @return the residual model
     * @throws ModelException if times are missing or repeated where they must order the rows, or a power of 0 is asked
     *             for
     */
    static ResidualColumns of(final LongitudinalSettings settings, final SubjectData data, final Warnings warnings) {
        final ResidualStructure structure = settings.covariance().residual();
        final double[][] times = structure.ordered() ? times(settings, data) : new double[0][];
        if (structure.ordered() && !structure.overDistance()) {
            warnOfGaps(settings, data.rows(), warnings);
        }
        final double[][] positions = structure.overDistance() ? times : new double[0][];
        final Extent extent = structure.overDistance() ? Extent.of(data.rows().starts(), positions)
            : new Extent(data.most(), 1, 1, 1);
        if (settings.covariance().varianceBy() != null) {
            final Factor factor = data.design().factor(settings.covariance().varianceBy());
            final double[][] exponents = indicators(data.rows(), factor.size());
            return new ResidualColumns(new ResidualModel(structure, factor.levels(), 0, false, 0, extent), positions,
                exponents);
        }
        final boolean power = settings.covariance().powerOf() != null;
        final double[] logs = power ? logs(settings.covariance().powerOf(), data.rows()) : null;
        final double mean = power ? Arrays.stream(logs).average().orElseThrow() : 0;
        return new ResidualColumns(new ResidualModel(structure, List.of(), 0, power, mean, extent), positions,
            power ? new double[][] {Arrays.stream(logs).map(x -> x - mean).toArray()} : new double[0][]);
    }

    /** The same with the variance of another level as s. */
    ResidualColumns withReference(final int level) {
        final double[] rest = new double[exponents[0].length];
        Arrays.fill(rest, 1);
        for (final double[] indicator : exponents) {
            for (int i = 0; i < rest.length; i++) {
                rest[i] -= indicator[i];
            }
        }
        final List<double[]> all = new ArrayList<>(List.of(exponents));
        all.add(model.reference(), rest);
        all.remove(level);
        return new ResidualColumns(new ResidualModel(model.structure(), model.levels(), level, model.power(),
            model.meanLog(), model.extent()), positions,
            all.toArray(new double[0][]));
    }

    /** Whether the residual of a row has the variance 0. */
    boolean vanishes(final double[] eta, final int row) {
        boolean vanishes = false;
        for (int k = 0; k < exponents.length && !model.levels().isEmpty(); k++) {
            vanishes |= exponents[k][row] == 1 && model.bounds(-1)[k] >= eta[k];
        }
        return vanishes;
    }

    /** Standard deviation of a row's residual relative to the root of s. */
    double relativeDeviation(final double[] eta, final int row) {
        double log = 0;
        for (int k = 0; k < exponents.length; k++) {
            log += eta[k] * exponents[k][row];
        }
        return Math.exp(log);
    }

    private static double[][] times(final LongitudinalSettings settings, final SubjectData data) {
        final int[] starts = data.rows().starts();
        final double[] times = data.rows().times();
        for (int subject = 0; subject < data.subjects() && !settings.covariance().residual().nugget(); subject++) {
            for (int i = starts[subject] + 1; i < starts[subject + 1]; i++) {
                if (!(times[i] > times[i - 1])) {
                    throw new ModelException(String.format(Locale.ROOT,
                        "Subject \"%s\" has two rows at \"%s\" = %s. The"
                        + " residual structure \"%s\" needs a different time for every row of a subject: average such "
                        + "rows, or choose a structure with a nugget, \"Independent\" or \"Compound symmetry\".",
                        data.subject().level(subject), data.key().time(), Words.number(times[i]),
                        settings.covariance().residual()));
                }
            }
        }
        return new double[][] {times};
    }

    private static void warnOfGaps(final LongitudinalSettings settings, final HeldRows data, final Warnings warnings) {
        final double[] times = data.times();
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (int subject = 0; subject < data.subjects(); subject++) {
            for (int i = data.starts()[subject] + 1; i < data.starts()[subject + 1]; i++) {
                shortest = Math.min(shortest, times[i] - times[i - 1]);
                longest = Math.max(longest, times[i] - times[i - 1]);
            }
        }
        if (longest > shortest * (1 + SAME_GAP)) {
            warnings.add(String.format(Locale.ROOT, "Successive rows of a subject are %s to %s of \"%s\" apart. "
                + "\"%s\" takes them all as one step; \"AR(1) in continuous time\" and \"Exponential\" take the gaps "
                + "into account.", rounded(shortest), rounded(longest), settings.layout().time(),
                settings.covariance().residual()));
        }
    }

    /** To six digits, for gaps are differences and have rounding in the last ones. */
    private static String rounded(final double x) {
        return Words.number(new BigDecimal(x).round(new MathContext(6)).doubleValue());
    }

    /** One column for each level but the first. */
    private static double[][] indicators(final HeldRows data, final int levels) {
        final double[][] exponents = new double[Math.max(0, levels - 1)][data.size()];
        for (int i = 0; i < data.size(); i++) {
            if (data.level(i) > 0) {
                exponents[data.level(i) - 1][i] = 1;
            }
        }
        return exponents;
    }

    private static double[] logs(final String name, final HeldRows data) {
        final double[] logs = new double[data.size()];
        Arrays.setAll(logs, i -> Math.log(Math.abs(data.base(i))));
        final double first = logs[0];
        if (Arrays.stream(logs).allMatch(x -> x == first)) {
            throw new ModelException("\"" + name + "\" has the same absolute value in all rows, so that a power of it "
                + "cannot be told from the residual variance. Choose another column or none.");
        }
        return logs;
    }
}
