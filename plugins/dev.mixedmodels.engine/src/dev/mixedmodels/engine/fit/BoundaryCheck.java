package dev.mixedmodels.engine.fit;

import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.optimise.Objective;

/**
 * Whether a minimum among singular D is a minimum among all D: the criterion must not fall into any direction that
 * vanished. With f' = tr(G dD) that is N'GN positive semidefinite for N spanning the null vectors (Karush, Kuhn,
 * Tucker). Where the columns of F that vanished are t N, the derivative by them is 2 t G N, so that one gradient at a
 * small t gives N'GN but for t^2 times second derivatives by D, which are positive where it matters.
 */
final class BoundaryCheck {
    /** Standard deviations relative to the residual's, for columns of unit mean square, at which N'GN is read. */
    private static final double SMALL = 1e-4;
    /** A decrease of the criterion that is worth a further search. */
    private static final double WORTHWHILE = 1e-9;
    private static final double LARGEST = 1e8;

    private BoundaryCheck() {
    }

    /**
     * @param likelihood the criterion
     * @param at the minimum among the D without what vanished
     * @return a factor of a D with a smaller criterion, or null if there is none nearby
     */
    static double[] improvement(final Likelihood likelihood, final Minimum at) {
        double best = at.value() - WORTHWHILE;
        double[] improved = null;
        for (final Vanished vanished : at.vanished()) {
            final double[][] basis = vanished.basis();
            final Matrices.Eigen eigen = Matrices.eigen(slopes(likelihood, at, basis));
            final double[] direction = combination(basis, eigen.vectors()[basis.length - 1], at.z().length);
            if (eigen.values()[basis.length - 1] < 0) {
                final AffineCoordinates along = new AffineCoordinates(at.coordinates().q(), at.z(),
                    new double[][] {direction});
                final double[] step = best(likelihood.profiled(along));
                if (step[1] < best) {
                    best = step[1];
                    improved = along.factor(along.at(new double[] {step[0]}));
                }
            }
        }
        return improved;
    }

    /** N'GN. */
    private static double[][] slopes(final Likelihood likelihood, final Minimum at, final double[][] basis) {
        final int n = basis.length;
        final double[][] columns = new double[n * n][];
        final double[] x = new double[n * n];
        for (int i = 0; i < n; i++) {
            x[i * n + i] = SMALL;
            for (int j = 0; j < n; j++) {
                columns[i * n + j] = new double[at.z().length]; // null vector j, i columns to the right
                System.arraycopy(basis[j], 0, columns[i * n + j], i, basis[j].length - i);
            }
        }
        final double[] gradient = new double[n * n];
        likelihood.profiled(new AffineCoordinates(at.coordinates().q(), at.z(), columns)).value(x, gradient, null);
        final double[][] slopes = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                slopes[i][j] = (gradient[i * n + j] + gradient[j * n + i]) / (4 * SMALL);
            }
        }
        return slopes;
    }

    private static double[] combination(final double[][] basis, final double[] weights, final int length) {
        final double[] sum = new double[length];
        for (int k = 0; k < basis.length; k++) {
            for (int i = 0; i < basis[k].length; i++) {
                sum[i] += weights[k] * basis[k][i];
            }
        }
        return sum;
    }

    /** The first step by doubling at which the criterion is less than at the next, and its value. */
    private static double[] best(final Objective along) {
        double step = SMALL;
        double value = along.value(new double[] {step}, null, null);
        double next = along.value(new double[] {2 * step}, null, null);
        while (next < value && step < LARGEST) {
            step *= 2;
            value = next;
            next = along.value(new double[] {2 * step}, null, null);
        }
        return new double[] {step, value};
    }
}
