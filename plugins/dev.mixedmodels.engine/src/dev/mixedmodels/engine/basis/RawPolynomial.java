package dev.mixedmodels.engine.basis;

/** Powers: {@code x, x^2, ...}. */
public final class RawPolynomial implements Basis {
    @Override
    public double value(final int column, final double x) {
        double power = x;
        for (int i = 0; i < column; i++) {
            power *= x;
        }
        return power;
    }
}
