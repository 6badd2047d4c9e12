package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import java.util.concurrent.RecursiveTask;

/** Independent subjects whose shares of the likelihood add up. */
public interface SubjectShares {
    /** What adds the share of one subject to sums; a workspace of one thread. */
    @FunctionalInterface
    interface Worker {
        /**
         * @param subject index of the subject
         * @param sums to add to
         */
        void add(int subject, JetSums sums);
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

    /** @return number of random effects */
    int q();

    /** @return number of fixed effects */
    int p();

    /** @return number of rows */
    long rows();

    /** @return number of subjects */
    int subjects();

    /** @return number of residual parameters beside the scale */
    int residualParameters();

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
     * Adds up all subjects, by halves down to a fixed size, so that the rounding does not depend on threads.
     *
     * @param factor F, q x q, D = F F'
     * @param eta residual parameters
     * @param order highest derivative that is asked for, 0 to 2
     * @param progress asked whether to go on
     * @return the sums
     */
    default JetSums sum(final double[] factor, final double[] eta, final int order, final Progress progress) {
        final JetSums sums = new Sum(this, factor, eta, order, progress, 0, subjects()).invoke();
        final double[] constant = constant();
        if (constant != null) {
            Packed.add(1, constant, 0, sums.k0, 0, constant.length);
        }
        return sums;
    }

    /** The sum over a range of subjects. */
    final class Sum extends RecursiveTask<JetSums> {
        private static final long serialVersionUID = 1L;
        private static final int SIZE = 256;

        private final transient SubjectShares shares;
        private final transient Progress progress;
        private final double[] factor;
        private final double[] eta;
        private final int order;
        private final int from;
        private final int to;

        private Sum(final SubjectShares shares, final double[] factor, final double[] eta, final int order,
            final Progress progress, final int from, final int to) {
            this.shares = shares;
            this.factor = factor;
            this.eta = eta;
            this.order = order;
            this.progress = progress;
            this.from = from;
            this.to = to;
        }

        @Override
        protected JetSums compute() {
            if (to - from > SIZE) {
                final int middle = (from + to) >>> 1;
                final Sum right = new Sum(shares, factor, eta, order, progress, middle, to);
                right.fork();
                final JetSums sums = new Sum(shares, factor, eta, order, progress, from, middle).compute();
                sums.add(right.join());
                return sums;
            }
            progress.check();
            final JetSums sums = new JetSums(shares.q(), shares.p() + 1, shares.residualParameters(), order);
            final Worker worker = shares.worker(factor, eta, order);
            for (int i = from; i < to; i++) {
                worker.add(i, sums);
            }
            return sums;
        }
    }
}
