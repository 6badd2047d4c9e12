package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.FormulaBuilder;
import dev.mixedmodels.engine.formula.Variable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a table tell what of the units.
 *
 * @param unit names the units; null to number the rows
 * @param observed estimate, count of events or successes
 * @param precision standard error or its square, exposure or trials, or the count that standard errors are made of;
 *            null if all units have the same standard error
 * @param commonStandardError standard error of all units where precision is null, else NaN
 * @param pooledVariance variance of a single observation, where precision counts observations: standard error =
 *            sqrt(variance / count); else NaN
 * @param isVariance whether precision is the square of a standard error
 * @param covariates columns of the prior mean
 * @param mean the prior mean as a formula of the observed column in these covariates; null for their main effects
 * @param frequency how many units with the same data a row stands for; null for one each
 */
public record UnitColumns(String unit, String observed, String precision, double commonStandardError,
    double pooledVariance, boolean isVariance, List<String> covariates, Formula mean,
    String frequency) implements Serializable {

    /**
     * @param unit names the units; null to number the rows
     * @param observed estimate, count of events or successes
     * @param precision standard error, exposure or trials, or the count that standard errors are made of; null if all
     *            units have the same standard error
     * @param commonStandardError standard error of all units where precision is null, else NaN
     * @param pooledVariance variance of a single observation, where precision counts observations; else NaN
     * @param covariates columns of the prior mean
     */
    public UnitColumns(final String unit, final String observed, final String precision,
        final double commonStandardError, final double pooledVariance, final List<String> covariates) {
        this(unit, observed, precision, commonStandardError, pooledVariance, false, covariates, null, null);
    }

    /**
     * Reads the right-hand side of a formula.
     *
     * @param observed the column to the left
     * @param text such as {@code ablat * alloc}, with or without a tilde before it
     * @return the formula
     * @throws ModelException if the text is no such formula; the message marks the place
     */
    public static Formula parse(final String observed, final String text) {
        final String side = text.strip();
        final int tilde = side.indexOf('~');
        if (tilde > 0 && side.lastIndexOf('`', tilde) < 0) {
            throw new ModelException("The formula of the prior mean is the right-hand side only. Leave out \""
                + side.substring(0, tilde + 1) + "\".");
        }
        final Formula formula =
            Formula.parse(new Variable.Plain(observed) + (side.startsWith("~") ? " " : " ~ ") + side);
        if (!formula.random().isEmpty()) {
            throw new ModelException("The formula of the prior mean has the random term " + formula.random().get(0)
                + ". The units' deviations from their mean are the random effects of this model already; take the"
                + " term out.");
        }
        if (!formula.offsets().isEmpty()) {
            throw new ModelException("The formula of the prior mean has the offset " + formula.offsets().get(0)
                + ". Subtract it from the estimates before.");
        }
        if (!formula.fixed().intercept() && formula.fixed().terms().isEmpty()) {
            throw new ModelException("The formula of the prior mean has no term. For a mean that is known choose the"
                + " estimator \"Given\" and write it under \"Given prior mean\".");
        }
        return formula;
    }

    /**
     * @param formula the prior mean as a formula of the observed column
     * @return these columns with that mean
     */
    public UnitColumns withMean(final Formula formula) {
        return new UnitColumns(unit, observed, precision, commonStandardError, pooledVariance, isVariance,
            List.copyOf(formula.fixed().columns()), formula.fixed().terms().isEmpty() ? null : formula,
            frequency);
    }

    /**
     * @param column how many units with the same data a row stands for; null for one each
     * @return these columns with it
     */
    public UnitColumns withFrequency(final String column) {
        return new UnitColumns(unit, observed, precision, commonStandardError, pooledVariance, isVariance, covariates,
            mean, column);
    }

    /**
     * @return all columns that are used, each once
     */
    public Set<String> names() {
        final Set<String> names = new LinkedHashSet<>();
        names.add(observed);
        names.addAll(others());
        names.addAll(covariates);
        return names;
    }

    /** The columns beside the observed one and those of the mean. */
    List<String> others() {
        final List<String> others = new ArrayList<>();
        if (precision != null) {
            others.add(precision);
        }
        if (unit != null) {
            others.add(unit);
        }
        if (frequency != null) {
            others.add(frequency);
        }
        return others;
    }

    /**
     * @return all columns that tell something of a unit but its name and what was observed, each once
     */
    public Set<String> needed() {
        final Set<String> needed = new LinkedHashSet<>(covariates);
        if (precision != null) {
            needed.add(precision);
        }
        return needed;
    }

    /** The prior mean as a formula of the observed column. */
    Formula formula() {
        if (mean != null) {
            return mean;
        }
        final FormulaBuilder formula = new FormulaBuilder(observed);
        covariates.forEach(formula::fixed);
        return formula.build();
    }
}
