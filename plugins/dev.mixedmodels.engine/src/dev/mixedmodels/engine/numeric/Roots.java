package dev.mixedmodels.engine.numeric;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.exception.TooManyEvaluationsException;

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
     * @return a root between low and high; the end where f is 0; NaN if f has the same sign at both ends or is NaN on
     *         the way
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
        try {
            return new BrentSolver(RELATIVE, ABSOLUTE, 0).solve(MAX_EVALUATIONS, x -> number(f.applyAsDouble(x)),
                Math.min(low, high), Math.max(low, high));
        } catch (final TooManyEvaluationsException e) {
            return Double.NaN;
        }
    }

    /** Ends the search where there is no number to go on with. */
    private static double number(final double value) {
        if (Double.isNaN(value)) {
            throw new TooManyEvaluationsException(MAX_EVALUATIONS);
        }
        return value;
    }

    /**
     * The Illinois variant of regula falsi, for functions that are dear and nearly linear between the ends: no
     * evaluation is spent on the ends. Source: Dowell &amp; Jarratt (1971) BIT 11:168-174.
     *
     * @param f a continuous function
     * @param low one end
     * @param atLow f there, not 0
     * @param high the other end
     * @param atHigh f there, of the opposite sign or 0
     * @param tolerance of the root, relative to 1 + |root|
     * @return a root; NaN if f is NaN on the way
     */
    public static double falsePosition(final DoubleUnaryOperator f, final double low, final double atLow,
        final double high, final double atHigh, final double tolerance) {
        double a = low;
        double atA = atLow;
        double b = high;
        double atB = atHigh;
        for (int i = 0; i < MAX_EVALUATIONS && atB != 0 && Math.abs(b - a) > tolerance * (1 + Math.abs(b)); i++) {
            final double slope = (atB - atA) / (b - a);
            final double next = Double.isFinite(slope) && slope != 0 ? b - atB / slope : (a + b) / 2;
            final double atNext = f.applyAsDouble(next);
            if (Double.isNaN(atNext)) {
                return Double.NaN;
            }
            if (atNext * atB < 0) {
                a = b;
                atA = atB;
            } else if (Math.abs(next - b) <= tolerance * (1 + Math.abs(b))) {
                return next;
            } else {
                atA /= 2; // the same end moved twice in a row
            }
            b = next;
            atB = atNext;
        }
        return b;
    }
}
