package dev.mixedmodels.engine.fit;

/**
 * A part of F that vanished.
 *
 * @param block the block
 * @param basis matrices in whose span F would grow again, q x q each: a column of an unstructured block for each null
 *            vector, to the right of which there is room for as many columns as there are null vectors; or the
 *            direction of one coordinate
 * @param nullVectors the null vectors in working coordinates; empty for a structured block
 * @param coordinate the coordinate of a structured block, else -1
 */
public record Vanished(RandomBlock block, double[][] basis, double[][] nullVectors, int coordinate) {
}
