package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.numeric.Matrices;
import java.io.Serializable;

/**
 * The factor R of the precision R'R = X'WX = C^-1 of the coefficients of a mean.
 *
 * @param r p rows, of which entries from the diagonal up to column p - 1 count
 */
record PrecisionFactor(double[][] r) implements Serializable {
    /**
     * @param row x, p values
     * @return R^-T x, whose square is x'Cx
     */
    double[] whiten(final double[] row) {
        final double[] q = row.clone();
        for (int j = 0; j < r.length; j++) {
            for (int l = 0; l < j; l++) {
                q[j] -= r[l][j] * q[l];
            }
            q[j] /= r[j][j];
        }
        return q;
    }

    /**
     * @param one x, p values
     * @param other z, p values
     * @return x'Cz
     */
    double covariance(final double[] one, final double[] other) {
        return Matrices.dot(whiten(one), whiten(other));
    }
}
