package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.TimeDecay;

/**
 * Sums over the subjects of one group under correlation r^(d / unit), with their derivatives by x = logit r:
 * [X y]'C^-1[X y] and log|C|.
 */
final class TimeSums {
    /** Logarithms are taken of products, for they cost much; a product beyond this is logged before it can overflow. */
    private static final double LARGE = 1e150;

    final double[][] products;
    final double[] logDeterminant;
    long rows;
    private final int width;
    /** A factor of 1 / |C| that is not yet in its logarithm. */
    private double precision = 1;
    private final TimeDecay decay;
    private final double unit;
    private final double[] u;

    /**
     * @param width p + 1
     * @param x logit of r
     * @param unit distance at which the correlation is r
     * @param order highest derivative that is wanted, 0 to 2
     */
    TimeSums(final int width, final double x, final double unit, final int order) {
        this.width = width;
        this.unit = unit;
        products = new double[order + 1][width * width];
        logDeterminant = new double[order + 1];
        decay = TimeDecay.of(x);
        u = new double[width];
    }

    /** The first row of a subject. */
    void addFirst(final double[] a, final int offset) {
        for (int i = 0; i < width; i++) {
            for (int j = 0; j <= i; j++) {
                products[0][i * width + j] += a[offset + i] * a[offset + j];
            }
        }
        rows++;
    }

    /** A row at b that is a distance d after the row at a. */
    void addNext(final double[] values, final int a, final int b, final double d) {
        rows++;
        final double power = d / unit;
        final double f = decay.value(power);
        final double h = decay.precision(power, f);
        for (int i = 0; i < width; i++) {
            u[i] = values[b + i] - f * values[a + i];
        }
        precision *= h;
        if (!(precision < LARGE)) {
            logOfPrecision();
        }
        addSquare(products[0], h);
        if (products.length == 1) {
            return;
        }
        // by f: h' = 2 f h^2, h'' = 2 h^2 + 8 f^2 h^3, (log(1 - f^2))' = -2 f h; u' = -a
        final double f1 = f * power * decay.rest();
        final double h1 = 2 * f * h * h;
        logDeterminant[1] -= 2 * f * h * f1;
        addSquares(products[1], values, a, h1 * f1, -h * f1, 0);
        if (products.length == 2) {
            return;
        }
        final double f2 = f1 * (power * decay.rest() - decay.r());
        final double h2 = 2 * h * h + 8 * f * f * h * h * h;
        logDeterminant[2] -= 2 * ((h + f * h1) * f1 * f1 + f * h * f2);
        addSquares(products[2], values, a, h2 * f1 * f1 + h1 * f2, -(2 * h1 * f1 * f1 + h * f2), 2 * h * f1 * f1);
    }

    private void addSquare(final double[] out, final double weight) {
        for (int i = 0; i < width; i++) {
            final double value = weight * u[i];
            for (int j = 0; j <= i; j++) {
                out[i * width + j] += value * u[j];
            }
        }
    }

    /** out += uu * u u' + au (a u' + u a') + aa * a a', lower triangle. */
    private void addSquares(final double[] out, final double[] values, final int a, final double uu,
        final double au, final double aa) {
        for (int i = 0; i < width; i++) {
            final double ofU = uu * u[i] + au * values[a + i];
            final double ofA = au * u[i] + aa * values[a + i];
            for (int j = 0; j <= i; j++) {
                out[i * width + j] += ofU * u[j] + ofA * values[a + j];
            }
        }
    }

    private void logOfPrecision() {
        logDeterminant[0] -= Math.log(precision);
        precision = 1;
    }

    /** Adds the sums over other subjects. */
    void add(final TimeSums other) {
        other.logOfPrecision();
        rows += other.rows;
        Packed.add(1, other.logDeterminant, 0, logDeterminant, 0, logDeterminant.length);
        for (int k = 0; k < products.length; k++) {
            Packed.add(1, other.products[k], 0, products[k], 0, products[k].length);
        }
    }

    /** Fills in the upper triangles. */
    TimeSums finish() {
        logOfPrecision();
        for (final double[] product : products) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < i; j++) {
                    product[j * width + i] = product[i * width + j];
                }
            }
        }
        return this;
    }
}
