package dev.mixedmodels.engine.basis;

/** Functions of one number, each a column of a design. Immutable. */
public interface Basis {
    /**
     * @param column which function, from 0
     * @param x where
     * @return its value there
     */
    double value(int column, double x);
}
