package dev.mixedmodels.engine.numeric;

import java.util.List;

/** Orthogonalisation against vectors of length 1 that are orthogonal to one another. */
public final class GramSchmidt {
    private GramSchmidt() {
    }

    /**
     * Takes what the basis spans off a vector, twice, so that what is left is orthogonal to it to rounding.
     *
     * <p>
     * Source: Giraud, Langou &amp; Rozloznik (2005) Computers and Mathematics with Applications 50:1069-1075.
     *
     * @param x the vector, replaced by what is left of it
     * @param basis orthonormal vectors
     * @return coordinates of what was taken off, one per vector of the basis
     */
    public static double[] takeOff(final double[] x, final List<double[]> basis) {
        final double[] coordinates = new double[basis.size()];
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < coordinates.length; k++) {
                final double[] b = basis.get(k);
                final double share = Matrices.dot(b, x);
                coordinates[k] += share;
                for (int i = 0; i < x.length; i++) {
                    x[i] -= share * b[i];
                }
            }
        }
        return coordinates;
    }
}
