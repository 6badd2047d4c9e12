package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.numeric.Cholesky;

/**
 * Where the search begins when the variance of one random effect is held at a value: at the estimates with that effect
 * scaled, D_ij scaled in row and column i, and the other parameters as they were. Columns of Lambda that vanished at the
 * estimates get a small value, for a column that is 0 would stay so.
 */
final class ProfileStart {
    /** Least size of a column of Lambda, relative to the residual standard deviation. */
    private static final double AWAY = 0.1;

    private final MixedFit fit;
    private final RelativeFactors factors;
    private final double[] theta;

    ProfileStart(final MixedFit fit) {
        this.fit = fit;
        factors = fit.model().pls().factors();
        theta = awayFromZero(fit.result().theta());
    }

    /** The estimates with vanished columns made small. */
    double[] estimates() {
        return theta.clone();
    }

    /** Makes parameters small that are nearly 0 and whose matrix has a diagonal. */
    double[] awayFromZero(final double[] point) {
        final double[] moved = point.clone();
        final double[] spherical = StartValues.spherical(factors, AWAY);
        for (int a = 0; a < moved.length; a++) {
            if (spherical[a] != 0 && Math.abs(moved[a]) < AWAY / 10) {
                moved[a] = spherical[a];
            }
        }
        return moved;
    }

    /** The start for factor k with an effect's standard deviation multiplied, from a point. */
    double[] scaled(final double[] from, final int k, final int effect, final double factor) {
        final double[] start = from.clone();
        final boolean triangular = BoundaryFactors.isTriangular(factors, k);
        if (!triangular) {
            for (int a = 0; a < start.length; a++) {
                start[a] *= factors.factor()[a] == k ? factor : 1;
            }
            return start;
        }
        final int q = factors.effects()[k];
        final double[] back = fit.model().coordinates().effectsBack(k);
        final double[] rows = SmallMatrix.multiply(back, factors.lambda(from)[k], q);
        for (int c = 0; c < q; c++) {
            rows[effect * q + c] *= factor;
        }
        final double[] lambda = SmallMatrix.multiply(fit.model().coordinates().effectsForward(k), rows, q);
        final double[] g = SmallMatrix.multiplyTransposed(lambda, lambda, q);
        for (int i = 0; i < q; i++) {
            g[i * q + i] *= 1 + 1e-10;
        }
        if (Cholesky.factor(g, q)) {
            for (int a = 0; a < start.length; a++) {
                if (factors.factor()[a] == k) {
                    start[a] = g[BoundaryFactors.entry(factors, a)];
                }
            }
        }
        return start;
    }
}
