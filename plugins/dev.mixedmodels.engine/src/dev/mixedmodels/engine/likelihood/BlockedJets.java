package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;

/**
 * Shares of the units of an outermost level in the blocked likelihood: what is taken off their cross-products, and
 * their log determinants, at the estimates and by central differences about them, each of which is one factorisation of
 * all.
 */
record BlockedJets(BlockedProducts products, double[][][] taken, double[][] logs, double scale, int p1) implements UnitJets {
    /** Relative step of the differences: they are right to its square and lose as many digits. */
    private static final double STEP = 1e-5;

    /**
     * taken[a][unit] is the difference by parameter a of what is taken off, packed; logs[a][unit] that of log |V_i|.
     */

    static BlockedJets of(final BlockedPls pls, final double[] theta, final double scale, final Progress progress) {
        final BlockedCrossProducts data = pls.statistics().data;
        final int units = data.levels()[data.clusters()];
        final int p1 = data.fixedEffects() + 1;
        final double[][][] taken = new double[theta.length][units][p1 * (p1 + 1) / 2];
        final double[][] logs = new double[theta.length][units];
        for (int a = 0; a < theta.length; a++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                progress.check();
                final double step = STEP * (1 + Math.abs(theta[a]));
                final double[] moved = theta.clone();
                moved[a] += sign * step;
                final BlockedProducts there = BlockedProducts.of(pls.statistics(), pls.at(moved));
                final double[] logDiagonal = pls.statistics().factor.logDiagonal();
                for (int unit = 0; unit < units; unit++) {
                    there.addTaken(unit, sign / (2 * step), taken[a][unit]);
                    logs[a][unit] += sign / (2 * step) * there.sum(unit, logDiagonal);
                }
            }
        }
        return new BlockedJets(BlockedProducts.of(pls.statistics(), pls.at(theta)), taken, logs, scale, p1);
    }

    @Override
    public CovarianceJet read(final int unit) {
        final double[] square = new double[p1 * p1];
        products.read(unit, square);
        final int m = taken.length;
        final double[] k0 = new double[p1 * (p1 + 1) / 2];
        for (int i = 0; i < p1; i++) {
            for (int j = 0; j <= i; j++) {
                k0[Packed.at(i, j)] = square[i * p1 + j] / scale;
            }
        }
        final int rows = products.rows(unit);
        final double[] trace = new double[m + 1];
        final double[][] k1 = new double[m + 1][k0.length];
        for (int a = 0; a < m; a++) {
            trace[a] = 2 * logs[a][unit];
            Packed.add(1 / scale, taken[a][unit], 0, k1[a], 0, k0.length); // -dK = what is taken off grows
        }
        trace[m] = rows;
        Packed.add(1, k0, 0, k1[m], 0, k0.length);
        return CovarianceJet.of(p1, rows, 0, k0, trace, k1);
    }
}
