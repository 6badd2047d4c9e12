package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.CovariancePoint;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.likelihood.CovarianceJet;
import dev.mixedmodels.engine.likelihood.Packed;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.likelihood.UnitJets;
import dev.mixedmodels.engine.numeric.Cholesky;
import java.util.Arrays;

/** Shares of subjects in the likelihood: V over their visits with first derivatives by theta. */
final class SubjectJets implements UnitJets {
    private final RepeatedRows rows;
    private final VisitCovariance model;
    private final double[] theta;
    private final SubjectBlock block;

    SubjectJets(final RepeatedRows rows, final VisitCovariance model, final double[] theta) {
        this.rows = rows;
        this.model = model;
        this.theta = theta;
        block = new SubjectBlock(rows.columns());
    }

    @Override
    public CovarianceJet read(final int unit) {
        rows.read(unit, block);
        final int k = block.rows();
        final int w = rows.columns() + 1;
        final int[] visits = visits();
        final double[] l = VisitCovariance.select(model.typical(model.part(theta, block.group())), visits);
        Cholesky.factor(l, k);
        final double[] inverse = Cholesky.inverse(l, k);
        final double[] a = new double[k * w]; // V^-1 [X y]
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                Packed.add(inverse[i * k + j], block.row(j), 0, a, i * w, w);
            }
        }
        final double[] own = new double[k * w];
        for (int i = 0; i < k; i++) {
            System.arraycopy(block.row(i), 0, own, i * w, w);
        }
        final int m = theta.length;
        final double[] trace = new double[m];
        final double[][] k1 = new double[m][w * (w + 1) / 2];
        derivatives(visits, inverse, a, trace, k1);
        return CovarianceJet.of(w, k, Cholesky.logDeterminant(l, k), products(own, a, k, w), trace, k1);
    }

    /** Visits of the rows; -1 where they do not matter. */
    private int[] visits() {
        final int[] visits = new int[block.rows()];
        Arrays.setAll(visits, i -> model.structure() == VisitStructure.INDEPENDENT ? -1 : block.visit(i));
        return visits;
    }

    private void derivatives(final int[] visits, final double[] inverse, final double[] a, final double[] trace,
        final double[][] k1) {
        final int k = block.rows();
        final int w = rows.columns() + 1;
        final double[] part = model.part(theta, block.group());
        final CovariancePoint point = model.over().at(part);
        final double[] all = new double[model.over().dimension() * model.over().dimension()];
        for (int r = 0; r < part.length; r++) {
            final int parameter = block.group() * part.length + r;
            point.first(r, all);
            final double[] d = VisitCovariance.select(all, visits);
            final double[] da = new double[k * w];
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    final double entry = d[i * k + j];
                    if (entry != 0) {
                        trace[parameter] += inverse[i * k + j] * entry;
                        Packed.add(entry, a, j * w, da, i * w, w);
                    }
                }
            }
            k1[parameter] = products(a, da, k, w);
        }
    }

    /** X'Y of k rows where it is symmetric, packed. */
    private static double[] products(final double[] x, final double[] y, final int k, final int w) {
        final double[] packed = new double[w * (w + 1) / 2];
        Packed.addProducts(1, x, y, 0, w, k, w, packed, 0);
        return packed;
    }
}
