package dev.mixedmodels.engine.report;

import java.util.Arrays;

/**
 * The elements of L^-1 r, V = L L', one after the other and without V. For r = Z b + e with independent e ~ N(0,
 * noise^2) and b ~ N(0, F F') they are the standardised errors of predicting each residual from those before it, for
 * which mean and covariance of b given these are kept. The covariance is kept as F F', so that no precise observation
 * makes it lose its digits. A row costs size^2 operations.
 * <p>
 * Source: the square root filter of Potter, in Kaminski, Bryson &amp; Schmidt (1971) IEEE Trans. Autom. Control
 * 16:727-736.
 */
public final class Whitening {
    private final int size;
    private final double noise;
    private final double[] mean;
    private final double[] f;
    private final double[] g;
    private double error;

    /**
     * @param factor F before any row, size x size; changed in the course of the rows
     * @param size number of effects b
     * @param noise standard deviation of e
     */
    public Whitening(final double[] factor, final int size, final double noise) {
        this.size = size;
        this.noise = noise;
        f = factor;
        mean = new double[size];
        g = new double[size];
    }

    /**
     * @return how many numbers tell what is known of b
     */
    public int stateSize() {
        return size + size * size;
    }

    /**
     * Keeps what is known of b, so that the rows of several units may come in turn.
     *
     * @param states receives it
     * @param at where
     */
    public void save(final double[] states, final int at) {
        System.arraycopy(mean, 0, states, at, size);
        System.arraycopy(f, 0, states, at + size, size * size);
    }

    /**
     * Goes on with what was kept.
     *
     * @param states holds it
     * @param at where
     */
    public void load(final double[] states, final int at) {
        System.arraycopy(states, at, mean, 0, size);
        System.arraycopy(states, at + size, f, 0, size * size);
    }

    /**
     * Begins a row.
     *
     * @param residual its residual
     */
    public void row(final double residual) {
        error = residual;
        Arrays.fill(g, 0);
    }

    /**
     * An entry of the row of Z that need not be 0.
     *
     * @param effect place of the effect
     * @param z the entry
     */
    public void effect(final int effect, final double z) {
        error -= z * mean[effect];
        for (int i = 0; z != 0 && i < size; i++) {
            g[i] += z * f[effect * size + i]; // g = F'z
        }
    }

    /**
     * Ends a row.
     *
     * @return its element of L^-1 r
     */
    public double standardised() {
        double variance = noise * noise;
        for (final double x : g) {
            variance += x * x;
        }
        final double shrink = 1 / (variance + noise * Math.sqrt(variance));
        for (int i = 0; i < size; i++) {
            double gain = 0;
            for (int j = 0; j < size; j++) {
                gain += f[i * size + j] * g[j];
            }
            mean[i] += gain * error / variance;
            final double factor = shrink * gain;
            for (int j = 0; factor != 0 && j < size; j++) {
                f[i * size + j] -= factor * g[j];
            }
        }
        return error / Math.sqrt(variance);
    }
}
