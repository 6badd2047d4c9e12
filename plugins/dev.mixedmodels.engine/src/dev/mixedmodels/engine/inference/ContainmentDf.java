package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.Containment;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import java.util.Arrays;

/**
 * {@link Containment} degrees of freedom: of a coefficient and of the test of a term those of the term. A mean, a
 * difference or another function has the smallest ones of the terms that it needs further than as their mean over the
 * levels of a factor, whatever the coding; those of the intercept if it needs none.
 *
 * @param inner estimates and their covariance, of the coefficients of X
 * @param terms degrees of freedom by term
 */
public record ContainmentDf(FixedInference inner, Terms terms) implements OtherDf {
    /** A sum below this part of what was added up is 0. */
    private static final double ZERO = 1e-9;

    /**
     * Degrees of freedom by term.
     *
     * @param intercept of the intercept
     * @param byTerm of each term
     * @param byColumn of each coefficient of X
     * @param differences of each term, for each of its factors, functions of the coefficients that are 0 where the term
     *            is needed only as its mean over that factor's levels
     */
    public record Terms(double intercept, double[] byTerm, double[] byColumn, double[][][][] differences) {
        /**
         * @param design of a model with random effects, with its rows
         * @param progress to learn of cancellation
         * @return its degrees of freedom by term
         */
        public static Terms of(final ModelDesign design, final Progress progress) {
            final double[] df = Containment.degreesOfFreedom(design, progress);
            final FixedDesign fixed = design.fixed();
            final double[] byColumn = new double[fixed.columns()];
            Arrays.setAll(byColumn, k -> df[fixed.term(k) + 1]);
            final double[][][][] differences = new double[df.length - 1][][][];
            Arrays.setAll(differences, fixed::differences);
            return new Terms(df[0], Arrays.copyOfRange(df, 1, df.length), byColumn, differences);
        }

        private boolean needs(final int term, final double[] contrast) {
            return Arrays.stream(differences[term]).noneMatch(functions -> Arrays.stream(functions)
                .allMatch(function -> vanishes(function, contrast)));
        }

        private static boolean vanishes(final double[] function, final double[] contrast) {
            double sum = 0;
            double size = 0;
            for (int k = 0; k < function.length; k++) {
                sum += function[k] * contrast[k];
                size += Math.abs(function[k] * contrast[k]);
            }
            return Math.abs(sum) <= ZERO * size;
        }

        private double df(final double[] contrast) {
            double least = Double.POSITIVE_INFINITY;
            for (int t = 0; t < byTerm.length; t++) {
                if (needs(t, contrast)) {
                    least = Math.min(least, byTerm[t]);
                }
            }
            return least == Double.POSITIVE_INFINITY ? intercept : least;
        }
    }

    @Override
    public double df(final double[] contrast) {
        return terms.df(contrast);
    }

    @Override
    public double coefficientDf(final int k) {
        return terms.byColumn[k];
    }

    @Override
    public FTest test(final double[][] contrasts) {
        return test(contrasts, Arrays.stream(contrasts).mapToDouble(terms::df).min().orElse(Double.NaN));
    }

    @Override
    public FTest test(final int term, final double[][] contrasts) {
        return test(contrasts, terms.byTerm[term]);
    }

    @Override
    public StoredInference stored() {
        return inner.stored().with(terms);
    }
}
