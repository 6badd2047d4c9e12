package dev.mixedmodels.engine.oneway;

import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.inference.ProfileBounds;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.peer.CalledData;
import dev.mixedmodels.engine.peer.CalledModel;
import dev.mixedmodels.engine.peer.CalledRandom;
import dev.mixedmodels.engine.peer.CalledResiduals;
import dev.mixedmodels.engine.report.LikelihoodFigures;
import dev.mixedmodels.engine.report.ModelFitRows;
import dev.mixedmodels.engine.report.RaterCorrelations;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** The rows of the table Model fit but for the tests. */
final class ModelFitTable {
    static final String INTRACLASS = "Intraclass Correlation ";
    /** Of a group: what {@link GroupStatistics} keeps, its name's place, its prediction. */
    private static final int BYTES = 84;

    private final OneWayFit fit;
    private final String group;
    private final ModelFitRows rows = new ModelFitRows();

    private ModelFitTable(final OneWayFit fit) {
        this.fit = fit;
        group = fit.settings().group();
    }

    static List<FitStatisticRow> of(final OneWayFit fit, final List<FitStatisticRow> tests) {
        final ModelFitTable table = new ModelFitTable(fit);
        table.model();
        table.likelihood();
        table.variances();
        table.sumsOfSquares();
        table.rows.addAll(tests);
        table.diagnostics();
        return table.rows.with(List.of());
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void model() {
        final String response = fit.settings().response();
        rows.model("Formula", text("%s ~ 1 + (1 | %s). %s varies about one mean: a random "
            + "effect of each %s is added, and within it independent residuals. y_ij = mu + alpha_i + e_ij, "
            + "alpha_i ~ N(0, sigma2), e_ij ~ N(0, tau2%s), all independent.", new Variable.Plain(response),
            new Variable.Plain(group), response, group, weighted() ? " / w_ij" : ""));
        rows.model("Method", method() + ". " + degreesOfFreedom());
        calls();
        rows.model("Rows Used", fit.anova().rows(), ModelFitRows.notKept(BYTES, group));
        rows.model("Rows Left Out", fit.data().rowsLeftOut(), fit.data().rowsLeftOut() == 0 ? ""
            : "No value, or no finite number, in the response or the grouping column"
                + (weighted() ? " or that of the weights, or the weight 0." : "."));
        final AnovaTable a = fit.anova();
        if (weighted()) {
            final GroupWeights weights = fit.data().statistics().weights();
            rows.model("Weights", ModelFitRows.weightsNote(weights.column(), weights.least(), weights.greatest())
                + " The matrix V is that of rows of weight 1.");
        }
        rows.model("Levels of " + group, a.groups(), (a.fewestRows() == a.mostRows()
            ? text("Balanced: %d rows in every group.", a.mostRows())
            : text("Unbalanced: %d to %d rows a group", a.fewestRows(), a.mostRows())
                + (weighted() ? "." : text("; n0 = %s, their average for the method ANOVA.",
                number(a.averageSize(), 6)))) + shownRows());
    }

    private void calls() {
        final RandomInterceptSettings settings = fit.settings();
        final String weights = weighted() ? fit.data().statistics().weights().column() : null;
        final CalledData data = CalledData.plain(List.of(settings.response(), group), fit.data().rowsLeftOut(),
            weights);
        if (fit.moments()) {
            rows.calls(MomentCalls.r(settings.response(), group, data),
                MomentCalls.sas(settings.response(), group, data));
            return;
        }
        final RandomTerm term = new RandomTerm(new TermList(true, List.of()), Grouping.of(group), true);
        rows.calls(new CalledModel(new Formula(new Variable.Plain(settings.response()), new TermList(true, List.of()),
            List.of(term), List.of()), data, List.of(new CalledRandom(term, RandomStructure.UNSTRUCTURED)),
            CalledResiduals.INDEPENDENT, settings.method() == Method.REML, settings.inference().dfMethod(),
            settings.inference().fixedCovariance(),
            Grouping.of(group)));
    }

    private boolean weighted() {
        return fit.data().statistics().weights() != null;
    }

    private String shownRows() {
        return fit.anova().mostRows() <= CovarianceTables.LARGEST_V ? ""
            : text(" The matrix V shows %d rows of group \"%s\".", CovarianceTables.LARGEST_V,
                fit.data().levels().get(CovarianceTables.largestGroup(fit)));
    }

    private String method() {
        return switch (fit.settings().method()) {
            case REML -> "REML: restricted maximum likelihood, variances not below 0";
            case ML -> "ML: maximum likelihood, variances not below 0";
            case ANOVA -> "ANOVA: method of moments, mean squares set to their expectations (Henderson's method I)";
        };
    }

    private String degreesOfFreedom() {
        return fit.settings().inference().words(method -> switch (method) {
            case SATTERTHWAITE -> "Satterthwaite" + (fit.moments() ? "" : ", observed information")
                + (fit.estimates().boundary() ? "; the variance at its bound is held fixed" : "");
            case KENWARD_ROGER -> "Kenward-Roger, expected information";
            case RESIDUAL -> "rows less one";
            default -> throw method.unknown();
        }, group);
    }

    private void likelihood() {
        final boolean restricted = fit.settings().method() == Method.REML;
        final LikelihoodFigures figures =
            new LikelihoodFigures(fit.estimates().minusTwoLogLikelihood(), 1, 2, fit.anova().rows());
        rows.likelihood(figures, fit.moments() ? "The method of moments maximises no likelihood; choose REML or ML."
            : restricted ? "Restricted." : "", fit.moments() ? "" : figures.counted(), fit.moments() ? ""
                : "n = rows used. " + figures.sas(restricted, fit.anova().groups(), "the number of groups"));
    }

    private void variances() {
        final VarianceEstimates e = fit.estimates();
        final double icc = fit.intraclassCorrelation();
        rows.fit("R2 Marginal", 0, "The mean has no predictors.");
        rows.fit("R2 Conditional", fit.negative() ? Double.NaN : icc,
            "Share of the variance that the groups account for.");
        intraclassCorrelation(icc);
        rows.fit("Residual Std. Deviation", fit.own(Math.sqrt(e.tau2()), 1),
            Remarks.rounding(fit));
        final double kish = fit.anova().sumOfSquaredSizes() / fit.anova().size();
        final double effect = 1 + (kish - 1) * icc;
        rows.fit("Design Effect (Kish)", effect > 0 ? effect : Double.NaN, text("1 + (m - 1) x intraclass "
            + "correlation, m = %s = sum of squared group sizes / rows: variance of the mean of all rows against that "
            + "of as many independent rows.%s", number(kish, 6), weighted() ? " Weights are added up in place of rows."
            : ""));
        rows.fit("Effective Sample Size", e.total() / e.meanVariance(),
            "Independent rows " + (weighted() ? "of weight 1 " : "")
                + "that would determine the mean as well: (sigma2 + tau2) / Var(mu).");
    }

    private void intraclassCorrelation(final double icc) {
        final IntraclassCorrelation untruncated =
            IntraclassCorrelation.of(fit.anova(), fit.classes(), fit.settings().inference().confidence());
        final IntraclassCorrelation bounds = fit.moments() ? untruncated : untruncated.truncated();
        final ProfileBounds exact = bounds.exact();
        final String name = INTRACLASS + group;
        rows.fit(name, icc, text("Correlation of two rows of a group, sigma2 / (sigma2 + tau2). %s %% "
            + "interval %s to %s (%s, exact), %s to %s (Thomas and Hultquist)%s.%s",
            number(fit.settings().inference().confidenceLevel(), 10), number(exact.lower(), 10),
            number(exact.upper(), 10),
            fit.classes().balanced() ? "Searle" : "Wald", number(bounds.approximate().lower(), 10),
            number(bounds.approximate().upper(), 10), fit.moments() ? "" : ", cut off at 0",
            exact.lower() < exact.upper() ? "" : " The exact interval is empty: groups differ even less than chance "
                + "alone explains, so that no correlation fits; its bounds are the end of the range."));
        rows.fit(name + " Lower Bound", exact.lower(), "");
        rows.fit(name + " Upper Bound", exact.upper(), "");
        final AnovaTable a = fit.anova();
        if (a.fewestRows() == a.mostRows() && !weighted()) {
            rows.addAll(RaterCorrelations.oneWay(group, a.mostRows(), a.meanSquareBetween(), a.dfBetween(),
                a.meanSquareWithin(), a.dfWithin(), fit.settings().inference().confidence()));
        } else {
            for (final String missing : List.of("ICC(1) ", "ICC(k) ")) {
                rows.fit(missing + group, Double.NaN, "Of ratings: for groups with the same number of rows, without"
                    + " weights. See " + name + ", whose interval is exact for any numbers.");
            }
        }
    }

    /** For a note: so many significant digits, no zeros behind them. */
    static String number(final double value, final int digits) {
        return Double.isFinite(value)
            ? new BigDecimal(value, new MathContext(digits)).stripTrailingZeros().toPlainString() : "missing";
    }

    private void sumsOfSquares() {
        final AnovaTable a = fit.anova();
        meanSquares("Sum of Squares", a.between(), a.within());
        meanSquares("Mean Square", a.meanSquareBetween(), a.meanSquareWithin());
    }

    private void meanSquares(final String name, final double between, final double within) {
        squares(name + " Between", between, fit.anova().dfBetween(), "Of the group means about the mean of all rows.");
        squares(name + " Within", within, fit.anova().dfWithin(), "Of the rows about their group means.");
    }

    private void squares(final String name, final double value, final double df, final String note) {
        rows.add(new FitStatisticRow(Category.FIT, name, fit.anova().unit().restore(value, 2), df, Double.NaN,
            Double.NaN, note));
    }

    private void diagnostics() {
        final VarianceEstimates e = fit.estimates();
        rows.outcome(Remarks.converged(fit), fit.moments() ? "Closed form." : Remarks.convergence(fit),
            e.sigma2() <= 0, Remarks.boundary(fit));
        rows.search(e.gradient(), fit.moments() ? ""
            : "Largest absolute derivative of -2 log likelihood in the logarithms of the variances"
                + (e.boundary() ? " that are not at their bound." : "."), e.iterations(), "", e.evaluations(),
            fit.moments() ? "" : "The ratio of the variances is first searched over a grid, since the likelihood may "
                + "have several maxima.");
        rows.diagnostic("Condition Number", 1, "Of the columns of the mean: there is the intercept only.");
        rows.diagnostic("Columns Left Out", 0, "");
    }
}
