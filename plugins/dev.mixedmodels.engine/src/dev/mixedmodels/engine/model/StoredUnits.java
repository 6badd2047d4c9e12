package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.covariance.RandomStructure;
import java.util.List;

/**
 * The random effects of one grouping factor and what is known of its units, in the unit of the model. Units are in the
 * order of the factor's levels, their numbers one after the other.
 *
 * @param name name of the factor
 * @param terms indices of its random terms in the formula
 * @param structures for each of these terms the covariance of its effects that belong together
 * @param effects names of the q effects
 * @param d covariance of the effects, q x q
 * @param blup best linear unbiased predictions, q a unit
 * @param half lower triangle by rows of L with Var(b | y) = L L', all parameters known, q (q + 1) / 2 a unit
 * @param onMean K with b^ - E(b^ | gamma) = -K (gamma^ - gamma), q x p by rows, so that z'b^ + w'gamma^ has the error
 *            variance (w - K'z)' Cov(gamma^) (w - K'z) + |L'z|^2
 * @param rows number of fitted rows of each unit
 * @param pairs how they go together with units of the grouping factors after this one
 */
public record StoredUnits(String name, int[] terms, List<RandomStructure> structures, List<String> effects,
    double[][] d, double[] blup, float[] half, float[] onMean, int[] rows, List<StoredPairs> pairs) {

    /**
     * @param other how its units go together with those of later factors
     * @return the same units with these
     */
    public StoredUnits with(final List<StoredPairs> other) {
        return new StoredUnits(name, terms, structures, effects, d, blup, half, onMean, rows, List.copyOf(other));
    }

    /**
     * @return q
     */
    public int q() {
        return effects.size();
    }
}
