package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/** The positive semidefinite matrix nearest to a symmetric one: its eigenvalues below 0 become 0. */
final class PositivePart {
    private PositivePart() {
    }

    /** Replaces d, n x n row-major. */
    static void of(final double[] d, final int n) {
        if (n == 2) {
            two(d);
            return;
        }
        final Matrices.Eigen eigen = Matrices.eigen(Matrices.square(d, n));
        Arrays.fill(d, 0);
        for (int e = 0; e < n && eigen.values()[e] > 0; e++) {
            for (int i = 0; i < n * n; i++) {
                d[i] += eigen.values()[e] * eigen.vectors()[e][i / n] * eigen.vectors()[e][i % n];
            }
        }
    }

    /** With eigenvalues a > b: all if b >= 0, none if a <= 0, else a (D - b I) / (a - b). */
    private static void two(final double[] d) {
        final double mean = (d[0] + d[3]) / 2;
        final double radius = Math.hypot((d[0] - d[3]) / 2, d[1]);
        if (mean - radius >= 0) {
            return;
        }
        final double factor = mean + radius > 0 ? (mean + radius) / (2 * radius) : 0;
        d[0] = factor * (d[0] - mean + radius);
        d[3] = factor * (d[3] - mean + radius);
        d[1] *= factor;
        d[2] = d[1];
    }
}
