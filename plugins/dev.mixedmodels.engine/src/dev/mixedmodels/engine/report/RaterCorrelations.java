package dev.mixedmodels.engine.report;

import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Intraclass correlations of ratings: how far one rating, or the average of k, tells the targets apart. From mean
 * squares of complete designs, so that they may be negative. Source: McGraw &amp; Wong (1996) Psychological Methods
 * 1:30-46, whose names they have; Shrout &amp; Fleiss (1979) Psychological Bulletin 86:420-428.
 */
public final class RaterCorrelations {
    /** Names of the correlations of crossed raters. */
    public static final List<String> TWO_WAY = List.of("ICC(A,1)", "ICC(A,k)", "ICC(C,1)", "ICC(C,k)");

    private static final String EXACT = "interval from the F distribution, exact for normal data";
    private final String target;
    private final double k;
    private final double tail;
    private final List<FitStatisticRow> rows = new ArrayList<>();

    private RaterCorrelations(final String target, final double k, final double confidence) {
        this.target = target;
        this.k = k;
        tail = (1 - confidence) / 2;
    }

    /**
     * ICC(1) and ICC(k): every target has k ratings, by whomever.
     *
     * @param target what is rated
     * @param k ratings of each target
     * @param between mean square between targets
     * @param dfBetween its degrees of freedom, targets - 1
     * @param within mean square within targets
     * @param dfWithin its degrees of freedom
     * @param confidence confidence level in (0, 1)
     * @return rows of the table of the model fit
     */
    public static List<FitStatisticRow> oneWay(final String target, final double k, final double between,
        final double dfBetween, final double within, final double dfWithin, final double confidence) {
        final RaterCorrelations table = new RaterCorrelations(target, k, confidence);
        table.ratio("ICC(1)", "ICC(k)", between, dfBetween, within, dfWithin,
            "ratings of a target are by raters of its own");
        return table.rows;
    }

    /**
     * ICC(A,1), ICC(A,k), ICC(C,1) and ICC(C,k): each of k raters rates each of n targets once.
     *
     * @param target what is rated
     * @param rater who rates
     * @param n number of targets
     * @param k number of raters
     * @param targets mean square of targets
     * @param raters mean square of raters
     * @param error mean square of the rest
     * @param confidence confidence level in (0, 1)
     * @return rows of the table of the model fit
     */
    public static List<FitStatisticRow> twoWay(final String target, final String rater, final double n, final double k,
        final double targets, final double raters, final double error, final double confidence) {
        final RaterCorrelations table = new RaterCorrelations(target, k, confidence);
        table.agreement(rater, n, targets, raters, error);
        table.ratio("ICC(C,1)", "ICC(C,k)", targets, n - 1, error, (n - 1) * (k - 1),
            "consistency: differences of level between the units of " + rater + " do not count");
        return table.rows;
    }

    /** (1 - 1 / F) of averages, (F - 1) / (F + k - 1) of single ratings, which rise with F. */
    private void ratio(final String single, final String average, final double above, final double dfAbove,
        final double below, final double dfBelow, final String what) {
        final double f = above / below;
        final double low = f / Tail.fQuantile(tail, dfAbove, dfBelow);
        final double high = f / Tail.fQuantile(1 - tail, dfAbove, dfBelow);
        add(single, single(f), single(low), single(high), f, dfAbove, dfBelow, "one rating; " + what, EXACT);
        add(average, 1 - 1 / f, 1 - 1 / low, 1 - 1 / high, f, dfAbove, dfBelow, average() + "; " + what, EXACT);
    }

    private double single(final double f) {
        return (f - 1) / (f + k - 1);
    }

    private String average() {
        return String.format(Locale.ROOT, "average of k = %.0f ratings", k);
    }

    private void agreement(final String rater, final double n, final double r, final double c, final double e) {
        final double estimate = (r - e) / (r + (k - 1) * e + k / n * (c - e));
        final double a = k * estimate / (n * (1 - estimate));
        final double b = 1 + a * (n - 1);
        final double square = (a * c + b * e) * (a * c + b * e);
        final double df = square / (a * c * a * c / (k - 1) + b * e * b * e / ((n - 1) * (k - 1)));
        final double upperF = Tail.fQuantile(tail, n - 1, df);
        final double lowerF = Tail.fQuantile(tail, df, n - 1);
        final double rest = k * c + (k * n - k - n) * e;
        final double low = n * (r - upperF * e) / (upperF * rest + n * r);
        final double high = n * (lowerF * r - e) / (rest + n * lowerF * r);
        final String what = "absolute agreement: differences of level between the units of " + rater + " count";
        final String how = "interval by Satterthwaite's approximation (McGraw and Wong)";
        final double f = r / e;
        add("ICC(A,1)", estimate, low, high, f, n - 1, (n - 1) * (k - 1), "one rating; " + what, how);
        add("ICC(A,k)", averaged(estimate), averaged(low), averaged(high), f, n - 1, (n - 1) * (k - 1),
            average() + "; " + what, how);
    }

    /** Spearman and Brown. */
    private double averaged(final double single) {
        return k * single / (1 + (k - 1) * single);
    }

    private void add(final String name, final double value, final double low, final double high, final double f,
        final double numDf, final double denDf, final String what, final String how) {
        final String full = name + " " + target;
        rows.add(new FitStatisticRow(Category.FIT, full, value, numDf, denDf, Tail.f(f, numDf, denDf), "Reliability of "
            + what + ". From mean squares; " + how + "; the p-value is that of F, all units of " + target + " equal."));
        rows.add(FitStatisticRow.of(Category.FIT, full + " Lower Bound", low, ""));
        rows.add(FitStatisticRow.of(Category.FIT, full + " Upper Bound", high, ""));
    }
}
