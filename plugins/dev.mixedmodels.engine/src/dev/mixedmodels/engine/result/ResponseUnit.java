package dev.mixedmodels.engine.result;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The unit in which a model is computed, a power of two near the size of its response, and the way of the tables back
 * to the response's own unit. So no square of a response overflows or vanishes, and figures without a unit are the
 * same, digit for digit, whatever power of two the response is multiplied with. A variance that is not a normal double
 * in the response's own unit is missing there.
 *
 * @param exponent the unit is 2 to this power
 */
public record ResponseUnit(int exponent) {
    /** How the name of a covariance parameter begins, after the group that it may belong to. */
    private static final Pattern KIND = Pattern.compile("(?:^|: )(Var\\(|Cov\\(|Corr\\(|gamma$|c$)");

    /**
     * @param unit a power of two
     * @return it as a unit
     */
    public static ResponseUnit of(final double unit) {
        return new ResponseUnit(Math.getExponent(unit));
    }

    /**
     * @param x a response in this unit
     * @return in its own unit
     */
    public double back(final double x) {
        return back(x, 1);
    }

    /**
     * @param x a product of so many responses in this unit
     * @param power how many
     * @return in their own unit; NaN if that is no normal number
     */
    public double back(final double x, final int power) {
        final double y = Math.scalb(x, power * exponent);
        final boolean lost = Double.isFinite(x) && x != 0
            && (Double.isInfinite(y) || power > 1 && Math.abs(y) < Double.MIN_NORMAL);
        return lost ? Double.NaN : y;
    }

    /**
     * @param n number of responses that a -2 log likelihood is of, less those that REML takes away
     * @return what is added to it for the response's own unit
     */
    public double criterion(final double n) {
        return 2 * n * exponent * Math.log(2);
    }

    /**
     * @param tables in this unit, but for the likelihoods
     * @return in the response's own unit
     */
    public ModelTables back(final ModelTables tables) {
        return new ModelTables(tables.fixedEffects().stream().map(this::back).toList(),
            tables.covarianceParameters().stream().map(this::back).toList(), each(tables.blups(), this::back),
            each(tables.covarianceMatrices(), this::back), tables.modelFit().stream().map(this::back).toList(),
            each(tables.means(), this::back), tables.course().stream().map(this::back).toList(), tables.influence());
    }

    /**
     * @param column the response
     * @param residual the residual variance in this unit
     * @return a sentence if variances are no normal numbers in the response's own unit
     */
    public Optional<String> remark(final String column, final double residual) {
        return Double.isFinite(back(residual, 2)) ? Optional.empty() : Optional.of("The values of \"" + column
            + "\" are so " + (exponent > 0 ? "large" : "small") + " that their squares are not in the range of "
            + "numbers. Variances are missing in the tables; all else is right. Change the unit of the column to have "
            + "them.");
    }

    private static <T> Iterable<T> each(final Iterable<T> rows, final UnaryOperator<T> back) {
        return () -> iterator(rows, back);
    }

    private static <T> Iterator<T> iterator(final Iterable<T> rows, final UnaryOperator<T> back) {
        return StreamSupport.stream(rows.spliterator(), false).map(back).iterator();
    }

    /**
     * @param row in this unit
     * @return in the response's own
     */
    public FittedRow back(final FittedRow row) {
        return new FittedRow(back(row.marginal()), back(row.conditional()), back(row.residual()), row.pearson(),
            row.normalized());
    }

    private FixedEffectRow back(final FixedEffectRow row) {
        return new FixedEffectRow(row.term(), back(row.estimate()), back(row.stdError()), row.df(), row.t(),
            row.pValue(), back(row.lower()), back(row.upper()), back(row.naiveEstimate()), back(row.naiveStdError()),
            row.naivePValue(), row.designEffect());
    }

    private CovarianceParameterRow back(final CovarianceParameterRow row) {
        final int power = power(row.parameter());
        return new CovarianceParameterRow(row.group(), row.parameter(), back(row.estimate(), power),
            back(row.stdError(), power), back(row.lower(), power), back(row.upper(), power), back(row.stdDeviation()),
            row.correlation(), row.share(), row.onBoundary());
    }

    /**
     * @param row in this unit
     * @return in the response's own
     */
    public BlupRow back(final BlupRow row) {
        return new BlupRow(row.group(), row.level(), row.effect(), back(row.blup()), back(row.stdError()),
            back(row.conditionalStdDev()), back(row.lower()), back(row.upper()), back(row.coefficient()),
            back(row.coefficientStdError()), row.n(), row.reliability());
    }

    private CovarianceEntryRow back(final CovarianceEntryRow row) {
        final int power =
            row.matrix().equals("Covariance parameters") ? power(row.row()) + power(row.column()) : 2;
        return new CovarianceEntryRow(row.matrix(), row.block(), row.row(), row.column(),
            back(row.covariance(), power), row.correlation());
    }

    private FitStatisticRow back(final FitStatisticRow row) {
        return row.statistic().equals("Residual Std. Deviation")
            ? FitStatisticRow.of(row.category(), row.statistic(), back(row.value()), row.note()) : row;
    }

    /**
     * @param row a row of means in this unit
     * @return the same in that of the response
     */
    public MeansRow back(final MeansRow row) {
        return new MeansRow(row.type(), row.term(), row.level(), row.against(), row.at(), back(row.estimate()),
            back(row.stdError()), row.df(), row.t(), row.pValue(), back(row.lower()), back(row.upper()),
            row.adjustedPValue());
    }

    /**
     * @param parameter name of a covariance parameter
     * @return how many responses it is a product of: none for a correlation
     */
    public static int power(final String parameter) {
        final Matcher kind = KIND.matcher(parameter);
        return kind.find() && !kind.group(1).equals("Corr(") ? 2 : 0;
    }
}
