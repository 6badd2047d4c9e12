package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.numeric.Roots;
import java.util.Arrays;

/**
 * The positive eigenvalues of Z' (I - 11'/N) Z = diag(n_i) - n n' / N with their multiplicities, n_i the sizes of
 * {@link SizeClasses} and N their sum. A size that c groups
 * share is an eigenvalue c - 1 times; between any two neighbouring distinct sizes lies one root of the secular equation
 * N = sum_k c_k n_k^2 / (n_k - x) (Golub 1973, SIAM Review 15:318-334). Together they number a - 1; the last one is 0.
 *
 * @param value the distinct eigenvalues
 * @param multiplicity how often each occurs
 */
record BetweenEigenvalues(double[] value, double[] multiplicity) {

    static BetweenEigenvalues of(final SizeClasses data, final Progress progress) {
        final int classes = data.classes();
        final double[] value = new double[2 * classes - 1];
        final double[] multiplicity = new double[2 * classes - 1];
        int count = 0;
        for (int k = 0; k < classes; k++) {
            progress.check();
            if (data.count()[k] > 1) {
                value[count] = data.size()[k];
                multiplicity[count++] = data.count()[k] - 1;
            }
            if (k + 1 < classes) {
                value[count] = root(data, k);
                multiplicity[count++] = 1;
            }
        }
        return new BetweenEigenvalues(Arrays.copyOf(value, count), Arrays.copyOf(multiplicity, count));
    }

    /** The root between sizes k and k + 1; the equation is multiplied by the distances to both. */
    private static double root(final SizeClasses data, final int k) {
        final double low = data.size()[k];
        final double high = data.size()[k + 1];
        return low + Roots.find(d -> {
            final double above = high - low - d;
            double sum = data.total() * d * above
                + data.count()[k] * low * low * above - data.count()[k + 1] * high * high * d;
            for (int j = 0; j < data.classes(); j++) {
                if (j != k && j != k + 1) {
                    final double n = data.size()[j];
                    sum -= data.count()[j] * n * n * d * above / (n - low - d);
                }
            }
            return sum;
        }, 0, high - low);
    }
}
