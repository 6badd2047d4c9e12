package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.frame.Frame;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

/**
 * Tells shrinkage estimates and fitted values of the units of a table, a block after the other, by the prior that was
 * estimated from all of them. Keeps nothing for each unit but ranks, of which there are few.
 *
 * @param reader takes units out of the table; null for units that were not read
 * @param prior the prior
 * @param mean factor of the precision of the coefficients of its mean; null where there is none
 * @param marginal posterior means without any prior; null if they are not wanted
 * @param ranks of all observed units; null if they are not wanted
 * @param places where these stand in the table
 */
public record ShrinkageRule(UnitReader reader, StoredPrior prior, PrecisionFactor mean, MarginalEstimates marginal,
    Ranks ranks, long[] places) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * @return tells of blocks of the table, one after the other from its first row on
     */
    public Function<Frame, ShrunkenUnits> begin() {
        final long[] next = {0};
        return block -> {
            final ShrunkenUnits units = of(block, next[0]);
            next[0] += block.rows();
            return units;
        };
    }

    /**
     * @param block rows of the table
     * @param first place of the first of them in the table, from 0
     * @return what is estimated of them
     */
    public ShrunkenUnits of(final Frame block, final long first) {
        return of(reader.units(block, first), first);
    }

    /**
     * @param block rows of the table
     * @return their observations by row; NaN of a row that the prior was not estimated from
     */
    public IntToDoubleFunction usedResponses(final Frame block) {
        final double[] y = reader.units(block, 0).y();
        return row -> y[row];
    }

    /**
     * @param units units that the prior was estimated from, or that were to be predicted with them
     * @return what is estimated of them
     */
    public ShrunkenUnits of(final Units units) {
        return of(units, 0);
    }

    private ShrunkenUnits of(final Units own, final long first) {
        final Units units = prior.coordinates().measure(own, prior.settings().family());
        final ObservedUnits observed = ObservedUnits.of(units, prior.settings());
        return new ShrunkenUnits(prior, observed, prior.uncertainty(observed,
            (i, j) -> mean.covariance(observed.design(i), observed.design(j))), marginal,
            row -> ranks == null ? Ranks.NONE : ranks.of(Arrays.binarySearch(places, first + row)));
    }
}
