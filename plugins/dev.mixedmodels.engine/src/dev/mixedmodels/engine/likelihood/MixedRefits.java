package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.common.Heap;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.WorkingBasis;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.numeric.Sampler;
import dev.mixedmodels.engine.statistics.Grouping;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A {@link MixedFit} whose model draws responses and is fitted to them, from the estimates on. */
public final class MixedRefits implements Refits {
    private final MixedFit fit;
    private final WorkingBasis basis;
    private final Function<MixedFit, double[]> parameters;
    private final Progress progress;
    private final int p;
    private final int[] effects;
    private final int width;
    private final List<Grouping> groupings;
    /** Rows of [w z] as the model was given them. */
    private final double[] rows;
    private final double[] mean;
    /** Roots of the weights. */
    private final double[] weight;
    private final double logWeights;
    private final double[][][] roots;
    private final Supplier<Function<double[], EffectStatistics>> responses;

    /**
     * @param fit the estimates
     * @param mixed the design that they belong to, with its rows
     * @param parameters gives the covariance parameters of a fit, in the order of their table
     * @param progress to learn of cancellation
     */
    public MixedRefits(final MixedFit fit, final MixedDesign mixed, final Function<MixedFit, double[]> parameters,
        final Progress progress) {
        this.fit = fit;
        basis = mixed.design().fixed().basis();
        this.parameters = parameters;
        this.progress = progress;
        final MixedRows given = mixed.rows();
        groupings = given.groupings();
        p = given.fixedEffects();
        effects = given.randomEffects();
        width = given.width() - 1;
        requireRoom(given.size());
        rows = new double[ArraySize.of(given.size(), width)];
        mean = new double[given.size()];
        weight = new double[given.size()];
        logWeights = mixed.design().logWeights();
        final double[] beta = fit.beta();
        final double[] row = new double[width + 1];
        for (int i = 0; i < mean.length; i++) {
            given.row(i, row);
            weight[i] = given.root(i);
            System.arraycopy(row, 0, rows, i * width, p);
            System.arraycopy(row, p + 1, rows, i * width + p, width - p);
            for (int a = 0; a < p; a++) {
                mean[i] += row[a] * beta[a];
            }
        }
        roots = new double[effects.length][][];
        for (int k = 0; k < effects.length; k++) {
            roots[k] = fit.covarianceRoot(k);
        }
        responses = fit.model().statistics().responses(fit.model().coordinates().of(given), groupings);
    }

    /** Refuses more rows than fit: twice their columns, their responses and, of each thread, those drawn. */
    private void requireRoom(final int size) {
        final int threads = Parallel.threads();
        Heap.require(Double.BYTES * (double) size * (2 * width + 2 + 2 * threads),
            "A bootstrap of " + size + " rows on " + Words.count(threads, "thread") + " takes",
            "Give KNIME more memory (-Xmx in knime.ini), or choose intervals and tests without a bootstrap.");
    }

    @Override
    public int rows() {
        return mean.length;
    }

    @Override
    public double[] draw(final Sampler random) {
        final double[] y = mean.clone();
        final double sigma = Math.sqrt(fit.sigma2());
        for (int i = 0; i < y.length; i++) {
            y[i] += sigma / weight[i] * random.normal();
        }
        int column = p;
        for (int k = 0; k < effects.length; k++) {
            final int q = effects[k];
            final double[] b = new double[ArraySize.of(groupings.get(k).levels(), q)];
            final double[] u = new double[q];
            for (int j = 0; j < b.length; j += q) {
                for (int c = 0; c < q; c++) {
                    u[c] = random.normal();
                }
                for (int c = 0; c < q; c++) {
                    for (int d = 0; d < q; d++) {
                        b[j + c] += roots[k][c][d] * u[d];
                    }
                }
            }
            final int[] codes = groupings.get(k).codes();
            for (int i = 0; i < y.length; i++) {
                for (int c = 0; c < q; c++) {
                    y[i] += rows[i * width + column + c] * b[codes[i] * q + c];
                }
            }
            column += q;
        }
        return y;
    }

    @Override
    public Refit own() {
        return refit(fit);
    }

    private Refit refit(final MixedFit found) {
        return new Refit(found.criterion() + (found.reml() ? basis.logDeterminant() : 0) - logWeights,
            basis.coefficients(found.beta()), parameters.apply(found),
            found.optimum().converged());
    }

    @Override
    public Worker worker() {
        final UnaryOperator<double[]> inside = inside(fit.model().coordinates());
        final Function<double[], EffectStatistics> own = responses.get();
        return y -> {
            final MixedFit found = fit.again(own.apply(inside.apply(y)), progress);
            return found == null ? null : refit(found);
        };
    }

    /** The response in the coordinates of the model: y~ = (y - w'offset) / c. */
    private UnaryOperator<double[]> inside(final Coordinates coordinates) {
        final double[] offset = coordinates.fixedOffset();
        final double c = coordinates.responseScale();
        return y -> {
            final double[] changed = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                double rest = y[i];
                for (int a = 0; a < p; a++) {
                    rest -= rows[i * width + a] * offset[a];
                }
                changed[i] = weight[i] * rest / c;
            }
            return changed;
        };
    }
}
