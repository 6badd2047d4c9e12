package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.UnitPairs;
import dev.mixedmodels.engine.statistics.UnitStatistics;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Models of the same rows whose random effects are intercepts only, from the statistics of a model that has these among
 * its effects: no row is read again.
 *
 * @param intercepts index of each factor's intercept among its effects
 * @param p number of columns of X
 * @param smaller so many of them, the first, are kept
 * @param added coefficients of the others in the response that is kept
 */
record InterceptsOnly(int[] intercepts, int p, int smaller, double[] added) {
    /**
     * @param model a model
     * @param intercepts index of each factor's intercept among its effects
     * @param mean whether all fixed effects stay; else the first alone, the constant
     * @return the model with random intercepts only
     */
    static MixedModel of(final MixedModel model, final int[] intercepts, final boolean mean) {
        final Coordinates coordinates = model.coordinates();
        final int p = coordinates.fixedEffects();
        final int smaller = mean ? p : 1;
        final double[] added = new double[p];
        final double[] offset = coordinates.fixedOffset();
        for (int i = smaller; i < p; i++) {
            added[i] = offset[i] / coordinates.responseScale();
        }
        final InterceptsOnly only = new InterceptsOnly(intercepts, p, smaller, added);
        final EffectStatistics statistics = model.products() == null
            ? new GroupedStatistics(only.of(model.reduction()), null)
            : new BlockedStatistics(only.of(model.products()));
        final List<LinearStructure> structures =
            Collections.nCopies(intercepts.length, RandomStructure.UNSTRUCTURED.of(1));
        return model.with(coordinates.only(intercepts, smaller), structures, statistics);
    }

    private BlockedCrossProducts of(final BlockedCrossProducts data) {
        final int factors = intercepts.length;
        final double[][] diagonal = new double[factors][];
        final double[][] fixed = new double[factors][];
        final UnitPairs[][] pairs = new UnitPairs[factors][factors];
        for (int k = 0; k < factors; k++) {
            final int at = k;
            final int q = data.effects()[k];
            final int entry = intercepts[k] * q + intercepts[k];
            diagonal[k] = IntStream.range(0, data.levels()[k]).mapToDouble(j -> data.diagonal()[at][j * q * q + entry])
                .toArray();
            fixed[k] = new double[data.levels()[k] * (smaller + 1)];
            for (int j = 0; j < data.levels()[k]; j++) {
                row(data.fixed()[k], (j * q + intercepts[k]) * (p + 1), fixed[k], j * (smaller + 1));
            }
            for (int l = k + 1; l < factors; l++) {
                final UnitPairs all = data.pairs()[k][l];
                final int block = q * data.effects()[l];
                final int first = intercepts[k] * data.effects()[l] + intercepts[l];
                pairs[k][l] = new UnitPairs(all.start(), all.second(),
                    IntStream.range(0, all.size()).mapToDouble(e -> all.values()[e * block + first]).toArray());
            }
        }
        return new BlockedCrossProducts(data.rows(), smaller, IntStream.of(intercepts).map(i -> 1).toArray(),
            data.levels(), data.counts(), diagonal, fixed, pairs, square(data.cross()), -1, null);
    }

    /** Rows of [R T] without the columns of slopes are reduced again. */
    private GroupReduction of(final GroupReduction data) {
        final int q = data.effects();
        final int width = smaller + 2;
        final double[] rows = new double[ArraySize.of(data.levels() * q, width)];
        final int[] codes = new int[data.levels() * q];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = i / q;
            rows[i * width] = data.r()[i * q + intercepts[0]];
            row(data.t(), i * (p + 1), rows, i * width + 1);
        }
        final UnitStatistics units = new UnitStatistics(1, smaller, data.levels());
        units.add(rows, codes);
        final GroupReduction reduced = units.reduction(data.levels());
        final double[] within = square(data.within());
        for (int i = 0; i < within.length; i++) {
            within[i] += reduced.within()[i];
        }
        return new GroupReduction(data.rows(), smaller, 1, data.levels(), data.counts(), reduced.r(), reduced.t(),
            within);
    }

    /** [x y] with the columns that are kept, what the others explained added to y. */
    private void row(final double[] from, final int at, final double[] to, final int place) {
        System.arraycopy(from, at, to, place, smaller);
        to[place + smaller] = from[at + p];
        for (int i = smaller; i < p; i++) {
            to[place + smaller] += added[i] * from[at + i];
        }
    }

    /** The same of both sides of a matrix. */
    private double[] square(final double[] whole) {
        final int n = smaller + 1;
        final double[] half = new double[(p + 1) * n]; // its rows
        for (int i = 0; i <= p; i++) {
            row(whole, i * (p + 1), half, i * n);
        }
        final double[] turned = new double[n * (p + 1)];
        for (int i = 0; i <= p; i++) {
            for (int j = 0; j < n; j++) {
                turned[j * (p + 1) + i] = half[i * n + j];
            }
        }
        final double[] square = new double[n * n];
        for (int j = 0; j < n; j++) {
            row(turned, j * (p + 1), square, j * n);
        }
        return square;
    }
}
