package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.ArraySize;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Sufficient statistics of a model with one grouping factor, y = X beta + Z b + e. The rows of unit j are rotated so
 * that Z_j becomes upper triangular: Q_j'[Z_j X_j y_j] = [R_j T_j; 0 E_j]. The likelihood depends on the rows only
 * through R_j (q x q), T_j (q x (p + 1)) and sum_j E_j'E_j, the cross-products within units. As nothing is ever
 * subtracted, variation between units may exceed that within them by any factor without loss of digits.
 * <p>
 * Source: Golub &amp; Van Loan, Matrix Computations, 4th ed., section 5.2 (Householder reduction); the use for mixed
 * models is that of Pinheiro &amp; Bates (2000), Mixed-Effects Models in S and S-PLUS, section 2.2.
 *
 * @param rows N
 * @param fixedEffects p
 * @param effects q
 * @param levels number of units
 * @param counts rows of each unit
 * @param r the R_j one after another, each q x q row-major
 * @param t the T_j one after another, each q x (p + 1) row-major, the response last
 * @param within sum_j E_j'E_j, (p + 1) x (p + 1) row-major, both triangles
 */
public record GroupReduction(int rows, int fixedEffects, int effects, int levels, int[] counts, double[] r,
    double[] t, double[] within) implements Serializable {
    /** The sums within units, both triangles. */
    static double[] mirrored(final CompensatedSums sums, final int p1) {
        final double[] within = sums.values();
        for (int a = 0; a < p1; a++) {
            for (int b = 0; b < a; b++) {
                within[b * p1 + a] = within[a * p1 + b];
            }
        }
        return within;
    }

    /**
     * Statistics that keep of each unit all of its cross-products, with [Z_j X_j y_j] in the place of Z_j and no fixed
     * effects, as those of a model.
     *
     * @param q number of random effects, the first columns
     * @return R_j, T_j and sum_j E_j'E_j
     */
    public GroupReduction split(final int q) {
        final int p1 = effects - q;
        final double[] first = new double[ArraySize.of(levels, q * q)];
        final double[] second = new double[ArraySize.of(levels, q * p1)];
        final CompensatedSums rest = new CompensatedSums(p1 * p1);
        for (int unit = 0; unit < levels; unit++) {
            for (int i = 0; i < effects; i++) {
                final int row = (unit * effects + i) * effects;
                if (i < q) {
                    System.arraycopy(r, row, first, (unit * q + i) * q, q);
                    System.arraycopy(r, row + q, second, (unit * q + i) * p1, p1);
                } else {
                    for (int a = 0; a < p1; a++) {
                        for (int b = 0; b <= a; b++) {
                            rest.add(a * p1 + b, r[row + q + a] * r[row + q + b]);
                        }
                    }
                }
            }
        }
        return new GroupReduction(rows, p1 - 1, q, levels, counts, first, second, mirrored(rest, p1));
    }

    /**
     * @param units indices of some units
     * @return what is known of each of these; {@code within} is that of all
     */
    public GroupReduction some(final int[] units) {
        final int size = effects * effects;
        final int width = effects * (fixedEffects + 1);
        final int[] count = new int[units.length];
        final double[] someR = new double[units.length * size];
        final double[] someT = new double[units.length * width];
        int n = 0;
        for (int i = 0; i < units.length; i++) {
            count[i] = counts[units[i]];
            n += count[i];
            System.arraycopy(r, units[i] * size, someR, i * size, size);
            System.arraycopy(t, units[i] * width, someT, i * width, width);
        }
        return new GroupReduction(n, fixedEffects, effects, units.length, count, someR, someT, within);
    }

    /**
     * The statistics without a unit, which stays as one without rows.
     *
     * @param unit index of the unit
     * @param cross its [X y]'[X y], (p + 1) x (p + 1) row-major
     * @return those of the other units
     */
    public GroupReduction without(final int unit, final double[] cross) {
        final int p1 = fixedEffects + 1;
        final double[] rest = within.clone();
        for (int a = 0; a < p1; a++) {
            for (int b = 0; b < p1; b++) {
                double outside = cross[a * p1 + b];
                for (int i = unit * effects; i < (unit + 1) * effects; i++) {
                    outside -= t[i * p1 + a] * t[i * p1 + b];
                }
                rest[a * p1 + b] -= outside;
            }
        }
        final double[] otherR = r.clone();
        final double[] otherT = t.clone();
        Arrays.fill(otherR, unit * effects * effects, (unit + 1) * effects * effects, 0);
        Arrays.fill(otherT, unit * effects * p1, (unit + 1) * effects * p1, 0);
        final int[] otherCounts = counts.clone();
        otherCounts[unit] = 0;
        return new GroupReduction(rows - counts[unit], fixedEffects, effects, levels, otherCounts, otherR, otherT,
            rest);
    }
}
