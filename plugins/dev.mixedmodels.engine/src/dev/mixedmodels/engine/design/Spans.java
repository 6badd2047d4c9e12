package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Expression;
import dev.mixedmodels.engine.formula.Function;
import dev.mixedmodels.engine.formula.Operator;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;

/** Whether the columns of a term are combinations of those of another and of a constant: x of ns(x, 3). */
final class Spans {
    private Spans() {
    }

    /** Whether it is the same term, or one whose curves are replaced by powers or curves that they hold. */
    static boolean holds(final Term larger, final Term smaller) {
        return larger.order() == smaller.order() && smaller.variables().stream()
            .allMatch(v -> larger.variables().stream().anyMatch(curve -> curve.equals(v) || holds(curve, v)));
    }

    private static boolean holds(final Variable larger, final Variable smaller) {
        if (!(larger instanceof Variable.Curve curve)) {
            return larger instanceof Variable.Scaled scaled && scaled.argument().equals(smaller.argument());
        }
        final int degree = curve.kind() == Variable.Kind.NATURAL_SPLINE ? 1 : curve.degree();
        if (smaller instanceof Variable.Curve other) {
            final boolean polynomial = other.kind() == Variable.Kind.RAW_POLYNOMIAL
                || other.kind() == Variable.Kind.ORTHOGONAL_POLYNOMIAL;
            return polynomial && other.degree() <= degree && other.argument().equals(curve.argument());
        }
        for (int power = 1; power <= degree; power++) {
            if (smaller.argument().equals(power == 1 ? curve.argument() : power(curve.argument(), power))) {
                return true;
            }
        }
        return false;
    }

    private static Expression power(final Expression of, final int power) {
        return new Expression.Call(Function.AS_IS,
            new Expression.Operation(Operator.POWER, of, new Expression.Constant(power)));
    }
}
