package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.numeric.Matrices;
import java.io.Serializable;
import java.util.Arrays;

/** Which columns of X, and which means, do not change within any subject. */
final class WithinSums implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What is left of a column of unit mean square when subjects' means are taken off, and counts as nothing. */
    private static final double CONSTANT = 1e-10;

    private final RowCoordinates coordinates;
    private final boolean[] constant;
    private final double[][] products; // of W less the means of subjects, weighted

    WithinSums(final RowCoordinates coordinates) {
        this.coordinates = coordinates;
        final int p = coordinates.gamma().length;
        constant = new boolean[p];
        Arrays.fill(constant, true);
        products = new double[p][p];
    }

    WithinSums fresh() {
        return new WithinSums(coordinates);
    }

    void add(final CompleteSubject subject) {
        final int p = constant.length;
        final int n = subject.observed().size();
        final double[] first = subject.observed().get(0).x();
        final double[][] w = new double[n][];
        final double[] mean = new double[p];
        double all = 0;
        for (int i = 0; i < n; i++) {
            final RepeatedRow row = subject.observed().get(i);
            for (int j = 0; j < p; j++) {
                constant[j] &= row.x()[j] == first[j];
            }
            w[i] = coordinates.working(row);
            final double weight = row.root() * row.root();
            all += weight;
            for (int j = 0; j < p; j++) {
                mean[j] += w[i][j] * weight;
            }
        }
        for (int i = 0; i < n; i++) {
            final double weight = subject.observed().get(i).root() * subject.observed().get(i).root();
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    products[j][k] += weight * (w[i][j] - mean[j] / all) * (w[i][k] - mean[k] / all);
                }
            }
        }
    }

    void merge(final WithinSums later) {
        for (int j = 0; j < constant.length; j++) {
            constant[j] &= later.constant[j];
            for (int k = 0; k < constant.length; k++) {
                products[j][k] += later.products[j][k];
            }
        }
    }

    /** Columns of X that do not change within any subject. */
    boolean[] constantColumns() {
        return constant.clone();
    }

    /**
     * Combinations of the columns of W that do not.
     *
     * @param rows number of rows
     */
    double[][] constantMeans(final double rows) {
        final Matrices.Eigen eigen = Matrices.eigen(Matrices.scaled(products, 1 / rows));
        int varying = 0;
        while (varying < constant.length && eigen.values()[varying] > CONSTANT) {
            varying++;
        }
        return Arrays.copyOfRange(eigen.vectors(), varying, constant.length);
    }
}
