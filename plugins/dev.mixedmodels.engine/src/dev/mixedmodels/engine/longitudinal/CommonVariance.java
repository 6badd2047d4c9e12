package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.numeric.Matrices;
import java.util.Arrays;

/**
 * A compound-symmetric block with its variance held at v: D_b = v (I + rho (J - I)) is linear in rho, the first
 * coordinate, up to both ends of its range, where D_b is singular. The other coordinates are affine.
 */
final class CommonVariance implements FreeCoordinates {
    private final RandomBlock block;
    private final double variance;
    private final AffineCoordinates others;
    private final double[] slope;

    /**
     * @param block the block
     * @param variance its variance in the units of the likelihood
     * @param others the coordinates of everything else, the block's own effects being 0 in them
     */
    CommonVariance(final RandomBlock block, final double variance, final AffineCoordinates others) {
        this.block = block;
        this.variance = variance;
        this.others = others;
        final int q = others.q();
        final double[][] derivative =
            Matrices.sandwich(block.toCommon(), Matrices.square(block.structure().basis()[1], block.size()));
        slope = new double[q * (q + 1) / 2];
        int element = 0;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b <= a; b++) {
                slope[element++] = variance * derivative[a][b];
            }
        }
    }

    /** The smallest rho. */
    double least() {
        return -1.0 / (block.size() - 1);
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
        final double[] u = {Math.sqrt(variance * Math.max(0, 1 - x[0])),
            Math.sqrt(variance * Math.max(0, 1 + (block.size() - 1) * x[0]))};
        final double[] own = new double[block.size() * block.size()];
        block.structure().factorAt(u, own);
        block.place(own, q(), z);
        return z;
    }

    @Override
    public double[][] first(final double[] z) {
        final double[][] rest = others.first(z);
        final double[][] first = new double[rest.length][size()];
        for (int a = 0; a < rest.length; a++) {
            first[a][0] = a < slope.length ? slope[a] : 0;
            System.arraycopy(rest[a], 0, first[a], 1, rest[a].length);
        }
        return first;
    }

    @Override
    public double[][][] second() {
        final double[][][] rest = others.second();
        final double[][][] second = new double[rest.length][][];
        for (int a = 0; a < rest.length; a++) {
            if (rest[a] != null) {
                second[a] = new double[size()][size()];
                for (int k = 1; k < size(); k++) {
                    System.arraycopy(rest[a][k - 1], 0, second[a][k], 1, size() - 1);
                }
            }
        }
        return second;
    }
}
