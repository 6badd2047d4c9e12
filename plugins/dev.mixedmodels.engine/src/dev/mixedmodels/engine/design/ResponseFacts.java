package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.RowCounts;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.io.Serializable;
import java.util.List;

/** The range of the response, alone and less the offsets, and the weights, over rows that stream by. */
final class ResponseFacts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean ownUnit;
    private final double[] alone = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    private final double[] rest = alone.clone();
    private final double[] weights = {Double.POSITIVE_INFINITY, 0};
    private final DoubleDouble offsets = new DoubleDouble();
    private final DoubleDouble weight = new DoubleDouble();
    private final DoubleDouble logWeights = new DoubleDouble();
    private double largest;
    private boolean equal = true;

    /**
     * @param ownUnit whether the response is measured in a unit of its own
     */
    ResponseFacts(final boolean ownUnit) {
        this.ownUnit = ownUnit;
    }

    ResponseFacts fresh() {
        return new ResponseFacts(ownUnit);
    }

    void add(final RowExpression response, final List<RowExpression> parts, final ModelFrame part) {
        final Rows fitted = part.fitted();
        equal = part.weights().equal();
        for (int i = 0; i < fitted.size(); i++) {
            final int row = fitted.row(i);
            final double y = response.value(row);
            double offset = 0;
            for (final RowExpression p : parts) {
                offset += p.value(row);
            }
            extend(alone, y);
            extend(rest, y - offset);
            largest = Math.max(largest, Math.abs(y - offset) * part.weights().root(row));
            if (!parts.isEmpty()) {
                offsets.add(offset);
            }
            if (!equal) {
                extend(weights, part.weights().of(row));
                weight.add(part.weights().of(row));
                logWeights.add(Math.log(part.weights().of(row)));
            }
        }
    }

    private static void extend(final double[] range, final double x) {
        range[0] = Math.min(range[0], x);
        range[1] = Math.max(range[1], x);
    }

    /** The range of both; that of no rows is from infinity to minus infinity. */
    private static void join(final double[] range, final double[] other) {
        range[0] = Math.min(range[0], other[0]);
        range[1] = Math.max(range[1], other[1]);
    }

    void merge(final ResponseFacts other) {
        join(alone, other.alone);
        join(rest, other.rest);
        join(weights, other.weights);
        offsets.add(other.offsets);
        weight.add(other.weight);
        logWeights.add(other.logWeights);
        largest = Math.max(largest, other.largest);
        equal &= other.equal;
    }

    /**
     * The power of two at or below half the range over the fitted rows, or the largest value if there is no range,
     * times the root of the mean weight: the rows times the roots of their weights have values near 1.
     */
    double unit(final long rows) {
        if (!ownUnit) {
            return 1;
        }
        final double half = alone[1] / 2 - alone[0] / 2;
        final double size =
            (half > 0 ? half : Math.abs(alone[1])) * (equal ? 1 : Math.sqrt(weight.value() / rows));
        return size > 0 ? Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(size))) : 1;
    }

    /** Mean of the offset in the unit. */
    double meanOffset(final long rows) {
        return offsets.value() / rows / unit(rows);
    }

    RowFigures figures(final RowCounts counts) {
        final double unit = unit(counts.used());
        return new RowFigures(counts, equal ? null : weights.clone(), logWeights.value(), rest[0] / unit,
            rest[1] / unit, largest / unit);
    }
}
