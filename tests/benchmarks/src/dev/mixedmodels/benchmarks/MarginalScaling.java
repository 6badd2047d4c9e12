package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.likelihood.PatternLikelihood;
import dev.mixedmodels.engine.likelihood.PatternPool;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.likelihood.VisitPatterns;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * How the pooled likelihood scales: 8 visits, 20 patterns of visits, 17 columns of the mean (baseline, visit by two
 * arms), 10^4, 10^5 and 10^6 subjects. The pass over the rows is linear in the rows; an evaluation of the unstructured
 * criterion with gradient and Hessian (36 parameters) takes the same time whatever their number. Warm JVM, median of 5.
 * Argument: largest number of subjects.
 */
public final class MarginalScaling {
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 5;
    private static final int VISITS = 8;
    private static final int PATTERNS = 20;
    private static final int COLUMNS = 2 * VISITS + 1;
    private static final int SMALLEST = 10_000;

    private MarginalScaling() {
    }

    /** Subjects that are made while they are read, always the same. */
    private record Trial(int subjects, int[][] patterns) {
        private void read(final int subject, final SubjectBlock block) {
            final SplittableRandom random = new SplittableRandom(subject);
            final int[] visits = patterns[subject % patterns.length];
            final double baseline = random.nextDouble();
            final double own = random.nextDouble();
            block.start(visits.length, 0);
            for (int i = 0; i < visits.length; i++) {
                final double[] row = block.row(i);
                Arrays.fill(row, 0);
                row[0] = baseline;
                row[1 + visits[i]] = 1;
                row[1 + VISITS + visits[i]] = subject / patterns.length % 2;
                row[COLUMNS] = own + random.nextDouble() * (1 + visits[i]);
                block.place(i, visits[i]);
            }
        }

        VisitPatterns pooled() {
            final PatternPool pool = new PatternPool(COLUMNS);
            final SubjectBlock block = new SubjectBlock(COLUMNS);
            for (int subject = 0; subject < subjects; subject++) {
                read(subject, block);
                pool.add(block);
            }
            return pool.pooled();
        }
    }

    /**
     * @param arguments the largest number of subjects; none: 10^6
     */
    public static void main(final String[] arguments) {
        final int most = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        final int[][] patterns = new int[PATTERNS][];
        for (int p = 0; p < PATTERNS; p++) {
            // drop-out after each visit, then one or two gaps
            final int last = p < VISITS ? p + 1 : VISITS;
            final int gap = p < VISITS ? -1 : 1 + (p - VISITS) % (VISITS - 2);
            final int second = p < 2 * VISITS - 2 ? -1 : 1 + (p - VISITS + 2) % (VISITS - 2);
            patterns[p] = IntStream.range(0, last).filter(v -> v != gap && v != second).toArray();
        }
        for (int subjects = SMALLEST; subjects <= most; subjects *= 10) {
            final Trial trial = new Trial(subjects, patterns);
            final VisitPatterns[] pooled = new VisitPatterns[1];
            final double pass = median(() -> {
                pooled[0] = trial.pooled();
                return pooled[0].rows();
            });
            final PatternLikelihood likelihood =
                new PatternLikelihood(pooled[0], VisitStructure.UNSTRUCTURED.over(VISITS), 1, true);
            final double[] theta = new double[likelihood.parameters()];
            final double[] gradient = new double[theta.length];
            final double[][] hessian = new double[theta.length][theta.length];
            final double evaluation = median(() -> likelihood.value(theta, gradient, hessian));
            System.out.println(String.format(Locale.ROOT, "%,9d subjects, %,9d rows, %d patterns: pass %8.3f s "
                + "(%.0f ns a row), evaluation with Hessian %.4f s", subjects, pooled[0].rows(), pooled[0].count(), pass,
                1e9 * pass / pooled[0].rows(), evaluation));
        }
    }

    private static double median(final DoubleSupplier work) {
        final double[] seconds = new double[ROUNDS];
        double sink = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            final long start = System.nanoTime();
            sink += work.getAsDouble();
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - start) * 1e-9;
            }
        }
        Arrays.sort(seconds);
        return Double.isNaN(sink) ? Double.NaN : seconds[ROUNDS / 2];
    }
}
