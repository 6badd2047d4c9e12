package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Any number of grouping factors, nested, crossed or partly crossed, with the room for one Cholesky factor of
 * M = Lambda'Z'Z Lambda + I at a time, which all likelihoods of these data share.
 */
final class BlockedStatistics implements EffectStatistics {
    final BlockedCrossProducts data;
    final BlockedFactor factor;
    final BlockedVectors vectors;
    /** Z'[X y] by columns. */
    final double[][] zxy;
    /** The family asked for last with its coordinates: search, polish and fit ask for the same one in turn. */
    private BlockedPls last;
    private AffineCoordinates lastCoordinates;

    BlockedStatistics(final BlockedCrossProducts data) {
        this.data = data;
        factor = new BlockedFactor(data);
        vectors = new BlockedVectors(factor);
        zxy = new double[data.fixedEffects() + 1][];
        for (int c = 0; c < zxy.length; c++) {
            zxy[c] = vectors.fixedColumn(data.fixed(), c);
        }
    }

    /** The same rows with another response, in the same room. */
    private BlockedStatistics(final BlockedStatistics rooms, final BlockedCrossProducts data) {
        this.data = data;
        factor = rooms.factor;
        vectors = rooms.vectors;
        zxy = rooms.zxy.clone();
        zxy[zxy.length - 1] = vectors.fixedColumn(data.fixed(), zxy.length - 1);
    }

    @Override
    public int rows() {
        return data.rows();
    }

    /** The family of factors that coordinates run through. */
    BlockedPls pls(final AffineCoordinates coordinates, final boolean reml) {
        if (lastCoordinates != coordinates || last.reml() != reml) {
            last = new BlockedPls(this, reml, RelativeFactors.of(data.effects(), coordinates));
            lastCoordinates = coordinates;
        }
        return last;
    }

    @Override
    public BlockedLikelihood likelihood(final boolean reml, final Progress progress) {
        return new BlockedLikelihood(this, reml, progress);
    }

    @Override
    public MixedPoint at(final Minimum minimum, final boolean reml) {
        return pls(minimum.coordinates(), reml).at(minimum.optimum().theta());
    }

    @Override
    public int[] counts(final int k) {
        return data.counts()[k];
    }

    @Override
    public boolean nested(final int inner, final int outer) {
        return data.nested(inner, outer);
    }

    @Override
    public void unitProducts(final int k, final int unit, final double[] zz, final double[] zxy) {
        System.arraycopy(data.diagonal()[k], unit * zz.length, zz, 0, zz.length);
        System.arraycopy(data.fixed()[k], unit * zxy.length, zxy, 0, zxy.length);
    }

    @Override
    public EffectStatistics without(final int unit) {
        return new BlockedStatistics(data.without(unit));
    }

    @Override
    public Supplier<Function<double[], EffectStatistics>> responses(final ModelRows rows,
        final List<Grouping> groupings) {
        final OtherCrossProducts sums = new OtherCrossProducts(data, rows, groupings);
        return () -> {
            final BlockedStatistics own = new BlockedStatistics(data);
            return y -> new BlockedStatistics(own, sums.with(y));
        };
    }
}
