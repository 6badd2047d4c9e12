package dev.mixedmodels.engine.numeric;

/**
 * Points of a Korobov lattice in the unit cube, folded so that smooth functions become periodic: means over them are
 * far closer to integrals than those over random points. Of some lattices the best one is taken by the error of smooth
 * functions whose later variables matter less.
 * <p>
 * Source: Sloan &amp; Joe (1994) Lattice Methods for Multiple Integration, chapters 4 and 5; Hickernell (2002) for
 * folding.
 */
final class LatticePoints {
    private static final int CANDIDATES = 60;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double SMALLEST = 1e-16;

    private final int size;
    private final long[] generator;

    /**
     * @param dimensions number of coordinates
     * @param least number of points, which may be a little more
     */
    LatticePoints(final int dimensions, final int least) {
        size = prime(least);
        long[] best = null;
        double lowest = Double.POSITIVE_INFINITY;
        for (int c = 1; c <= CANDIDATES; c++) {
            final long[] tried = powers(1 + (long) (c * GOLDEN % 1 * (size - 1)), dimensions, size);
            final double error = error(tried, size);
            if (error < lowest) {
                lowest = error;
                best = tried;
            }
        }
        generator = best;
    }

    private static int prime(final int least) {
        for (int n = least;; n++) {
            boolean prime = true;
            for (int m = 2; m * m <= n && prime; m++) {
                prime = n % m != 0;
            }
            if (prime) {
                return n;
            }
        }
    }

    /** 1, a, a^2, ... modulo n. */
    private static long[] powers(final long a, final int count, final int n) {
        final long[] powers = new long[count];
        long power = 1;
        for (int j = 0; j < count; j++) {
            powers[j] = power;
            power = power * a % n;
        }
        return powers;
    }

    /** The squared error in the worst case, of weights 1 / j^2. */
    private static double error(final long[] generator, final int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double product = 1;
            for (int j = 0; j < generator.length; j++) {
                final double x = (double) (i * generator[j] % n) / n;
                product *= 1 + 2 * Math.PI * Math.PI / ((j + 1) * (j + 1)) * (x * x - x + 1.0 / 6);
            }
            sum += product;
        }
        return sum / n;
    }

    int size() {
        return size;
    }

    /** A coordinate of a point, in (0, 1). */
    double value(final int point, final int coordinate) {
        final double x = ((double) (point * generator[coordinate] % size) / size + (coordinate + 1) * GOLDEN) % 1;
        return Math.min(1 - SMALLEST, Math.max(SMALLEST, Math.abs(2 * x - 1)));
    }
}
