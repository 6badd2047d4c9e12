package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.statistics.MeanVariance;
import java.util.Arrays;
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

    static VarianceParts of(final FittedModel fitted) {
        final ModelDesign design = fitted.mixed().design();
        final List<RandomGroup> groups = fitted.mixed().groups();
        final CrossProducts plain = fitted.fit().model().facts().plain();
        // without weights and with an intercept products that the design has from its passes do
        final CrossProducts z = plain != null ? plain : design.randomProducts().get(0).products();
        final int p = design.fixed().columns();
        final int[] columns = fitted.mixed().columns();
        final double[] random = new double[groups.size()];
        final double[] intercepts = new double[groups.size()];
        final double[][] means = new double[groups.size()][];
        for (int k = 0, first = 0; k < random.length; first += groups.get(k++).effects()) {
            final double[][] d = fitted.fit().covariance(k);
            final int[] own = new int[d.length];
            for (int a = 0; a < own.length; a++) {
                own[a] = plain != null ? p + first + a : columns[first + a];
            }
            means[k] = Arrays.stream(own).mapToDouble(z::mean).toArray();
            for (int a = 0; a < own.length; a++) {
                for (int b = 0; b < own.length; b++) {
                    random[k] += d[a][b] * (z.centred(own[a], own[b]) / z.count() + means[k][a] * means[k][b]);
                }
            }
            final int intercept = groups.get(k).names().indexOf(RandomGroup.INTERCEPT);
            intercepts[k] = intercept < 0 ? 0 : d[intercept][intercept];
        }
        return new VarianceParts(MeanVariance.of(fitted.fit().beta(), design.fixed().intercept(), fitted.rows(), plain),
            random, intercepts, means, fitted.fit().sigma2());
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
