package dev.mixedmodels.engine.covariance;

/**
 * One correlation rho between any two rows of a subject, R = (1 - rho) I + rho J. Its inverse is alpha I + beta J with
 * alpha = 1/(1 - rho), beta = (1/(1 + (n-1) rho) - 1/(1 - rho)) / n; the conditional mean of row j given those before
 * is rho / (1 + (j-1) rho) times their sum (j counted from 0).
 */
final class ExchangeableCorrelation implements SubjectCorrelation {
    private final double rho;
    private final double first;
    private final double second;
    private int n;

    /**
     * @param rho the correlation
     * @param first drho / dpsi
     * @param second d2rho / dpsi2
     */
    ExchangeableCorrelation(final double rho, final double first, final double second) {
        this.rho = rho;
        this.first = first;
        this.second = second;
    }

    @Override
    public void prepare(final double[][] positions, final int start, final int rows) {
        n = rows;
    }

    private double within() {
        return 1 - rho;
    }

    private double between() {
        return 1 + (n - 1) * rho;
    }

    @Override
    public double logDeterminant() {
        return (n - 1) * Math.log(within()) + Math.log(between());
    }

    @Override
    public double slopeTrace(final int k) {
        return first * (n - 1) * (1 / between() - 1 / within());
    }

    @Override
    public double squaredSlopeTrace(final int k, final int m) {
        final double b = (n - 1) / between();
        return first * first * ((n - 1) / (within() * within()) + b * b);
    }

    @Override
    public double curvatureTrace(final int k, final int m) {
        return second * (n - 1) * (1 / between() - 1 / within());
    }

    @Override
    public double slopeTrace(final int k, final double[] d) {
        return offDiagonal() * first * (n - 1) * sum(d);
    }

    @Override
    public double hadamardTrace(final double[] d, final double[] e) {
        double products = 0;
        for (int j = 0; j < n; j++) {
            products += d[j] * e[j];
        }
        final double beta = offDiagonal();
        return (1 / within() + beta) * products + beta * rho * (sum(d) * sum(e) - products);
    }

    private double offDiagonal() {
        return -rho / (within() * between());
    }

    private double sum(final double[] d) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += d[j];
        }
        return sum;
    }

    /** The factor of the sum of the rows before in the conditional mean of row j. */
    private double regression(final int j) {
        return rho / (1 + (j - 1) * rho);
    }

    /** The standard deviation of row j given those before. */
    private double innovation(final int j) {
        return j == 0 ? 1 : Math.sqrt(within() * (1 + j * rho) / (1 + (j - 1) * rho));
    }

    @Override
    public void whiten(final double[] x, final int c) {
        for (int column = 0; column < c; column++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                final int i = j * c + column;
                final double value = x[i];
                x[i] = (value - (j == 0 ? 0 : regression(j) * sum)) / innovation(j);
                sum += value;
            }
        }
    }

    @Override
    public void unwhiten(final double[] x, final int c) {
        for (int column = 0; column < c; column++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                final int i = j * c + column;
                x[i] = innovation(j) * x[i] + (j == 0 ? 0 : regression(j) * sum);
                sum += x[i];
            }
        }
    }

    @Override
    public void transposedWhiten(final double[] x, final int c) {
        for (int column = 0; column < c; column++) {
            double sum = 0;
            for (int j = n - 1; j >= 0; j--) {
                final int i = j * c + column;
                final double scaled = x[i] / innovation(j);
                x[i] = scaled - sum;
                sum += j == 0 ? 0 : regression(j) * scaled;
            }
        }
    }

    @Override
    public void transposedUnwhiten(final double[] x, final int c) {
        for (int column = 0; column < c; column++) {
            double sum = 0;
            for (int j = n - 1; j >= 0; j--) {
                final int i = j * c + column;
                x[i] = innovation(j) * (x[i] + sum);
                sum += j == 0 ? 0 : regression(j) * x[i] / innovation(j);
            }
        }
    }

    @Override
    public void precisionSlope(final int k, final double[] x, final int c, final double[] out) {
        final double[] slope = slopes();
        combine(x, c, out, -slope[0] * first, -slope[1] * first);
    }

    @Override
    public void precisionCurvature(final int k, final int m, final double[] x, final int c,
        final double[] out) {
        final double[] slope = slopes();
        final double w3 = within() * within() * within();
        final double b3 = between() * between() * between();
        final double alpha = 2 / w3;
        final double beta = (2.0 * (n - 1) * (n - 1) / b3 - 2 / w3) / n;
        combine(x, c, out, alpha * first * first + slope[0] * second, beta * first * first + slope[1] * second);
    }

    /** The derivatives of alpha and beta by rho. */
    private double[] slopes() {
        final double w2 = within() * within();
        final double b2 = between() * between();
        return new double[] {1 / w2, (-(n - 1) / b2 - 1 / w2) / n};
    }

    /** out = alpha x + beta J x. */
    private void combine(final double[] x, final int c, final double[] out, final double alpha, final double beta) {
        for (int column = 0; column < c; column++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += x[j * c + column];
            }
            for (int j = 0; j < n; j++) {
                out[j * c + column] = alpha * x[j * c + column] + beta * sum;
            }
        }
    }
}
