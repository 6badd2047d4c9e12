package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.likelihood.UnitPredictions;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.BlupRow;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The table of predictions, level by level, made while it is read. Intervals take the normal quantile and the variances
 * as known.
 */
final class BlupTable implements Iterable<BlupRow> {
    private final FittedModel fitted;
    private final double quantile;

    BlupTable(final FittedModel fitted) {
        this.fitted = fitted;
        quantile = Tail.normalQuantile((1 - fitted.settings().inference().confidence()) / 2);
    }

    @Override
    public Iterator<BlupRow> iterator() {
        return IntStream.range(0, fitted.predictions().length).boxed().flatMap(this::factor).iterator();
    }

    private Stream<BlupRow> factor(final int k) {
        final RandomGroup group = fitted.mixed().groups().get(k);
        final int[] counts = fitted.fit().model().counts(k);
        final double[][] d = fitted.fit().covariance(k);
        final int q = group.effects();
        return IntStream.range(0, counts.length * q).mapToObj(at -> row(group, fitted.predictions()[k], at, at % q,
            counts[at / q], d[at % q][at % q]));
    }

    private BlupRow row(final RandomGroup group, final UnitPredictions p, final int at, final int effect,
        final int count, final double variance) {
        return BlupRow.of(group.name(), group.factor().level(at / group.effects()), group.names().get(effect),
            p.blup()[at], p.prediction()[at], p.conditional()[at], variance, p.coefficient()[at],
            p.coefficientError()[at], quantile, count);
    }
}
