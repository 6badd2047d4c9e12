package dev.mixedmodels.engine.covariance;

/**
 * A number with its first and second derivatives by P parameters, for recursions whose derivatives are clumsy to write
 * out (forward differentiation).
 *
 * @param value the number
 * @param gradient P first derivatives
 * @param hessian P x P second derivatives, row-major
 */
public record Jet(double value, double[] gradient, double[] hessian) {

    /**
     * @param value the number
     * @param parameters P
     * @return the same whatever the parameters
     */
    public static Jet constant(final double value, final int parameters) {
        return new Jet(value, new double[parameters], new double[parameters * parameters]);
    }

    /**
     * @param k index of a parameter
     * @param value the number
     * @param first its derivative
     * @param second its second derivative
     * @param parameters P
     * @return a function of this parameter alone
     */
    public static Jet variable(final int k, final double value, final double first, final double second,
        final int parameters) {
        final Jet jet = constant(value, parameters);
        jet.gradient[k] = first;
        jet.hessian[k * parameters + k] = second;
        return jet;
    }

    /**
     * @param k index of a parameter
     * @return the derivative by it
     */
    public double first(final int k) {
        return gradient[k];
    }

    /**
     * @param k index of a parameter
     * @param l index of a parameter
     * @return the derivative by both
     */
    public double second(final int k, final int l) {
        return hessian[k * gradient.length + l];
    }

    /**
     * @param other another
     * @return the sum
     */
    public Jet plus(final Jet other) {
        return combine(1, other, 1);
    }

    /**
     * @param other another
     * @return the difference
     */
    public Jet minus(final Jet other) {
        return combine(1, other, -1);
    }

    /**
     * @param other another
     * @return the product
     */
    public Jet times(final Jet other) {
        final Jet product = other.combine(value, this, other.value).withValue(value * other.value);
        final int p = gradient.length;
        for (int k = 0; k < p; k++) {
            for (int l = 0; l < p; l++) {
                product.hessian[k * p + l] += gradient[k] * other.gradient[l] + other.gradient[k] * gradient[l];
            }
        }
        return product;
    }

    /** This to the power of a whole number from 0. */
    Jet power(final int exponent) {
        final double first = exponent == 0 ? 0 : exponent * Math.pow(value, exponent - 1.0);
        final double second = exponent < 2 ? 0 : exponent * (exponent - 1.0) * Math.pow(value, exponent - 2.0);
        final int p = gradient.length;
        final Jet power = constant(Math.pow(value, exponent), p);
        for (int k = 0; k < p; k++) {
            power.gradient[k] = first * gradient[k];
            for (int l = 0; l < p; l++) {
                power.hessian[k * p + l] = second * gradient[k] * gradient[l] + first * hessian[k * p + l];
            }
        }
        return power;
    }

    private Jet withValue(final double newValue) {
        return new Jet(newValue, gradient, hessian);
    }

    /** a * this + b * other. */
    private Jet combine(final double a, final Jet other, final double b) {
        final Jet sum = constant(a * value + b * other.value, gradient.length);
        for (int k = 0; k < gradient.length; k++) {
            sum.gradient[k] = a * gradient[k] + b * other.gradient[k];
        }
        for (int k = 0; k < hessian.length; k++) {
            sum.hessian[k] = a * hessian[k] + b * other.hessian[k];
        }
        return sum;
    }
}
