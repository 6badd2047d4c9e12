package dev.mixedmodels.engine.fit;

import java.util.Arrays;

/**
 * A compound-symmetric block of n effects with its variance held at v: F_b = u_1 F_1 + u_2 F_2 of the structure has
 * that variance on the ellipse (n - 1) u_1^2 + u_2^2 = n v, u_1 = sqrt(v n / (n - 1)) cos phi, u_2 = sqrt(v n) sin phi,
 * whose angle phi in [0, pi / 2] is the first coordinate: at its ends D_b is singular, rho = (sin phi)^2 - (cos phi)^2
 * / (n - 1) being 1 or smallest. The other coordinates are affine.
 */
final class CommonVariance implements FreeCoordinates {
    /** The search does not start at an end, where the criterion is stationary. */
    private static final double AWAY = 0.05;

    private final RandomBlock block;
    private final AffineCoordinates others;
    private final double[] scales;

    /**
     * @param block the block
     * @param variance its variance in the units of the likelihood
     * @param others the coordinates of everything else, the block's own effects being 0 in them
     */
    CommonVariance(final RandomBlock block, final double variance, final AffineCoordinates others) {
        this.block = block;
        this.others = others;
        final double n = block.size();
        scales = new double[] {Math.sqrt(variance * n / (n - 1)), Math.sqrt(variance * n)};
    }

    /** The angle of a point z, moved away from the ends. */
    double near(final double[] z) {
        final double[] u = block.coordinates(z, q());
        final double n = block.size();
        final double phi = Math.atan2(Math.abs(u[1]), Math.abs(u[0]) * Math.sqrt(n - 1));
        return Math.max(AWAY, Math.min(Math.PI / 2 - AWAY, phi));
    }

    @Override
    public int q() {
        return others.q();
    }

    @Override
    public int size() {
        return 1 + others.size();
    }

    @Override
    public double[] at(final double[] x) {
        final double[] z = others.at(Arrays.copyOfRange(x, 1, x.length));
        place(Math.cos(x[0]), Math.sin(x[0]), z);
        return z;
    }

    /** The block's columns of F for u = (first, second) times the scales. */
    private double[] place(final double first, final double second, final double[] z) {
        final double[] own = new double[block.size() * block.size()];
        block.structure().factorAt(new double[] {first * scales[0], second * scales[1]}, own);
        block.place(own, q(), z);
        return z;
    }

    @Override
    public double[][] tangents(final double[] x) {
        final double[][] tangents = new double[size()][];
        tangents[0] = place(-Math.sin(x[0]), Math.cos(x[0]), new double[others.origin().length]);
        System.arraycopy(others.directions(), 0, tangents, 1, others.size());
        return tangents;
    }

    @Override
    public double[] curvature(final double[] x, final int k, final int l) {
        return k > 0 || l > 0 ? null
            : place(-Math.cos(x[0]), -Math.sin(x[0]), new double[others.origin().length]);
    }
}
