package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import java.util.SplittableRandom;

/** Simulated repeated measures. */
final class MarginalData {
    private MarginalData() {
    }

    /**
     * A trial with drop-out, as the project's timings of peers have it: two arms, a baseline, {@code visits} visits
     * with rising standard deviations from 4 to 9 and correlations .5 + .5 x .75^lag; a quarter of the subjects leave
     * after a visit chosen at random.
     *
     * @param subjects number of subjects
     * @param visits number of visits
     * @param seed of the generator
     * @return columns subject, arm, visit, baseline, y
     */
    static Frame trial(final int subjects, final int visits, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double[][] l = factor(visits);
        final FrameBuilder builder = new FrameBuilder((long) subjects * visits);
        final int subject = builder.addInteger("subject");
        final int arm = builder.addNominal("arm");
        final int visit = builder.addNominal("visit");
        final int baseline = builder.addNumeric("baseline");
        final int y = builder.addNumeric("y");
        final double[] e = new double[visits];
        for (int s = 0; s < subjects; s++) {
            final double base = 50 + 10 * random.nextGaussian();
            final int last = random.nextDouble() < 0.25 ? 1 + random.nextInt(visits - 1) : visits;
            for (int v = 0; v < visits; v++) {
                e[v] = random.nextGaussian();
            }
            for (int v = 0; v < last; v++) {
                double value = 0.4 * (base - 50) + 1.2 * (v + 1) + (s % 2) * 0.5 * (v + 1);
                for (int k = 0; k <= v; k++) {
                    value += l[v][k] * e[k];
                }
                builder.integer(subject, s);
                builder.text(arm, s % 2 == 0 ? "A" : "B");
                builder.text(visit, "V" + (v + 1));
                builder.number(baseline, base);
                builder.number(y, value);
                builder.endRow();
            }
        }
        return builder.build();
    }

    private static double[][] factor(final int visits) {
        final double[][] l = new double[visits][visits];
        for (int i = 0; i < visits; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = (4 + 5.0 * i / (visits - 1)) * (4 + 5.0 * j / (visits - 1))
                    * (i == j ? 1 : 0.5 + 0.5 * Math.pow(0.75, i - j));
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return l;
    }

    /**
     * Irregular times: {@code rows} rows a subject at times uniform over 20 units, correlation .8 per unit, two arms.
     *
     * @param subjects number of subjects
     * @param rows rows of each
     * @param seed of the generator
     * @return columns subject, arm, time, y
     */
    static Frame irregular(final int subjects, final int rows, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final FrameBuilder builder = new FrameBuilder((long) subjects * rows);
        final int subject = builder.addInteger("subject");
        final int arm = builder.addNominal("arm");
        final int time = builder.addNumeric("time");
        final int y = builder.addNumeric("y");
        for (int s = 0; s < subjects; s++) {
            final double[] times = random.doubles(rows, 0, 20).sorted().toArray();
            double e = random.nextGaussian();
            for (int i = 0; i < rows; i++) {
                if (i > 0) {
                    final double rho = Math.pow(0.8, times[i] - times[i - 1]);
                    e = rho * e + Math.sqrt(1 - rho * rho) * random.nextGaussian();
                }
                builder.integer(subject, s);
                builder.text(arm, s % 2 == 0 ? "A" : "B");
                builder.number(time, times[i]);
                builder.number(y, 5 + 0.3 * times[i] + (s % 2) * 0.1 * times[i] + 3 * e);
                builder.endRow();
            }
        }
        return builder.build();
    }
}
