package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.result.FittedRow;
import java.util.BitSet;

/** Fitted values and residuals of the rows of the table. */
final class FittedValues {
    private final FittedModel fitted;
    private final BitSet used = new BitSet();
    private final BitSet predicted = new BitSet();
    private final double[] gamma;
    private final double sigma;
    private final WhitenedResiduals whitened;

    FittedValues(final FittedModel fitted, final Progress progress) {
        this.fitted = fitted;
        gamma = fitted.fit().beta();
        sigma = Math.sqrt(fitted.fit().sigma2());
        mark(fitted.mixed().design().rows().fitted(), used);
        mark(fitted.mixed().design().rows().predicted(), predicted);
        whitened = WhitenedResiduals.of(fitted, row -> fitted.mixed().design().response(row) - marginal(row), progress);
    }

    /** Whether there are normalized residuals. */
    boolean normalized() {
        return whitened.complete();
    }

    private static void mark(final Rows rows, final BitSet bits) {
        for (int i = 0; i < rows.size(); i++) {
            bits.set(rows.row(i));
        }
    }

    private double marginal(final int row) {
        final FixedDesign design = fitted.mixed().design().fixed();
        final double[] w = new double[gamma.length];
        design.basisRow(row, w);
        double mean = 0;
        for (int c = 0; c < w.length; c++) {
            mean += w[c] * gamma[c];
        }
        return mean;
    }

    /** A row of the frame: all figures if it was fitted, predictions if it only lacks the response. */
    FittedRow row(final int row) {
        if (!used.get(row) && !predicted.get(row)) {
            return FittedRow.MISSING;
        }
        final double mean = marginal(row);
        double conditional = mean;
        for (int k = 0; k < fitted.predictions().length; k++) {
            final RandomGroup group = fitted.mixed().groups().get(k);
            final int unit = group.factor().code(row);
            if (unit >= 0) {
                final double[] z = new double[group.effects()];
                group.row(row, z, 0);
                for (int c = 0; c < z.length; c++) {
                    conditional += z[c] * fitted.predictions()[k].blup()[unit * z.length + c];
                }
            }
        }
        if (!used.get(row)) {
            return new FittedRow(mean, conditional, Double.NaN, Double.NaN, Double.NaN);
        }
        final double residual = fitted.mixed().design().response(row) - conditional;
        return new FittedRow(mean, conditional, residual, residual / sigma, whitened.value(row));
    }
}
