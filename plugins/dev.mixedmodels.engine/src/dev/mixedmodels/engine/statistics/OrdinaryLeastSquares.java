package dev.mixedmodels.engine.statistics;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.WorkingBasis;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import dev.mixedmodels.engine.numeric.OrderedCholesky;
import dev.mixedmodels.engine.numeric.Tail;

/**
 * Ordinary least squares on the kept columns, as if rows were independent: b = (X'X)^-1 X'y, s2 = RSS / (N - p),
 * Cov(b) = s2 (X'X)^-1; with weights of the rows weighted least squares, X and y times the roots of the weights. Solved
 * in double-double arithmetic.
 *
 * @param coefficients b
 * @param standardErrors of b; NaN if N = p
 * @param pValues two-sided, Student's t with N - p degrees of freedom
 * @param residualSumOfSquares RSS
 * @param s2 residual variance; NaN if N = p
 * @param df N - p
 */
public record OrdinaryLeastSquares(double[] coefficients, double[] standardErrors, double[] pValues,
    double residualSumOfSquares, double s2, double df) {
    /**
     * @param design a model
     * @return the fit of its fixed effects
     * @throws ModelException if the response is constant, or rows or their values leave nothing but rounding
     */
    public static OrdinaryLeastSquares of(final ModelDesign design) {
        final FixedDesign fixed = design.fixed();
        final long rows = design.figures().rows();
        if (rows <= fixed.columns()) {
            throw new ModelException(Words.capital(Words.there(rows, "row")) + " for "
                + Words.count(fixed.columns(), "fixed effect")
                + "; the model needs more rows than that. Take terms out of the mean.");
        }
        final int response = fixed.products().columns() - 1;
        if (fixed.products().product(response, response) == 0) {
            throw ExactFit.ofConstant(design.responseName(), design.figures().least() * design.responseUnit());
        }
        final OrdinaryLeastSquares fit = of(fixed);
        if (ExactFit.is(fit.residualSumOfSquares, fit.df, design.largestResponse())) {
            throw ExactFit.ofFixedEffects(design.responseName());
        }
        return fit;
    }

    /**
     * @param design the fixed effects with their response
     * @return the fit
     */
    public static OrdinaryLeastSquares of(final FixedDesign design) {
        final CrossProducts products = design.products();
        final OrderedCholesky cholesky = design.cholesky();
        final int response = products.columns() - 1;
        final int p = design.columns();
        final double df = products.count() - p;
        final double rss = df == 0 ? 0 : cholesky.remainder(response);
        final double s2 = df == 0 ? Double.NaN : rss / df;
        final double[] b = coefficients(design, cholesky.projection(response), products);
        final WorkingBasis basis = design.basis();
        final double[] unit = new double[p];
        final double[] errors = new double[p];
        final double[] pValues = new double[p];
        for (int i = 0; i < p; i++) {
            unit[i] = 1;
            double square = 0;
            for (final double m : basis.contrast(unit)) {
                square += m * m;
            }
            unit[i] = 0;
            errors[i] = Math.sqrt(s2 * square / products.count()); // W'W = N I, weighted
            pValues[i] = Tail.tTwoSided(b[i] / errors[i], df);
        }
        return new OrdinaryLeastSquares(b, errors, pValues, rss, s2, df);
    }

    /** From coefficients of shifted columns: the intercept is b0 + shift(y) - sum of b_j shift(x_j). */
    private static double[] coefficients(final FixedDesign design, final double[][] projection,
        final CrossProducts products) {
        final double[] b = projection[0].clone();
        if (design.intercept()) {
            final int[] kept = design.kept();
            final DoubleDouble first = new DoubleDouble();
            first.add(b[0], projection[1][0]);
            first.add(products.shift(products.columns() - 1));
            for (int i = 1; i < b.length; i++) {
                first.addProduct(-products.shift(kept[i]), 0, b[i], projection[1][i]);
            }
            b[0] = first.value();
        }
        return b;
    }
}
