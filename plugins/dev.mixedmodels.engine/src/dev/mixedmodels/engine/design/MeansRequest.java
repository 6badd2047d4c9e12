package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.LevelContrast;
import java.util.List;

/**
 * Which least-squares means or slopes are wanted.
 *
 * @param factors the factors whose combinations of levels have one each; none for one over everything
 * @param at where, each combination of these in turn
 * @param slope numeric column by which the mean is differentiated; null for the means themselves
 * @param weights of the levels of factors that are averaged over
 * @param comparison which differences are wanted
 * @param reference level that others are compared with, of several factors joined by colons; null for the first
 * @param contrasts further combinations of the means at one place
 */
public record MeansRequest(List<String> factors, List<At> at, String slope, MeansWeights weights,
    Comparison comparison, String reference, List<LevelContrast> contrasts) {

    /** Which differences are wanted. */
    public enum Comparison {
        /** None. */
        NONE,
        /** Those of all pairs at the same place. */
        PAIRS,
        /** Those from one level, at the same place. */
        REFERENCE
    }

    /**
     * Means and all differences, other factors weighted equally.
     *
     * @param factors one or more factors
     * @param at where; null for nowhere in particular
     * @return what is wanted
     */
    public static MeansRequest pairs(final List<String> factors, final At at) {
        return new MeansRequest(factors, at == null || factors.contains(at.column()) ? List.of() : List.of(at), null,
            MeansWeights.EQUAL, Comparison.PAIRS, null, List.of());
    }

    /**
     * @return name of the term in tables
     */
    public String term() {
        final String joined = String.join(":", factors);
        return slope == null ? joined : joined.isEmpty() ? slope : slope + ":" + joined;
    }
}
