package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.RowCounts;

/**
 * What a model needs to know of its rows as a whole. Responses are those of the model, less the offset and in its unit.
 *
 * @param counts which rows are used
 * @param weights least and greatest weight; null where all are 1
 * @param logWeights sum of the logarithms of the weights
 * @param least the least response
 * @param greatest the greatest response
 * @param largest the largest absolute response times the root of its weight
 */
public record RowFigures(RowCounts counts, double[] weights, double logWeights, double least, double greatest,
    double largest) {
    /**
     * @return number of rows that are fitted, N
     */
    public long rows() {
        return counts.used();
    }

    /**
     * @return a number near the responses, whatever the order of the rows
     */
    double middle() {
        return least / 2 + greatest / 2;
    }
}
