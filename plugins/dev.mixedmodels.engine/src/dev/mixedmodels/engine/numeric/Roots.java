package dev.mixedmodels.engine.numeric;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** Roots of functions of one variable by Brent's method, to the last digits. */
public final class Roots {
    private static final double RELATIVE = 1e-15;
    private static final double ABSOLUTE = 1e-300;
    private static final int MAX_EVALUATIONS = 2000;

    private Roots() {
    }

    /**
     * @param f a continuous function
     * @param low one end
     * @param high the other end
     * @return a root between low and high; the end where f is 0, or NaN if f has the same sign at both ends
     */
    public static double find(final DoubleUnaryOperator f, final double low, final double high) {
        final double atLow = f.applyAsDouble(low);
        final double atHigh = f.applyAsDouble(high);
        if (atLow == 0) {
            return low;
        }
        if (atHigh == 0) {
            return high;
        }
        if (!(atLow * Math.signum(atHigh) < 0)) {
            return Double.NaN;
        }
        return new BrentSolver(RELATIVE, ABSOLUTE, 0).solve(MAX_EVALUATIONS, f::applyAsDouble,
            Math.min(low, high), Math.max(low, high));
    }
}
