package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.List;

/** The cross-products of the same rows with other responses: only those with the response are computed anew. */
final class OtherCrossProducts {
    private final BlockedCrossProducts data;
    private final int[][] codes;
    private final int width;
    /** Rows of [x z]. */
    private final double[] rows;

    OtherCrossProducts(final BlockedCrossProducts data, final ModelRows given, final List<Grouping> groupings) {
        this.data = data;
        codes = groupings.stream().map(Grouping::codes).toArray(int[][]::new);
        final int p = data.fixedEffects();
        width = given.width() - 1;
        rows = new double[ArraySize.of(given.size(), width)];
        final double[] row = new double[width + 1];
        for (int i = 0; i < given.size(); i++) {
            given.row(i, row);
            System.arraycopy(row, 0, rows, i * width, p);
            System.arraycopy(row, p + 1, rows, i * width + p, width - p);
        }
    }

    BlockedCrossProducts with(final double[] y) {
        final int p = data.fixedEffects();
        final int p1 = p + 1;
        final double[] cross = data.cross().clone();
        final double[][] fixed = new double[codes.length][];
        for (int a = 0; a < p1; a++) {
            cross[a * p1 + p] = 0;
        }
        for (int k = 0; k < codes.length; k++) {
            fixed[k] = data.fixed()[k].clone();
            for (int i = p; i < fixed[k].length; i += p1) {
                fixed[k][i] = 0;
            }
        }
        for (int i = 0; i < y.length; i++) {
            for (int a = 0; a < p; a++) {
                cross[a * p1 + p] += rows[i * width + a] * y[i];
            }
            cross[p * p1 + p] += y[i] * y[i];
            int column = i * width + p;
            for (int k = 0; k < codes.length; k++) {
                final int q = data.effects()[k];
                for (int c = 0; c < q; c++) {
                    fixed[k][(codes[k][i] * q + c) * p1 + p] += rows[column++] * y[i];
                }
            }
        }
        for (int a = 0; a < p; a++) {
            cross[p * p1 + a] = cross[a * p1 + p];
        }
        return data.with(cross, fixed);
    }
}
