package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.benchmarks.fuzz.Relation.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs a node with a random table and random settings, and once more with one of them changed. */
public final class FuzzRun {
    private final PlainWords words;

    /**
     * @param words what no message may contain
     */
    public FuzzRun(final PlainWords words) {
        this.words = words;
    }

    /**
     * What came of one table.
     *
     * @param trial what was run
     * @param outcome what came of it
     * @param relation what was changed; null if nothing was
     * @param faults what is wrong, in words
     */
    public record Verdict(Trial trial, Outcome outcome, Relation relation, List<String> faults) {
        /**
         * @return whether the node made its tables
         */
        public boolean isOk() {
            return outcome.isOk();
        }

        /**
         * @return whether a changed table was compared with the first
         */
        public boolean isCompared() {
            return relation != null;
        }

        /**
         * @return the settings, the table and what the node said, to see why
         */
        public String details() {
            return trial.settings() + "\n" + trial.data().csv() + String.join("\n", outcome.messages());
        }
    }

    /**
     * @param node the node
     * @param seed of the table, of the settings and of what is changed
     * @return what came of it
     */
    public Verdict run(final NodeUnderTest node, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Trial trial = Trial.of(node, random);
        final Outcome outcome = trial.run();
        final List<String> faults = new ArrayList<>(words.faults(outcome));
        if (outcome.isOk()) {
            faults.addAll(Ranges.faults(trial, outcome));
        }
        final Relation relation = Relation.values()[random.nextInt(Relation.values().length)];
        final Change change = Comparison.isComparable(trial, outcome) ? relation.of(trial.bare(), random) : null;
        if (change != null) {
            Comparison.faults(trial, outcome, change, change.trial().run())
                .forEach(fault -> faults.add(relation + ": " + fault));
        }
        return new Verdict(trial, outcome, change == null ? null : relation, faults);
    }
}
