package dev.mixedmodels.engine.statistics;

/**
 * A grouping factor: which unit each row belongs to.
 *
 * @param name its name in messages and tables
 * @param codes unit of each row, in 0 .. levels - 1
 * @param levels number of units; units without a row are allowed
 */
public record Grouping(String name, int[] codes, int levels) {
}
