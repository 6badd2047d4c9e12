package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.benchmarks.fuzz.Data.Column;
import dev.mixedmodels.benchmarks.fuzz.Data.Type;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Changes of a table or of settings of which it is known what they do to a fit. */
enum Relation {
    /** The rows in another order. */
    SHUFFLED {
        @Override
        Change of(final Trial trial, final SplittableRandom random) {
            final int[] order = RandomTable.shuffled(trial.data().rows(), random);
            return dependsOnOrder(trial) ? null : new Change(trial.with(trial.data().rows(order)), order, 1, 0, true);
        }
    },
    /** Every level called otherwise, in the same order. */
    RENAMED {
        @Override
        Change of(final Trial trial, final SplittableRandom random) {
            Data data = trial.data();
            for (final Column column : data.columns()) {
                if (column.type() == Type.TEXT) {
                    data = data.with(column.map(level -> "Z" + level));
                }
            }
            return new Change(trial.with(data), null, 1, 0, true);
        }
    },
    /** The response in another unit. */
    SCALED {
        @Override
        Change of(final Trial trial, final SplittableRandom random) {
            final double factor = Math.pow(10, random.nextInt(8) - 9);
            if (hasNumbersInTheUnit(trial)) {
                return null;
            }
            Data data = trial.data();
            for (final String name : List.of("y", "estimate", "se")) {
                if (data.column(name) != null) {
                    data = data.with(data.column(name).map(v -> factor * (Double) v));
                }
            }
            return new Change(trial.with(data), null, factor, 0, !trial.node().has("unit"));
        }
    },
    /** A number added to the response. */
    SHIFTED {
        @Override
        Change of(final Trial trial, final SplittableRandom random) {
            final String name = trial.node().has("unit") ? "estimate" : "y";
            final double shift = 100 * Spread.of(trial.data().column(name));
            return hasNumbersInTheUnit(trial) ? null : new Change(
                trial.with(trial.data().with(trial.data().column(name).map(v -> shift + (Double) v))), null, 1, shift,
                true);
        }
    },
    /** A covariate in another unit. */
    COVARIATE_SCALED {
        @Override
        Change of(final Trial trial, final SplittableRandom random) {
            final boolean slope = trial.is("randomCovariance", "IDENTITY", "COMPOUND_SYMMETRY")
                && trial.text("randomSlopes").contains("x");
            return slope ? null : new Change(trial.with(trial.data().with(
                trial.data().column("x").map(v -> 4096 * (Double) v))), null, 1, 0, trial.is("method", "ML"));
        }
    },
    /** Factors in another coding. */
    RECODED {
        @Override
        Change of(final Trial trial, final SplittableRandom random) {
            return !trial.node().has("coding") ? null : new Change(
                trial.with("coding", trial.is("coding", "HELMERT") ? "SUM" : "HELMERT"), null, 1, 0,
                trial.is("method", "ML"));
        }
    };

    private static final Set<String> ORDERED = Set.of("AR1", "CONTINUOUS_AR1");

    /**
     * A changed trial and how its results follow from those of the first.
     *
     * @param trial what is run
     * @param order row of the first table for each row of the changed; null for the same
     * @param factor by which the response was multiplied
     * @param shift which was added to it
     * @param likelihood whether the likelihoods are comparable
     */
    record Change(Trial trial, int[] order, double factor, double shift, boolean likelihood) {
    }

    /** The changed trial; null where the relation does not hold for it. */
    abstract Change of(Trial trial, SplittableRandom random);

    /** Rows are taken in their order where nothing else orders them. */
    private static boolean dependsOnOrder(final Trial trial) {
        final boolean unordered = trial.text("time").isEmpty() || trial.text("time").equals("score");
        return unordered && ORDERED.contains(trial.text("residualStructure")) || trial.text("visit").isEmpty()
            && trial.node().has("visit");
    }

    private static boolean hasNumbersInTheUnit(final Trial trial) {
        return trial.node().has("unit") && (!trial.is("family", "GAUSSIAN") || trial.is("estimator", "GIVEN")
            || !trial.text("threshold").isEmpty() || !trial.is("commonStandardError", "0.0"));
    }
}
