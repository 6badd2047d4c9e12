package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.inference.Clusters;
import dev.mixedmodels.engine.likelihood.SubjectBlock;
import dev.mixedmodels.engine.numeric.Cholesky;

/** The subjects as clusters: their rows whitened by the factor of V_i at the estimates. */
record SubjectClusters(RepeatedRows rows, StructureFit fitted) implements Clusters {
    @Override
    public int size() {
        return rows.subjects();
    }

    @Override
    public String name(final int cluster) {
        return rows.subject().level(cluster);
    }

    @Override
    public String grouping() {
        return rows.subject().name();
    }

    @Override
    public Reader reader() {
        final SubjectBlock block = new SubjectBlock(rows.columns());
        return (subject, products) -> {
            rows.read(subject, block);
            add(subject, block, products);
        };
    }

    private void add(final int subject, final SubjectBlock block, final double[] products) {
        final int k = block.rows();
        final int p = rows.columns();
        final double[] l = rows.covariance(Solved.of(fitted), subject);
        Cholesky.factor(l, k);
        final double[][] columns = new double[p + 1][k];
        for (int j = 0; j <= p; j++) {
            for (int i = 0; i < k; i++) {
                columns[j][i] = block.row(i)[j];
            }
            for (int c = 0; j == p && c < p; c++) {
                for (int i = 0; i < k; i++) {
                    columns[p][i] -= fitted.mean().beta()[c] * block.row(i)[c];
                }
            }
            Cholesky.solveLower(l, k, columns[j]);
            for (int c = 0; c <= j; c++) {
                double sum = 0;
                for (int i = 0; i < k; i++) {
                    sum += columns[c][i] * columns[j][i];
                }
                products[j * (p + 1) + c] = sum;
                products[c * (p + 1) + j] = sum;
            }
        }
    }
}
