package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.TermHypotheses;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The table of fixed effects and the tests of their terms. */
public final class FixedEffectsTable {
    private static final String MISSING = " Its degrees of freedom do not exist: there are too few units, or the data "
        + "do not determine the covariance parameters.";

    private FixedEffectsTable() {
    }

    /**
     * @param design X
     * @param inference estimates over the kept columns with their inference
     * @param naive ordinary least squares on the same rows
     * @param confidence confidence level in (0, 1)
     * @return a row for every column of X in R's order, redundant ones with missing statistics
     */
    public static List<FixedEffectRow> of(final FixedDesign design, final FixedInference inference,
        final OrdinaryLeastSquares naive, final double confidence) {
        final int[] kept = design.kept();
        final List<String> names = design.allNames();
        final List<FixedEffectRow> rows = new ArrayList<>(names.size());
        final double[][] covariance = inference.covariance();
        for (int j = 0; j < names.size(); j++) {
            final int k = Arrays.binarySearch(kept, j);
            if (k < 0) {
                rows.add(row(names.get(j), Contrast.MISSING, Double.NaN, Double.NaN, Double.NaN));
                continue;
            }
            rows.add(row(names.get(j),
                Contrast.of(inference.estimates()[k], Math.sqrt(covariance[k][k]), inference.coefficientDf(k),
                confidence), naive.coefficients()[k], naive.standardErrors()[k], naive.pValues()[k]));
        }
        return rows;
    }

    private static FixedEffectRow row(final String name, final Contrast c, final double naive, final double naiveError,
        final double naiveP) {
        return new FixedEffectRow(name, c.estimate(), c.stdError(), c.df(), c.t(), c.pValue(), c.lower(), c.upper(),
            naive, naiveError, naiveP, FixedEffectRow.designEffect(c.stdError(), naiveError));
    }

    /**
     * F tests of the type that the design's options say.
     *
     * @param design X
     * @param inference estimates over the kept columns with their inference
     * @return a row {@code Fixed <term>} for each term; without statistics where the data leave no hypothesis
     */
    public static List<FitStatisticRow> tests(final FixedDesign design, final FixedInference inference) {
        final List<FitStatisticRow> rows = new ArrayList<>();
        final List<String> terms = design.terms();
        final TermHypotheses hypotheses = new TermHypotheses(design);
        for (int k = 0; k < terms.size(); k++) {
            final FTest test = inference.test(k, hypotheses.of(k));
            rows.add(new FitStatisticRow(Category.TEST, "Fixed " + terms.get(k), test.f(),
                test.numDf() == 0 ? Double.NaN : test.numDf(), test.denDf(), test.pValue(),
                test.numDf() == 0 ? "The data leave no hypothesis about this term to test."
                    : note(design, hypotheses, k) + (Double.isNaN(test.denDf()) ? MISSING : "")));
        }
        return rows;
    }

    private static String note(final FixedDesign design, final TermHypotheses hypotheses, final int term) {
        final String type = "Type " + hypotheses.type() + " F test" + switch (hypotheses.type()) {
            case I -> " of what it adds to the terms before it";
            case II -> " of what it adds to the terms that do not contain it";
            case III -> "";
        };
        if (!hypotheses.saysAllAreZero(term)) {
            return type + ".";
        }
        return design.hasNumber(term)
            ? type + " that the slopes of all levels are 0, not that they are equal, since the model has no slope that "
            + "they have in common."
            : type + " that the means of all levels are 0, not that they are equal, since the model has no intercept.";
    }
}
