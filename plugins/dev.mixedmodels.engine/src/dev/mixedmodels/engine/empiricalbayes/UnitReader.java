package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ArraySize;
import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.DesignBinder;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.UsedRows;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.Rows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Takes the units out of a table, a block after the other. Rows that lack the observation only are predicted; other
 * rows with a missing value are left out.
 *
 * @param columns which columns tell what of the units
 * @param used which rows are used, without covariates
 * @param binder applies the design of the prior mean; null without covariates
 * @param mean the prior mean, with the design of no row
 */
record UnitReader(UnitColumns columns, UsedRows used, DesignBinder binder, MeanDesign mean) implements Serializable {
    /**
     * @param block rows of the table
     * @param first place of the first of them in the table, by which units without a name are called
     * @return the units, one for each row
     * @throws ModelException if a count of observations or a sampling variance is not positive, or a value is missing
     *             and that is an error
     */
    Units units(final Frame block, final long first) {
        final ModelDesign design = binder == null ? null : binder.bind(block);
        return units(columns, mean, design, design == null ? used.in(block) : design.rows(), first);
    }

    /**
     * Takes units out of another table than the prior was estimated from.
     *
     * @param columns which columns told what of the units
     * @param design the mean over the rows of the table; null for an intercept alone
     * @param rows which rows are observed, which are complete without an observation
     * @return the units, one for each row of the table
     * @throws ModelException if a count of observations or a sampling variance is not positive
     */
    static Units of(final UnitColumns columns, final ModelDesign design, final ModelFrame rows) {
        return units(columns, design == null ? MeanDesign.INTERCEPT
            : new MeanDesign(design.fixed().allNames(), design.fixed().kept(), null, Map.of()), design, rows, 0);
    }

    private static Units units(final UnitColumns columns, final MeanDesign mean, final ModelDesign design,
        final ModelFrame rows, final long first) {
        final Frame frame = rows.frame();
        final String frequency = columns.frequency();
        final Column y = frame.numeric(columns.observed());
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
                precisions[row] = precision(columns, frame, row);
                if (frequencies != null) {
                    frequencies[row] = frame.numeric(frequency).value(row);
                }
            }
        }
        final boolean named = columns.unit() != null && frame.has(columns.unit());
        return new Units(named ? columns.unit() : Units.ROW, named ? labels(frame.column(columns.unit()))
            : row -> Long.toString(first + row + 1), values, precisions,
            design == null ? mean : mean.with(matrix(design.fixed(), frame.rows())), usable, frequencies);
    }

    private static double precision(final UnitColumns columns, final Frame frame, final int row) {
        final String precision = columns.precision();
        if (precision == null) {
            return columns.commonStandardError();
        }
        final double value = frame.numeric(precision).value(row);
        if (columns.isVariance()) {
            if (!(value >= 0)) {
                throw ModelException.of("Row ", new ModelException.Row(row), ": the sampling variance in column \""
                    + precision + "\" is " + Words.number(value) + "; it must be positive, or 0 where the estimate is "
                    + "the true value itself.");
            }
            return Math.sqrt(value);
        }
        if (Double.isNaN(columns.pooledVariance())) {
            return value;
        }
        if (!(value > 0)) {
            throw ModelException.of("Row ", new ModelException.Row(row), ": the number of observations in column \""
                + precision + "\" is " + Words.number(value) + "; it must be positive, for the standard error is the "
                + "root of pooled variance over it.");
        }
        return Math.sqrt(columns.pooledVariance() / value);
    }

    private static double[] matrix(final FixedDesign design, final int rows) {
        final int p = design.columns();
        final double[] x = new double[ArraySize.of(rows, p)];
        final double[] row = new double[p];
        for (int i = 0; i < rows; i++) {
            design.row(i, row);
            System.arraycopy(row, 0, x, i * p, p);
        }
        return x;
    }

    private static IntFunction<String> labels(final Column column) {
        if (column instanceof NominalColumn nominal) {
            return row -> nominal.missing(row) ? "" : nominal.text(row);
        }
        return row -> column.missing(row) ? "" : column instanceof IntegerColumn whole
            ? Long.toString(whole.exact(row)) : Double.toString(column.value(row));
    }
}
