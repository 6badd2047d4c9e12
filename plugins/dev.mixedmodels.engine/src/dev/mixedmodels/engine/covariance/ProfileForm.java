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
        final int scales = structure.homogeneous() ? 1 : n;
        final boolean unstructured = structure == VisitStructure.UNSTRUCTURED;
        switch (parameter.kind()) {
            case VARIANCE:
                return new ProfileForm(unstructured ? first(over, parameter.row(), -1) : over,
                    structure.homogeneous() || unstructured ? 0 : parameter.row(), x -> Math.exp(2 * x));
            case CORRELATION, RATIO:
                if (unstructured) {
                    // the entry l_21 of the unit factor: correlation l / sqrt(1 + l^2)
                    return new ProfileForm(first(over, parameter.row(), parameter.column()), n,
                        x -> CorrelationMap.of(x).rho());
                }
                return correlation(structure, parameter, n, scales);
            case COVARIANCE:
                return unstructured ? null : new ProfileForm(new ClassicalCompoundSymmetry(n), 0, x -> x);
            case DIFFERENCE:
                return new ProfileForm(new ClassicalCompoundSymmetry(n), 1, x -> x);
            default:
                throw new IllegalArgumentException(parameter.kind() + " is no figure over visits");
        }
    }

    private static ProfileForm correlation(final VisitStructure structure, final ReportedParameter parameter,
        final int n, final int scales) {
        return switch (structure) {
            case COMPOUND_SYMMETRY, HETEROGENEOUS_COMPOUND_SYMMETRY -> new ProfileForm(structure.over(n), scales, x -> {
                final double[] c = new double[n * n];
                new CompoundSymmetryShape(n).at(new double[] {x}).value(c);
                return c[1];
            });
            case ANTE_DEPENDENCE, HETEROGENEOUS_ANTE_DEPENDENCE -> new ProfileForm(structure.over(n),
                scales + parameter.row(), x -> CorrelationMap.of(x).rho());
            case ARMA11 -> new ProfileForm(parameter.kind() == ReportedParameter.Kind.CORRELATION
                ? new ScaledStructure(new ArmaByGammaShape(n), false) : structure.over(n), scales, Math::tanh);
            case TOEPLITZ, HETEROGENEOUS_TOEPLITZ -> new ProfileForm(
                new ScaledStructure(new MappedToeplitzShape(n), !structure.homogeneous()),
                scales + parameter.column() - parameter.row() - 1, x -> CorrelationMap.of(x).rho());
            default -> new ProfileForm(structure.over(n), scales, x -> CorrelationMap.of(x).rho());
        };
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
