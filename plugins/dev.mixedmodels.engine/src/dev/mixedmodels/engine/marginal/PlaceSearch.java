package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.Extent;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.likelihood.SeriesLikelihood;
import dev.mixedmodels.engine.likelihood.SeriesLikelihood.Start;
import dev.mixedmodels.engine.optimise.Optimum;
import dev.mixedmodels.engine.optimise.ProjectedNewton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where searches for the parameters of a structure over places begin, and how they go on where there are many maxima.
 *
 * @param model the structure over the rows
 * @param correlation its correlation
 * @param extent of the rows
 * @param logStdDeviation logarithm of the standard deviation to start from
 * @param few whether there are so few subjects that there may be several maxima
 */
record PlaceSearch(PlaceCovariance model, ResidualStructure correlation, Extent extent, double logStdDeviation,
    boolean few) {
    /** Factors of the first range to start from. */
    private static final double[] RANGES = {0.4, 1, 4, 20};
    /** Where there may be several maxima: a range every half octave, and a search from the best. */
    private static final double STEP = Math.sqrt(2);
    /** Where second derivatives jump: maxima of wheat2 by the spherical structure are 20 % apart. */
    private static final double FINE_STEP = Math.pow(2, 0.125);
    private static final int MOST_SEARCHES = 3;
    private static final double[] NUGGETS = {0.1, 0.3, 0.6};
    /** Where second derivatives jump there are many near one another: ranges so near are tried as well. */
    private static final double NEAR = 1.04;
    private static final int NEIGHBOURS = 8;
    private static final int MOST_REFINEMENTS = 5;
    /** Criteria that differ by less, relative to their size, are the same. */
    private static final double SAME = 1e-10;
    /** Of very many subjects so many are looked at first, in so many steps at most. */
    private static final int SOME_SUBJECTS = 512;
    private static final int MOST_STEPS = 20;

    /**
     * With few subjects the best of a grid of ranges, each of its local minima; else the best start, or with very many
     * the estimates from some of them.
     */
    List<double[]> starts() {
        final SeriesLikelihood some = model.likelihood().some(SOME_SUBJECTS);
        final Start near = some == null ? null : near(some);
        return near != null ? List.of(near.theta()) : starts(model.likelihood());
    }

    /** All parameters at the minimum of some subjects with the best scale for all; null if it is not inside. */
    private Start near(final SeriesLikelihood some) {
        return starts(some).stream().findFirst()
            .flatMap(start -> new ProjectedNewton(some, some.bounds(-1), some.bounds(1), true)
                .minimiseIfPossible(start, MOST_STEPS, SAME, Progress.NONE))
            .filter(found -> found.converged() && IntStream.range(0, found.theta().length)
                .noneMatch(k -> found.atLower()[k] || found.atUpper()[k]))
            .map(found -> best(model.likelihood(), Stream.of(found.theta()))).orElse(null);
    }

    private List<double[]> starts(final SeriesLikelihood criterion) {
        final double step = correlation.smooth() ? STEP : FINE_STEP;
        final double[] factors = few ? DoubleStream.iterate(extent.shortest() / extent.typical(),
            factor -> factor < 2 * extent.longest() / extent.typical(), factor -> factor * step).toArray() : RANGES;
        final Start[] best = new Start[factors.length];
        for (int i = 0; i < factors.length; i++) {
            final double factor = factors[i];
            best[i] = best(criterion, Arrays.stream(correlation.nugget() ? NUGGETS : new double[1])
                .mapToObj(nugget -> start(factor, nugget)));
        }
        return IntStream.range(0, best.length).filter(i -> best[i] != null && (i == 0 || value(best[i]) < value(best[i - 1]))
            && (i == best.length - 1 || value(best[i]) <= value(best[i + 1]))).mapToObj(i -> best[i])
            .sorted(Comparator.comparingDouble(Start::value)).limit(few ? MOST_SEARCHES : 1).map(Start::theta).toList();
    }

    /** The best of some parameters, each with the best scale; null if the likelihood exists at none. */
    private static Start best(final SeriesLikelihood criterion, final Stream<double[]> parameters) {
        return parameters.map(criterion::scaled).filter(start -> start != null && Double.isFinite(start.value()))
            .min(Comparator.comparingDouble(Start::value)).orElse(null);
    }

    private static double value(final Start start) {
        return start == null ? Double.POSITIVE_INFINITY : start.value();
    }

    /** The minimum, or a better one near it where there are many. */
    Optimum refined(final Optimum first, final Function<double[], Optimum> newton) {
        Optimum best = first;
        boolean better = !correlation.smooth();
        for (int round = 0; round < MOST_REFINEMENTS && better; round++) {
            final Optimum last = best;
            final Start near = best(model.likelihood(), neighbours(last.theta()).stream());
            better = value(near) < last.value() - SAME * Math.abs(last.value());
            best = better ? newton.apply(near.theta()) : last;
        }
        return best;
    }

    private List<double[]> neighbours(final double[] theta) {
        final List<double[]> near = new ArrayList<>();
        for (int g = 0; g < model.groups(); g++) {
            for (int k = -NEIGHBOURS; k <= NEIGHBOURS; k++) {
                final double[] moved = theta.clone();
                moved[g * theta.length / model.groups() + 1] += k * Math.log(NEAR);
                near.add(moved);
            }
        }
        return near;
    }

    private double[] start(final double factor, final double nugget) {
        final int m = 1 + correlation.parameters().size();
        final double[] start = new double[model.groups() * m];
        for (int g = 0; g < model.groups(); g++) {
            start[g * m] = logStdDeviation;
            start[g * m + 1] = correlation.parameters().get(0).start(extent)
                + correlation.direction() * Math.log(factor);
            if (correlation.nugget()) {
                start[g * m + 2] = nugget;
            }
        }
        return start;
    }
}
