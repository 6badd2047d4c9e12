package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.LargestT;
import dev.mixedmodels.engine.numeric.Roots;
import dev.mixedmodels.engine.numeric.StudentizedRange;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Adjustment of the p-values of a family of comparisons, so that the chance of any false rejection is bounded, or the
 * expected share of false ones among the rejections.
 */
public enum Adjustment {
    /** As they are. */
    NONE {
        @Override
        public double[] adjust(final Comparisons family, final Progress progress) {
            return family.p().clone();
        }

        @Override
        double single(final double alpha, final int m) {
            return alpha;
        }
    },
    /** Times the number of comparisons. */
    BONFERRONI {
        @Override
        public double[] adjust(final Comparisons family, final Progress progress) {
            final int m = family.existing().length;
            return each(family, progress, i -> Math.min(1, m * family.p()[i]));
        }
    },
    /** Step-down; never less powerful than Bonferroni. Holm (1979) Scand. J. Statist. 6:65-70. */
    HOLM {
        @Override
        public double[] adjust(final Comparisons family, final Progress progress) {
            final double[] adjusted = family.p().clone();
            final Integer[] order = rising(family);
            double last = 0;
            for (int rank = 0; rank < order.length; rank++) {
                last = Math.max(last, Math.min(1, (order.length - rank) * family.p()[order[rank]]));
                adjusted[order[rank]] = last;
            }
            return adjusted;
        }
    },
    /** As if the comparisons were independent. Sidak (1967) JASA 62:626-633. */
    SIDAK {
        @Override
        public double[] adjust(final Comparisons family, final Progress progress) {
            final int m = family.existing().length;
            return each(family, progress, i -> -Math.expm1(m * Math.log1p(-family.p()[i])));
        }

        @Override
        double single(final double alpha, final int m) {
            return -Math.expm1(Math.log1p(-alpha) / m);
        }
    },
    /** All pairwise differences of means: studentized range at sqrt(2) |t|, the method of Tukey and Kramer. */
    TUKEY {
        @Override
        public double[] adjust(final Comparisons family, final Progress progress) {
            final StudentizedRange range = new StudentizedRange(family.means());
            return each(family, progress, i -> family.means() == 2 ? family.p()[i]
                : range.upperTail(Math.sqrt(2) * Math.abs(family.t()[i]), family.df()[i]));
        }

        @Override
        public double[] critical(final Comparisons family, final double alpha, final Progress progress) {
            final StudentizedRange range = new StudentizedRange(family.means());
            return singleStep(family, alpha, (t, df) -> range.upperTail(Math.sqrt(2) * t, df), progress);
        }
    },
    /**
     * The largest of all t statistics with their correlations, for differences from one level or any other family.
     * Dunnett (1955) JASA 50:1096-1121; Hothorn, Bretz &amp; Westfall (2008) Biom. J. 50:346-363.
     */
    DUNNETT {
        @Override
        public double[] adjust(final Comparisons family, final Progress progress) {
            if (family.existing().length < 2) {
                return family.p().clone();
            }
            final LargestT largest = largest(family, progress);
            final double sign = family.alternative() == Alternative.LESS ? -1 : 1;
            final int m = family.existing().length;
            return each(family, progress, i -> Math.max(family.p()[i],
                Math.min(m * family.p()[i], largest.upperTail(sign * family.t()[i], family.df()[i]))));
        }

        @Override
        public double[] critical(final Comparisons family, final double alpha, final Progress progress) {
            return family.existing().length < 2 ? NONE.critical(family, alpha, progress)
                : singleStep(family, alpha, largest(family, progress)::upperTail, progress);
        }

        private LargestT largest(final Comparisons family, final Progress progress) {
            return new LargestT(family.correlation(), family.alternative() == Alternative.TWO_SIDED, progress);
        }
    },
    /** All contrasts whatsoever of the same means. Scheffe (1953) Biometrika 40:87-110. */
    SCHEFFE {
        @Override
        public double[] adjust(final Comparisons family, final Progress progress) {
            final int rank = family.existing().length == 0 ? 0 : family.rank();
            return each(family, progress,
                i -> Tail.f(family.t()[i] * family.t()[i] / rank, rank, family.df()[i]));
        }

        @Override
        public double[] critical(final Comparisons family, final double alpha, final Progress progress) {
            final int rank = family.existing().length == 0 ? 0 : family.rank();
            return each(family, progress, i -> Math.sqrt(rank * Tail.fQuantile(alpha, rank, family.df()[i])));
        }
    },
    /** False discovery rate, step-up. Benjamini &amp; Hochberg (1995) J. R. Statist. Soc. B 57:289-300. */
    FDR {
        @Override
        public double[] adjust(final Comparisons family, final Progress progress) {
            final double[] adjusted = family.p().clone();
            final Integer[] order = rising(family);
            double last = 1;
            for (int rank = order.length; rank > 0; rank--) {
                last = Math.min(last, family.p()[order[rank - 1]] * order.length / rank);
                adjusted[order[rank - 1]] = last;
            }
            return adjusted;
        }
    };

    /** Of quantiles, relative. */
    private static final double QUANTILE = 1e-10;

    /**
     * @param family the comparisons
     * @param progress asked whether the user cancelled
     * @return adjusted p-values; NaN where there is no p-value
     */
    public abstract double[] adjust(Comparisons family, Progress progress);

    /**
     * Where intervals end that hold all together with probability 1 - alpha, in standard errors from the estimates:
     * what is outside has an adjusted p-value below alpha. Holm's and the false discovery rate, which look at one
     * p-value after the other, have no such intervals: theirs are Bonferroni's.
     *
     * @param family the comparisons
     * @param alpha in (0, 1)
     * @param progress asked whether the user cancelled
     * @return distances; NaN where there is no p-value
     */
    public double[] critical(final Comparisons family, final double alpha, final Progress progress) {
        final double level = single(alpha, family.existing().length);
        return each(family, progress, i -> family.alternative().quantile(level, family.df()[i]));
    }

    /** The level of each of m intervals. */
    double single(final double alpha, final int m) {
        return alpha / m;
    }

    /** From the tail of the largest statistic, which lies between that of one and the sum of all. */
    private static double[] singleStep(final Comparisons family, final double alpha, final DoubleBinaryOperator tail,
        final Progress progress) {
        final double[] low = NONE.critical(family, alpha, progress);
        final double[] high = BONFERRONI.critical(family, alpha, progress);
        return each(family, progress, i -> {
            final DoubleUnaryOperator excess = t -> Math.log(tail.applyAsDouble(t, family.df()[i]) / alpha);
            final double atLow = excess.applyAsDouble(low[i]);
            final double atHigh = excess.applyAsDouble(high[i]);
            return !(atLow > 0) ? low[i] : !(atHigh < 0) ? high[i]
                : Roots.falsePosition(excess, low[i], atLow, high[i], atHigh, QUANTILE);
        });
    }

    /**
     * @return whether it exists for one-sided tests
     */
    public boolean oneSided() {
        return this != TUKEY && this != SCHEFFE;
    }

    private static double[] each(final Comparisons family, final Progress progress, final IntToDoubleFunction value) {
        final double[] adjusted = family.p().clone();
        for (final int i : family.existing()) {
            progress.check();
            adjusted[i] = value.applyAsDouble(i);
        }
        return adjusted;
    }

    /** Those with a p-value in the order of these. */
    private static Integer[] rising(final Comparisons family) {
        final Integer[] order = IntStream.of(family.existing()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> family.p()[i]));
        return order;
    }
}
