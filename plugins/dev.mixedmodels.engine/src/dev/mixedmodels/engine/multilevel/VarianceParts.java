package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.util.List;

/**
 * What the variance of the response is made up of, on average over the fitted rows: the fixed part, each factor's
 * random effects z'D z (Johnson 2014, Methods Ecol. Evol. 5:944-946) and the residual.
 *
 * @param fixed variance of X beta over the rows
 * @param random mean of z'D z for each factor
 * @param intercepts variance of each factor's intercept, 0 if it has none
 * @param meanEffects mean of z over the rows for each factor
 * @param residual residual variance, of a row of weight 1
 */
record VarianceParts(double fixed, double[] random, double[] intercepts, double[][] meanEffects, double residual) {
    static final String INTERCEPT = "(Intercept)";

    static VarianceParts of(final FittedModel fitted) {
        final ModelDesign design = fitted.mixed().design();
        final List<RandomGroup> groups = fitted.mixed().groups();
        final Rows rows = design.rows().fitted();
        final double[] gamma = fitted.fit().beta();
        final double[] w = new double[gamma.length];
        final DoubleDouble sum = new DoubleDouble();
        final DoubleDouble squares = new DoubleDouble();
        final double[][][] d = new double[groups.size()][][];
        final double[] random = new double[groups.size()];
        final double[] intercepts = new double[groups.size()];
        final double[][] means = new double[groups.size()][];
        final double[][] z = new double[groups.size()][];
        for (int k = 0; k < d.length; k++) {
            d[k] = fitted.fit().covariance(k);
            means[k] = new double[groups.get(k).effects()];
            z[k] = new double[groups.get(k).effects()];
            final int intercept = groups.get(k).names().indexOf(INTERCEPT);
            intercepts[k] = intercept < 0 ? 0 : d[k][intercept][intercept];
        }
        final int constant = design.fixed().intercept() ? 1 : 0; // the first column of W is then constant
        for (int i = 0; i < rows.size(); i++) {
            design.fixed().basisRow(rows.row(i), w);
            double mean = 0;
            for (int c = constant; c < w.length; c++) {
                mean += w[c] * gamma[c];
            }
            sum.add(mean);
            squares.addProduct(mean, mean);
            for (int k = 0; k < d.length; k++) {
                groups.get(k).row(rows.row(i), z[k], 0);
                for (int a = 0; a < z[k].length; a++) {
                    means[k][a] += z[k][a] / rows.size();
                    for (int b = 0; b < z[k].length; b++) {
                        random[k] += z[k][a] * d[k][a][b] * z[k][b] / rows.size();
                    }
                }
            }
        }
        final double n = rows.size();
        final double fixed = Math.max(0, squares.value() - sum.value() * sum.value() / n) / (n - 1);
        return new VarianceParts(fixed, random, intercepts, means, fitted.fit().sigma2());
    }

    /** Sum of the intercept and residual variances, of which shares are given. */
    double sum() {
        double sum = residual;
        for (final double intercept : intercepts) {
            sum += intercept;
        }
        return sum;
    }

    private double allRandom() {
        double sum = 0;
        for (final double x : random) {
            sum += x;
        }
        return sum;
    }

    /** Nakagawa &amp; Schielzeth (2013), Methods Ecol. Evol. 4:133-142. */
    double marginalR2() {
        return fixed / (fixed + allRandom() + residual);
    }

    double conditionalR2() {
        return (fixed + allRandom()) / (fixed + allRandom() + residual);
    }
}
