package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.design.UnitRoles;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.FormulaBuilder;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.peer.CalledData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

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
    String frequency) {

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

    private List<String> others() {
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
     * Takes the units out of a table. Rows that lack the observation only are predicted; other rows with a missing
     * value are left out.
     *
     * @param frame the table
     * @param options coding, order of levels, what to do with missing values
     * @param progress asked whether the user cancelled
     * @param warnings told what was left out
     * @return the units, one for each row of the table
     * @throws ModelException if a column is missing or has the wrong type, or a count of observations is not positive
     */
    public Units read(final Frame frame, final DesignOptions options, final Progress progress,
        final Warnings warnings) {
        frame.numeric(observed);
        final ModelFrame rows;
        final MeanDesign mean;
        final CalledData data;
        if (covariates.isEmpty()) {
            rows = ModelFrame.of(frame, observed, others(), options.missing());
            if (rows.counts().leftOut() > 0) {
                warnings.add(rows.counts().message() + ".");
            }
            mean = MeanDesign.INTERCEPT;
            data = CalledData.plain(List.copyOf(names()), rows.counts().leftOut(), null);
        } else {
            final Formula model = formula();
            UnitRoles.requireNotFixed(model, unit, "unit");
            final ModelDesign design = ModelDesign.of(frame, model,
                options.withAlsoUsed(others().toArray(String[]::new)), progress, warnings);
            rows = design.rows();
            mean = mean(design, frame.rows());
            data = CalledData.of(design, List.of(), List.of());
        }
        return units(frame, rows, mean, labels(frame), new Units.Source(this, data));
    }

    private Units units(final Frame frame, final ModelFrame rows, final MeanDesign mean,
        final IntFunction<String> labels, final Units.Source source) {
        final Column y = frame.numeric(observed);
        final double[] values = new double[frame.rows()];
        final double[] precisions = new double[frame.rows()];
        Arrays.fill(values, Double.NaN);
        Arrays.fill(precisions, Double.NaN);
        final double[] frequencies = frequency == null || !frame.has(frequency) ? null : new double[frame.rows()];
        final boolean[] usable = new boolean[frame.rows()];
        for (final Rows part : List.of(rows.fitted(), rows.predicted())) {
            for (int i = 0; i < part.size(); i++) {
                final int row = part.row(i);
                usable[row] = true;
                values[row] = part == rows.fitted() ? y.value(row) : Double.NaN;
                precisions[row] = precision(frame, row);
                if (frequencies != null) {
                    frequencies[row] = frame.numeric(frequency).value(row);
                }
            }
        }
        return new Units(unit == null || !frame.has(unit) ? Units.ROW : unit, labels, values, precisions, mean,
            usable, frequencies, source);
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

    /**
     * Takes units out of another table than the prior was estimated from.
     *
     * @param design the mean over the rows of the table; null for an intercept alone
     * @param rows which rows are observed, which are complete without an observation
     * @return the units, one for each row of the table
     * @throws ModelException if a count of observations or a sampling variance is not positive
     */
    Units readNew(final ModelDesign design, final ModelFrame rows) {
        final Frame frame = rows.frame();
        return units(frame, rows, design == null ? MeanDesign.INTERCEPT : known(design, frame.rows()),
            unit == null || !frame.has(unit) ? row -> Integer.toString(row + 1) : labels(frame), null);
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

    private double precision(final Frame frame, final int row) {
        if (precision == null) {
            return commonStandardError;
        }
        final double value = frame.numeric(precision).value(row);
        if (isVariance) {
            if (!(value >= 0)) {
                throw ModelException.of("Row ", new ModelException.Row(row), ": the sampling variance in column \""
                    + precision + "\" is " + Words.number(value) + "; it must be positive, or 0 where the estimate is the"
                    + " true value itself.");
            }
            return Math.sqrt(value);
        }
        if (Double.isNaN(pooledVariance)) {
            return value;
        }
        if (!(value > 0)) {
            throw ModelException.of("Row ", new ModelException.Row(row), ": the number of observations in column \""
                + precision + "\" is " + Words.number(value) + "; it must be positive, for the standard error is the "
                + "root of pooled variance over it.");
        }
        return Math.sqrt(pooledVariance / value);
    }

    private static MeanDesign mean(final ModelDesign model, final int rows) {
        final FixedDesign design = model.fixed();
        final Map<String, double[][]> hypotheses = new LinkedHashMap<>();
        for (int term = 0; term < design.terms().size(); term++) {
            hypotheses.put(design.terms().get(term), design.typeThree(term));
        }
        return new MeanDesign(design.allNames(), design.kept(), matrix(design, rows), hypotheses, StoredDesign.of(model));
    }

    private static MeanDesign known(final ModelDesign model, final int rows) {
        return new MeanDesign(model.fixed().allNames(), model.fixed().kept(), matrix(model.fixed(), rows), Map.of());
    }

    private static double[] matrix(final FixedDesign design, final int rows) {
        final int p = design.columns();
        final double[] x = new double[rows * p];
        final double[] row = new double[p];
        for (int i = 0; i < rows; i++) {
            design.row(i, row);
            System.arraycopy(row, 0, x, i * p, p);
        }
        return x;
    }

    private IntFunction<String> labels(final Frame frame) {
        if (unit == null) {
            return row -> Integer.toString(row + 1);
        }
        final Column column = frame.column(unit);
        if (column instanceof NominalColumn nominal) {
            return row -> nominal.missing(row) ? "" : nominal.text(row);
        }
        return row -> column.missing(row) ? "" : column instanceof IntegerColumn whole
            ? Long.toString(whole.exact(row)) : Double.toString(column.value(row));
    }
}
