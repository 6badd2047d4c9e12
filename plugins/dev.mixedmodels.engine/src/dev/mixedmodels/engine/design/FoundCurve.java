package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.basis.BSpline;
import dev.mixedmodels.engine.basis.Basis;
import dev.mixedmodels.engine.basis.Knots;
import dev.mixedmodels.engine.basis.NaturalSpline;
import dev.mixedmodels.engine.basis.OrthogonalPolynomial;
import dev.mixedmodels.engine.basis.RawPolynomial;
import dev.mixedmodels.engine.basis.Scaling;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.formula.Variable;
import java.io.Serializable;

/**
 * What the fitted rows say about a variable that depends on them, so that it can be computed in other rows.
 *
 * @param variable {@code scale}, {@code poly}, {@code ns} or {@code bs}
 * @param centres of {@code scale} the mean; of {@code poly} as {@link OrthogonalPolynomial} has them; else null
 * @param scales of {@code scale} the standard deviation; of {@code poly} the sums of squares; else null
 * @param knots of splines, from the lower to the upper outer knot; else null
 */
public record FoundCurve(Variable variable, double[] centres, double[] scales, double[] knots) implements Serializable {
    /** Whether a variable depends on the rows that it was found in, or makes several columns. */
    static boolean needed(final Variable variable) {
        return variable instanceof Variable.Scaled || variable instanceof Variable.Curve;
    }

    /**
     * Finds it.
     *
     * @param variable the variable
     * @param x different values of its argument in the fitted rows, in rising order, with their counts
     * @throws ModelException if there are too few different values
     */
    static FoundCurve of(final Variable variable, final ValueCounts.Sorted x) {
        if (variable instanceof Variable.Scaled scaled) {
            return scaling(scaled, x);
        }
        final Variable.Curve curve = (Variable.Curve) variable;
        return switch (curve.kind()) {
            case RAW_POLYNOMIAL -> new FoundCurve(curve, null, null, null);
            case ORTHOGONAL_POLYNOMIAL -> polynomial(curve, x);
            case NATURAL_SPLINE, B_SPLINE -> new FoundCurve(curve, null, null, knots(curve, x));
        };
    }

    private static FoundCurve scaling(final Variable.Scaled scaled, final ValueCounts.Sorted x) {
        final Scaling scaling = Scaling.of(x.values(), x.counts(), scaled.center(), scaled.scale());
        if (!(scaling.scale() > 0) || x.values().length == 1) {
            throw new ModelException(scaled + " cannot be computed: " + scaled.argument() + " is "
                + Words.number(x.values()[0])
                + " in all rows used, so that there is no standard deviation to divide by. Take it out of the model.");
        }
        return new FoundCurve(scaled, new double[] {scaling.centre()}, new double[] {scaling.scale()}, null);
    }

    private static FoundCurve polynomial(final Variable.Curve curve, final ValueCounts.Sorted x) {
        requireValues(curve, x, curve.degree() + 1);
        final OrthogonalPolynomial found = OrthogonalPolynomial.of(x.values(), x.counts(), curve.degree());
        return new FoundCurve(curve, found.centres(), found.squares(), null);
    }

    private static void requireValues(final Variable.Curve curve, final ValueCounts.Sorted x, final int least) {
        final int different = x.values().length;
        if (different < least) {
            throw new ModelException(curve + " needs at least " + least + " different values of " + curve.argument()
                + ", but the rows used have " + different
                + ". Lower the number in it or take it out of the model.");
        }
    }

    private static double[] knots(final Variable.Curve curve, final ValueCounts.Sorted x) {
        requireValues(curve, x, 2);
        final double[] sorted = x.values();
        final double low = curve.boundary() == null ? sorted[0] : curve.boundary().get(0);
        final double high = curve.boundary() == null ? sorted[sorted.length - 1] : curve.boundary().get(1);
        final int inside = curve.knots() != null ? curve.knots().size()
            : curve.size() - (curve.kind() == Variable.Kind.NATURAL_SPLINE ? 1 : curve.degree());
        final double[] knots = Knots.quantiles(sorted, x.counts(), low, high, inside);
        for (int k = 1; k <= inside; k++) {
            knots[k] = curve.knots() == null ? knots[k] : curve.knots().get(k - 1);
            if (!(knots[k] > low && knots[k] < high)) {
                throw new ModelException(curve + " cannot be computed: its knot at " + Words.number(knots[k])
                    + " is not inside of the range from " + Words.number(low) + " to " + Words.number(high)
                    + (curve.knots() == null ? ", for many rows used have the same value of " + curve.argument()
                        + ". Ask for fewer degrees of freedom or choose the knots: knots = c(...)."
                        : ". Choose knots within it."));
            }
        }
        return knots;
    }

    /** The functions of the argument that are the variable's columns. */
    Basis basis() {
        if (variable instanceof Variable.Scaled) {
            return new Scaling(centres[0], scales[0]);
        }
        final Variable.Curve curve = (Variable.Curve) variable;
        return switch (curve.kind()) {
            case RAW_POLYNOMIAL -> new RawPolynomial();
            case ORTHOGONAL_POLYNOMIAL -> new OrthogonalPolynomial(centres, scales);
            case NATURAL_SPLINE -> new NaturalSpline(knots);
            case B_SPLINE -> new BSpline(curve.degree(), knots);
        };
    }
}
