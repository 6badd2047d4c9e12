package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;

/** A point of the reference grid of least-squares means: a value for each number, weights over each factor's levels. */
interface GridPoint {
    /** The value of a numeric column. */
    double number(Column column);

    /** Weights of the levels of a factor, with sum 1. */
    double[] weights(Factor factor);
}
