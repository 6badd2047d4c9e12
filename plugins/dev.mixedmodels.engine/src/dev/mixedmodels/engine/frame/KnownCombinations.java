package dev.mixedmodels.engine.frame;

/**
 * Combinations of the levels of two factors that some rows have, in the order of the first and then of the second:
 * nested units {@code school/pupil} or an interaction {@code dept:service}.
 */
public final class KnownCombinations {
    private final LongIndex index = new LongIndex();
    private final int[] outerCodes;
    private final int[] innerCodes;
    private final long width;

    /**
     * @param outerCodes code of each combination's outer level
     * @param innerCodes code of each combination's inner level
     * @param innerLevels number of levels of the inner factor
     */
    public KnownCombinations(final int[] outerCodes, final int[] innerCodes, final int innerLevels) {
        this.outerCodes = outerCodes;
        this.innerCodes = innerCodes;
        width = innerLevels;
        for (int k = 0; k < outerCodes.length; k++) {
            index.add(outerCodes[k] * width + innerCodes[k]);
        }
    }

    /**
     * @param outer first factor
     * @param separator put between the names of factors and of levels
     * @param inner second factor
     * @return the combined factor; a combination that is not among them has code -1
     */
    public Factor factor(final Factor outer, final String separator, final Factor inner) {
        final int[] codes = new int[outer.rows()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = outer.code(row) < 0 || inner.code(row) < 0 ? -1
                : index.find(outer.code(row) * width + inner.code(row));
        }
        return new Factor(outer.name() + separator + inner.name(), Factor.lazy(outerCodes.length,
            k -> outer.level(outerCodes[k]) + separator + inner.level(innerCodes[k])), codes);
    }
}
