package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Parallel;

/** Independent subjects in the memory of this process. */
public interface LocalShares extends SubjectShares {
    /** What adds the share of one subject to sums; a workspace of one thread. */
    @FunctionalInterface
    interface Worker {
        /**
         * @param subject index of the subject
         * @param sums to add to
         */
        void add(int subject, JetSums sums);

        /**
         * @param from index of the first of some subjects
         * @param to index after the last one
         * @param sums to add to
         */
        default void add(final int from, final int to, final JetSums sums) {
            for (int subject = from; subject < to; subject++) {
                add(subject, sums);
            }
        }
    }

    /** What reduces the whitened rows of one subject; a workspace of one thread. */
    @FunctionalInterface
    interface Reducer {
        /**
         * With Sigma^-1/2 [Z W] = Q [R T] + (what is orthogonal to Z) at scale 1.
         *
         * @param subject index of the subject
         * @param r receives R, q x q, upper triangular, row-major
         * @param t receives T, q x (p + 1), row-major
         */
        void reduce(int subject, double[] r, double[] t);
    }

    /**
     * @param factor F, q x q, D = F F'
     * @param eta residual parameters
     * @param order highest derivative that is asked for, 0 to 2
     * @return a worker at these parameters
     */
    Worker worker(double[] factor, double[] eta, int order);

    /**
     * @param eta residual parameters
     * @return a reducer at these parameters
     */
    Reducer reducer(double[] eta);

    /**
     * @return sums that do not depend on the parameters, to start with; zero unless the shares leave something out
     */
    default double[] constant() {
        return null;
    }

    /**
     * @return the most subjects of one task, which must not depend on threads
     */
    default int taskSize() {
        return 256;
    }

    /** By halves down to a fixed size. */
    @Override
    default JetSums sum(final double[] factor, final double[] eta, final int order, final Progress progress) {
        final JetSums sums = Parallel.sum(subjects(), taskSize(), (from, to) -> {
            progress.check();
            final JetSums part = new JetSums(q(), p() + 1, residualParameters(), order);
            worker(factor, eta, order).add(from, to, part);
            return part;
        }, JetSums::add);
        final double[] constant = constant();
        if (constant != null) {
            Packed.add(1, constant, 0, sums.k0, 0, constant.length);
        }
        return sums;
    }
}
