package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.inference.ChiBarSquare;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.List;

/** The likelihood ratio of the structure against independent rows with one variance, under the same mean. */
final class StructureTest {
    private StructureTest() {
    }

    static List<FitStatisticRow> rows(final MarginalSettings settings, final RepeatedData data,
        final StructureFit estimates, final OrdinaryLeastSquares naive) {
        final VisitStructure structure = settings.structure();
        if (!settings.inference().varianceTests()
            || structure == VisitStructure.INDEPENDENT && estimates.model().groups() == 1) {
            return List.of();
        }
        final double statistic = Math.max(0, independent(data, naive, settings.estimation().reml())
            - estimates.optimum().value());
        final int df = estimates.parameters() - 1;
        final int boundaries = structure.boundariesOf(VisitStructure.INDEPENDENT);
        final boolean bounded = boundaries == 1 && df == 1;
        final double p = boundaries < 0 ? Double.NaN : bounded ? ChiBarSquare.halfAndHalf(statistic, 1)
            : Tail.chiSquare(statistic, df);
        return List.of(new FitStatisticRow(Category.TEST, "Covariance Structure", statistic, df, Double.NaN, p,
            note(structure, bounded, estimates)));
    }

    /**
     * -2 log likelihood of independent rows in the working basis, from the residual sum of squares; log|W'W| = p log
     * N.
     */
    private static double independent(final RepeatedData data, final OrdinaryLeastSquares naive, final boolean reml) {
        final double n = data.size();
        final double m = reml ? n - data.columns() : n;
        return m * (1 + Math.log(2 * Math.PI * naive.residualSumOfSquares() / m))
            + (reml ? data.columns() * Math.log(n) : 0);
    }

    private static String note(final VisitStructure structure, final boolean bounded, final StructureFit estimates) {
        final String base = "Likelihood ratio against independent rows (one variance, no correlation) with the same "
            + "mean";
        if (structure.boundariesOf(VisitStructure.INDEPENDENT) < 0) {
            return base + ". No p-value: without correlation the parameter by which it falls has no meaning, so that "
                + "the statistic has no known distribution.";
        }
        if (bounded) {
            return base + "; no correlation is a bound, so that the reference is half chi2(0), half chi2(1).";
        }
        final boolean common = structure.classical() && estimates.model().groups() == 1;
        return base + ", chi-square."
            + (common ? " The common covariance c may be negative, so that 0 is no bound." : "");
    }
}
