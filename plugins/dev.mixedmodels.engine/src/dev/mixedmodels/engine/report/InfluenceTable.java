package dev.mixedmodels.engine.report;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.Deletion;
import dev.mixedmodels.engine.inference.Deletions;
import dev.mixedmodels.engine.numeric.Cholesky;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Parallel;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** The table Influence: what each unit of independent rows does to a fit, in long form. */
public final class InfluenceTable {
    /** Units that one task leaves out. */
    private static final int CHUNK = 64;
    private static final List<String> WHOLE =
        List.of(InfluenceRow.COOK, InfluenceRow.MDFFITS, InfluenceRow.COVARIANCE_RATIO, InfluenceRow.LEVERAGE);

    /**
     * The units.
     *
     * @param group what they are levels of
     * @param levels their names
     * @param rows their numbers of rows
     */
    public record Units(String group, IntFunction<String> levels, IntUnaryOperator rows) {
    }

    /**
     * A fit to all rows, in the coordinates of its {@link Deletion}s.
     *
     * @param beta coefficients, length p
     * @param phi their model-based covariance, p x p row-major
     * @param coefficients names of the estimated coefficients of X
     * @param back what they are of changes of beta, one row each
     * @param parameters names of the covariance parameters
     * @param values their estimates
     * @param unit of the response
     */
    public record Fit(double[] beta, double[] phi, List<String> coefficients, double[][] back, List<String> parameters,
        double[] values, ResponseUnit unit) {
    }

    private final Fit fit;
    private final Units units;
    private final int width;
    /** Whether a single unit would be left, which does not tell how much units differ. */
    private final boolean oneLeft;
    private final double[] root;
    private final double[] figures;

    private InfluenceTable(final Fit fit, final Units units, final int size) {
        this.fit = fit;
        this.units = units;
        width = WHOLE.size() + 2 * fit.coefficients.size() + fit.parameters.size();
        oneLeft = size == 2 && fit.parameters.stream().anyMatch(name -> name.startsWith(units.group + ": "));
        root = fit.phi.clone();
        Cholesky.factor(root, fit.beta.length);
        figures = new double[Math.multiplyExact(size, width)];
        Arrays.fill(figures, Double.NaN);
    }

    /**
     * Leaves out every unit.
     *
     * @param deletions the fits without a unit
     * @param fit the fit to all rows
     * @param units the units
     * @param progress of the work
     * @param warnings told of units without which the model is not determined
     * @return the rows of the table, unit by unit
     */
    public static List<InfluenceRow> of(final Deletions deletions, final Fit fit, final Units units,
        final Progress progress, final Warnings warnings) {
        final int size = deletions.size();
        final InfluenceTable table = new InfluenceTable(fit, units, size);
        final AtomicInteger done = new AtomicInteger();
        Parallel.forEach((size + CHUNK - 1) / CHUNK, chunk -> {
            final Deletions.Worker worker = deletions.worker(progress);
            for (int unit = chunk * CHUNK; unit < Math.min(size, (chunk + 1) * CHUNK); unit++) {
                table.fill(unit, worker.without(unit));
                final int count = done.incrementAndGet();
                if (count % CHUNK == 0) {
                    progress.report((double) count / size, "Influence of units");
                }
            }
        });
        table.warn(size, warnings);
        return table.rows();
    }

    private void fill(final int unit, final Deletion deletion) {
        final int at = unit * width;
        figures[at + WHOLE.indexOf(InfluenceRow.LEVERAGE)] = deletion.leverage();
        if (deletion.beta() == null || oneLeft) {
            return;
        }
        final int p = fit.beta.length;
        final double[] shift = new double[p];
        Arrays.setAll(shift, j -> deletion.beta()[j] - fit.beta[j]);
        final double[] without = deletion.phi().clone();
        if (Cholesky.factor(without, p)) {
            figures[at] = distance(root, shift);
            figures[at + 1] = distance(without, shift);
            figures[at + 2] = Math.exp(Cholesky.logDeterminant(without, p) - Cholesky.logDeterminant(root, p));
        }
        final double[][] phi = Matrices.square(deletion.phi(), p);
        int to = at + WHOLE.size();
        for (final double[] row : fit.back) {
            final double change = Matrices.dot(row, shift);
            figures[to++] = fit.unit.back(change);
            figures[to++] = change / Math.sqrt(Matrices.bilinear(phi, row, row));
        }
        for (int k = 0; k < fit.values.length; k++) {
            figures[to++] = fit.unit.back(deletion.parameters()[k] - fit.values[k],
                ResponseUnit.power(fit.parameters.get(k)));
        }
    }

    /** shift'(LL')^-1 shift / p. */
    private static double distance(final double[] l, final double[] shift) {
        final double[] x = shift.clone();
        Cholesky.solveLower(l, x.length, x);
        return Matrices.dot(x, x) / x.length;
    }

    private void warn(final int size, final Warnings warnings) {
        int first = -1;
        int count = 0;
        for (int unit = 0; unit < size; unit++) {
            if (Double.isNaN(figures[unit * width]) && fit.beta.length > 0) {
                first = first < 0 ? unit : first;
                count++;
            }
        }
        if (count > 0) {
            warnings.add("Without the level \"" + units.levels.apply(first) + "\" of \"" + units.group + "\""
                + (count == 1 ? "" : " (or one of " + (count - 1) + " more)")
                + " the model is not determined: its influence is missing but for the leverage.");
        }
    }

    private List<InfluenceRow> rows() {
        return new AbstractList<>() {
            @Override
            public int size() {
                return figures.length;
            }

            @Override
            public InfluenceRow get(final int index) {
                final int unit = index / width;
                final int figure = index % width;
                final int coefficient = (figure - WHOLE.size()) / 2;
                final boolean whole = figure < WHOLE.size();
                final boolean mean = !whole && coefficient < fit.coefficients.size();
                final String measure = whole ? WHOLE.get(figure)
                    : mean && (figure - WHOLE.size()) % 2 == 1 ? InfluenceRow.STANDARDIZED_CHANGE : InfluenceRow.CHANGE;
                final String parameter = whole ? null : mean ? fit.coefficients.get(coefficient)
                    : fit.parameters.get(figure - WHOLE.size() - 2 * fit.coefficients.size());
                return new InfluenceRow(units.group, units.levels.apply(unit), units.rows.applyAsInt(unit), measure,
                    parameter, figures[index]);
            }
        };
    }
}
