package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.StudentizedRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Adjustment of the p-values of a family of comparisons, so that the chance of any false rejection is bounded. */
public enum Adjustment {
    /** As they are. */
    NONE {
        @Override
        public double[] adjust(final double[] p, final double[] t, final double[] df, final int means,
            final Progress progress) {
            return p.clone();
        }
    },
    /** Times the number of comparisons. */
    BONFERRONI {
        @Override
        public double[] adjust(final double[] p, final double[] t, final double[] df, final int means,
            final Progress progress) {
            final double m = Arrays.stream(p).filter(value -> !Double.isNaN(value)).count();
            return Arrays.stream(p).map(value -> Double.isNaN(value) ? value : Math.min(1, m * value)).toArray();
        }
    },
    /** Step-down; never less powerful than Bonferroni. Holm (1979) Scand. J. Statist. 6:65-70. */
    HOLM {
        @Override
        public double[] adjust(final double[] p, final double[] t, final double[] df, final int means,
            final Progress progress) {
            final double[] adjusted = p.clone();
            final Integer[] order = IntStream.range(0, p.length)
                .filter(i -> !Double.isNaN(p[i])).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
            double last = 0;
            for (int rank = 0; rank < order.length; rank++) {
                last = Math.max(last, Math.min(1, (order.length - rank) * p[order[rank]]));
                adjusted[order[rank]] = last;
            }
            return adjusted;
        }
    },
    /** All pairwise differences of means: studentized range at sqrt(2) |t|, the method of Tukey and Kramer. */
    TUKEY {
        @Override
        public double[] adjust(final double[] p, final double[] t, final double[] df, final int means,
            final Progress progress) {
            final StudentizedRange range = new StudentizedRange(means);
            final double[] adjusted = new double[p.length];
            for (int i = 0; i < p.length; i++) {
                progress.check();
                adjusted[i] = means == 2 ? p[i] : range.upperTail(Math.sqrt(2) * Math.abs(t[i]), df[i]);
            }
            return adjusted;
        }
    };

    /**
     * @param p two-sided p-values of the comparisons; NaN where there is none
     * @param t their t statistics
     * @param df their degrees of freedom
     * @param means number of means that are compared with one another
     * @param progress asked whether the user cancelled
     * @return adjusted p-values
     */
    public abstract double[] adjust(double[] p, double[] t, double[] df, int means, Progress progress);
}
