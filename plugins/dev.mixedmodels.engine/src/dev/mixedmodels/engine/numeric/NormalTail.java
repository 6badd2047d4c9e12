package dev.mixedmodels.engine.numeric;

/**
 * The upper tail of the standard normal distribution to the last digits, however small it is. The trapezoidal rule for
 * an integral of erfc, with its poles taken into account, is exact to double precision with a step of 1/2:
 * <pre>
 * erfc(x) = exp(-x^2) (2 x h / pi) sum exp(-t_n^2) / (x^2 + t_n^2)  [ + 2 / (1 + exp(2 pi x / h)) for x &lt; pi / h ],
 * t_n = (n + 1/2) h
 * </pre>
 * Source: Hunter &amp; Regan (1972) Mathematics of Computation 26:539-541.
 */
final class NormalTail {
    private static final double STEP = 0.5;
    private static final int NODES = 13;
    private static final double[] SQUARE = new double[NODES];
    private static final double[] WEIGHT = new double[NODES];
    private static final double ROOT_TWO = Math.sqrt(2);

    static {
        for (int n = 0; n < NODES; n++) {
            SQUARE[n] = (n + 0.5) * STEP * ((n + 0.5) * STEP);
            WEIGHT[n] = Math.exp(-SQUARE[n]);
        }
    }

    private NormalTail() {
    }

    /**
     * @param z any number
     * @return P(Z &gt; z), Z standard normal
     */
    static double upper(final double z) {
        if (!(z >= 0)) {
            return z < 0 ? 1 - upper(-z) : Double.NaN;
        }
        final double square = z * z / 2;
        double sum = 0;
        for (int n = 0; n < NODES; n++) {
            sum += WEIGHT[n] / (square + SQUARE[n]);
        }
        final double x = z / ROOT_TWO;
        final double rounding = Math.fma(z, z, -z * z) / 2; // of the square, which the exponential magnifies
        final double tail = square < 1000 ? Math.exp(-square) * (1 - rounding) * (x * STEP / Math.PI * sum) : 0;
        return x < Math.PI / STEP ? tail + 1 / (1 + Math.exp(2 * Math.PI / STEP * x)) : tail;
    }
}
