package dev.mixedmodels.engine.likelihood;

/** What gives the cross-products of one unit of rows after another at fixed parameters; a workspace of one thread. */
@FunctionalInterface
interface UnitProducts {
    /**
     * @param unit index of a unit that is independent of the others
     * @param square takes [X y]'V^-1 [X y] of its rows, V in units of the scale, (p + 1) x (p + 1) row-major
     */
    void read(int unit, double[] square);
}
