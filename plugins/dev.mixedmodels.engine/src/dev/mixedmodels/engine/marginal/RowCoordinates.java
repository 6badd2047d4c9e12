package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.WorkingBasis;
import java.io.Serializable;
import java.util.Arrays;

/**
 * In what rows are computed with: X in its working basis, the response as its residual from ordinary least squares, so
 * that no digits are lost to the mean.
 *
 * @param basis of X
 * @param centre what is taken off the response first, a number near its values
 * @param gamma ordinary least squares of the centred response, coefficients of the basis
 */
record RowCoordinates(WorkingBasis basis, double centre, double[] gamma) implements Serializable {
    static RowCoordinates of(final FixedDesign fixed) {
        final int response = fixed.products().columns() - 1;
        final double scale = Math.sqrt(fixed.products().count()); // W'W = N I
        return new RowCoordinates(fixed.basis(), fixed.products().shift(response),
            Arrays.stream(fixed.cholesky().orthonormal(response)).map(c -> c / scale).toArray());
    }

    /** [w, residual] of a row, weighted; a missing response stays NaN. */
    void fill(final RepeatedRow row, final double[] values) {
        System.arraycopy(row.x(), 0, values, 0, row.x().length);
        fill(row.root(), row.response(), values);
    }

    /**
     * The same of a row of X.
     *
     * @param root of the weight
     * @param response less the centre
     * @param values the row of X, and room for one more value
     */
    void fill(final double root, final double response, final double[] values) {
        basis.transform(values);
        weighted(root, response, values);
    }

    /** Of a row of W, whose residual is put behind it, without digits lost to the mean. */
    void weighted(final double root, final double response, final double[] values) {
        double residual = response;
        for (int j = 0; j < gamma.length; j++) {
            residual -= values[j] * gamma[j];
        }
        values[gamma.length] = residual;
        for (int j = 0; root != 1 && j <= gamma.length; j++) {
            values[j] *= root;
        }
    }

    /** The row of W, without its weight. */
    double[] working(final RepeatedRow row) {
        final double[] w = row.x().clone();
        basis.transform(w);
        return w;
    }

    /** The coefficients of the response in the working basis, given those of its residual. */
    double[] coefficients(final double[] ofResidual) {
        final double[] all = basis.coordinates(new double[0], centre);
        for (int j = 0; j < all.length; j++) {
            all[j] += gamma[j] + ofResidual[j];
        }
        return all;
    }
}
