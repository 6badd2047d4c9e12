package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.inference.ChiBarSquare;
import dev.mixedmodels.engine.inference.FTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tests of a model against one that it contains, from what is kept of the two. */
final class PairTests {
    /** A difference of -2 log likelihoods that is none. */
    private static final double ROUNDING = 1e-8;
    /** A smaller model that is better by more has found what the larger one missed. */
    private static final double WORSE = 1e-4;

    private PairTests() {
    }

    /**
     * @param pair two models
     * @return their tests; one row that says why, if there is none
     */
    static List<ComparisonTest> of(final Pair pair) {
        final List<ComparisonTest> tests = new ArrayList<>();
        if (pair.large().empiricalBayes()) {
            return List.of(none(pair, "Empirical Bayes models are compared by their criteria only."));
        }
        if (!pair.nested()) {
            return List.of(none(pair, notNested(pair)));
        }
        final boolean fixedOnly = pair.sameCovariance() && pair.mean().df() > 0;
        if (pair.comparable() && df(pair) > 0) {
            tests.add(likelihoodRatio(pair));
        }
        if (fixedOnly) {
            tests.add(fTest(pair));
        }
        if (tests.isEmpty()) {
            tests.add(none(pair, pair.comparable() ? "Both models have equally many parameters and describe the same."
                : notComparable(pair)));
        } else if (!pair.comparable()) {
            tests.add(without(pair, "Likelihood ratio", notComparable(pair)));
        }
        return tests;
    }

    private static ComparisonTest none(final Pair pair, final String note) {
        return without(pair, "None", note);
    }

    private static ComparisonTest without(final Pair pair, final String test, final String note) {
        return new ComparisonTest(pair.large().name(), pair.small().name(), test, Double.NaN, Double.NaN, Double.NaN,
            Double.NaN, Double.NaN, note);
    }

    private static String notNested(final Pair pair) {
        if (pair.mean().nested() && pair.covariance().equals(CovarianceNesting.MEANINGLESS)) {
            return "No test: " + pair.small().name() + " is " + pair.large().name()
                + " without correlation, and then the "
                + "parameter by which correlations fall has no meaning, so that the likelihood ratio has no known "
                + "distribution. " + (pair.comparable() ? "Compare them by AIC or BIC." : notComparable(pair));
        }
        final String large = weights(pair.large());
        final String small = weights(pair.small());
        final String what = pair.mean().nested() ? "random effects or residuals" : "fixed effects";
        return (large.equals(small) ? "Not nested, as far as their terms tell: the " + what + " of "
            + pair.small().name() + " are no special case of those of " + pair.large().name() + ". "
            : "Not nested: " + pair.large().name() + " has " + large + " and " + pair.small().name() + " " + small
            + ". ") + (pair.comparable() ? "Compare them by AIC or BIC." : notComparable(pair));
    }

    private static String weights(final ComparedModel model) {
        final String column = model.model().design().weights();
        return column == null ? "no weights of rows" : "the weights of rows \"" + column + "\"";
    }

    static String notComparable(final Pair pair) {
        final ComparedModel without = !pair.large().hasLikelihood() ? pair.large() : pair.small();
        if (!without.hasLikelihood()) {
            return without.name() + " was not fitted by maximising a likelihood. Choose the method ML for both.";
        }
        if (pair.large().restricted() != pair.small().restricted()) {
            return "One model was fitted by REML and the other by ML, whose likelihoods cannot be compared. Choose the "
                + "same method in both, ML if their fixed effects differ.";
        }
        return "The models were fitted by REML and differ in their fixed effects or in the coding of these. Restricted "
            + "likelihoods cannot be compared then: choose the method ML in both.";
    }

    /** Number of parameters that the smaller model lacks. */
    static int df(final Pair pair) {
        return (int) (pair.large().parameters() - pair.small().parameters());
    }

    /** Twice the difference of the log likelihoods; rounding below 0 counts as 0. */
    static double statistic(final Pair pair) {
        final double difference = pair.small().deviance() - pair.large().deviance();
        return difference < ROUNDING ? 0 : difference;
    }

    private static ComparisonTest likelihoodRatio(final Pair pair) {
        final int m = df(pair);
        final double statistic = statistic(pair);
        final int boundaries = pair.covariance().boundaries();
        final double[] weights = new double[m + 1];
        weights[m] = 1;
        final double p = boundaries == 1 ? ChiBarSquare.halfAndHalf(statistic, m)
            : ChiBarSquare.upperTail(statistic, weights);
        final StringBuilder note =
            new StringBuilder(pair.large().restricted() ? "Of the restricted likelihoods. " : "");
        if (boundaries == 1) {
            note.append(String.format(Locale.ROOT, "Half chi2(%d), half chi2(%d)", m - 1, m));
        } else {
            note.append("chi2(").append(m).append(')')
                .append(boundaries > 1 ? ", conservative: true p-values are smaller" : "");
        }
        note.append(boundaries > 0 && pair.small().singular()
            ? ". Another variance is at its bound under the hypothesis, so that the mixture is approximate." : ".");
        if (pair.large().deviance() - pair.small().deviance() > WORSE) {
            note.append(" The smaller model has the larger likelihood: the fit of the larger one is not at its "
                + "maximum.");
        }
        return new ComparisonTest(pair.large().name(), pair.small().name(), "Likelihood ratio", statistic, m,
            Double.NaN, p, Double.NaN, note.toString());
    }

    private static ComparisonTest fTest(final Pair pair) {
        final FTest test = pair.large().model().fixedInference().test(pair.mean().hypothesis());
        return new ComparisonTest(pair.large().name(), pair.small().name(), "F", test.f(), test.numDf(), test.denDf(),
            test.pValue(), Double.NaN, "The fixed effects that " + pair.small().name() + " lacks are 0, with the "
                + "standard errors and degrees of freedom of " + pair.large().name() + ".");
    }
}
