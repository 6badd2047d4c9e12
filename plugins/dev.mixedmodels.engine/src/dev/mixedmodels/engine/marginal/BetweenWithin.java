package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.inference.BetweenWithinDf;
import dev.mixedmodels.engine.inference.FixedInference;
import java.util.Arrays;

/** Degrees of freedom by whether means are constant within subjects. */
final class BetweenWithin {
    private BetweenWithin() {
    }

    static FixedInference of(final FixedInference inner, final RepeatedData data) {
        final boolean[] betweenColumn = data.sums().within().constantColumns();
        final double[][] betweenMeans = data.sums().within().constantMeans(data.size());
        final boolean intercept = data.design().fixed().intercept();
        if (intercept) {
            betweenColumn[0] = false;
        }
        final double dfBetween = positive(data.subjects() - betweenMeans.length);
        final double dfWithin = positive(data.size() - data.subjects() - (data.columns() - betweenMeans.length));
        final double[] byColumn = new double[betweenColumn.length];
        Arrays.setAll(byColumn, j -> betweenColumn[j] ? dfBetween : dfWithin);
        return new BetweenWithinDf(inner, data.design().fixed().basis(), new BetweenWithinDf.Strata(byColumn,
            betweenMeans, betweenMeans.length > (intercept ? 1 : 0), dfBetween, dfWithin));
    }

    private static double positive(final double df) {
        return df > 0 ? df : Double.NaN;
    }
}
