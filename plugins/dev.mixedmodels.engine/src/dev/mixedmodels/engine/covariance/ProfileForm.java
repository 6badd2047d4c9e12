package dev.mixedmodels.engine.covariance;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A parametrisation in which a reported figure is a rising function of one parameter alone, so that holding the one
 * holds the other: what a profile likelihood needs.
 *
 * @param structure the family in that parametrisation
 * @param index which parameter
 * @param value the figure as a function of it
 */
public record ProfileForm(CovarianceStructure structure, int index, DoubleUnaryOperator value) {

    /**
     * @param structure a structure over visits
     * @param parameter a figure that is reported for it
     * @param n number of visits
     * @return the form, or null if there is none: covariances of {@link VisitStructure#UNSTRUCTURED}
     */
    public static ProfileForm of(final VisitStructure structure, final ReportedParameter parameter, final int n) {
        final CovarianceStructure over = structure.over(n);
        final int row = parameter.row();
        final int column = parameter.column();
        final int scales = structure.homogeneous() ? 1 : n;
        if (structure == VisitStructure.UNSTRUCTURED) {
            return switch (parameter.kind()) {
                case VARIANCE -> of(first(over, row, -1), 0, parameter);
                // the entry l_21 of the unit factor: correlation l / sqrt(1 + l^2)
                case CORRELATION -> of(first(over, row, column), n, parameter);
                default -> null;
            };
        }
        return switch (parameter.kind()) {
            case VARIANCE -> of(over, structure.homogeneous() ? 0 : row, parameter);
            case CORRELATION -> of(over.holding(parameter), scales + column - 1, parameter);
            case RATIO -> new ProfileForm(over.holding(parameter), scales, Math::tanh);
            case COVARIANCE -> new ProfileForm(new ClassicalCompoundSymmetry(n), 0, x -> x);
            case DIFFERENCE -> new ProfileForm(new ClassicalCompoundSymmetry(n), 1, x -> x);
            default -> throw new IllegalArgumentException(parameter.kind() + " is no figure over visits");
        };
    }

    /** The figure does not depend on the other parameters. */
    private static ProfileForm of(final CovarianceStructure structure, final int index,
        final ReportedParameter figure) {
        final int n = structure.dimension();
        return new ProfileForm(structure, index, x -> {
            final double[] theta = new double[structure.parameters()];
            theta[index] = x;
            final double[] v = new double[n * n];
            structure.at(theta).value(v);
            return figure.value(v, n);
        });
    }

    /** The rows i and then j first, the others in their order. */
    private static CovarianceStructure first(final CovarianceStructure structure, final int i, final int j) {
        final int n = structure.dimension();
        final int[] order = new int[n];
        Arrays.fill(order, -1);
        order[i] = 0;
        int next = 1;
        if (j >= 0) {
            order[j] = next++;
        }
        for (int k = 0; k < n; k++) {
            if (order[k] < 0) {
                order[k] = next++;
            }
        }
        return new PermutedStructure(structure, order);
    }
}
