package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.inference.FTest;
import dev.mixedmodels.engine.inference.FixedInference;
import java.util.Arrays;

/**
 * Between-within degrees of freedom: columns of X that are constant within every subject have
 * subjects - 1 - p_between, all others and the intercept have N - subjects - p_within (without an intercept 1 is not
 * taken off). A contrast has the least of those of its coefficients.
 * <p>
 * Source: Schluchter &amp; Elashoff (1990) J. Stat. Comput. Simul. 37:69-87; Galecki &amp; Burzykowski (2013), section
 * 14.2; for contrasts as mmrm.
 */
final class BetweenWithin implements FixedInference {
    private final FixedInference inner;
    private final double[] df;

    private BetweenWithin(final FixedInference inner, final double[] df) {
        this.inner = inner;
        this.df = df;
    }

    static BetweenWithin of(final FixedInference inner, final RepeatedRows rows) {
        final boolean[] constant = constantColumns(rows);
        final boolean intercept = rows.design().fixed().intercept();
        int between = 0;
        for (int j = intercept ? 1 : 0; j < constant.length; j++) {
            between += constant[j] ? 1 : 0;
        }
        final int within = constant.length - between - (intercept ? 1 : 0);
        final double dfBetween = rows.subjects() - (intercept ? 1 : 0) - between;
        final double dfWithin = rows.index().size() - rows.subjects() - within;
        final double[] df = new double[constant.length];
        Arrays.setAll(df, j -> constant[j] && !(intercept && j == 0) ? dfBetween : dfWithin);
        return new BetweenWithin(inner, df);
    }

    /** Columns of X that do not change within any subject. */
    static boolean[] constantColumns(final RepeatedRows rows) {
        final int p = rows.columns();
        final boolean[] constant = new boolean[p];
        Arrays.fill(constant, true);
        final double[] first = new double[p];
        final double[] next = new double[p];
        for (int s = 0; s < rows.subjects(); s++) {
            rows.design().fixed().row(rows.index().row(rows.index().start(s)), first);
            for (int i = rows.index().start(s) + 1; i < rows.index().start(s + 1); i++) {
                rows.design().fixed().row(rows.index().row(i), next);
                for (int j = 0; j < p; j++) {
                    constant[j] &= next[j] == first[j];
                }
            }
        }
        return constant;
    }

    @Override
    public double[] estimates() {
        return inner.estimates();
    }

    @Override
    public double[][] covariance() {
        return inner.covariance();
    }

    @Override
    public double df(final double[] contrast) {
        double least = Double.NaN;
        for (int j = 0; j < contrast.length; j++) {
            if (contrast[j] != 0 && !(df[j] >= least)) {
                least = df[j];
            }
        }
        return least;
    }

    @Override
    public FTest test(final double[][] contrasts) {
        double least = Double.POSITIVE_INFINITY;
        for (final double[] contrast : contrasts) {
            least = Math.min(least, df(contrast));
        }
        return new ConstantDf(estimates(), covariance(), least).test(contrasts);
    }
}
