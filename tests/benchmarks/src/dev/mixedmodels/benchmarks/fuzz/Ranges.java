package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.standin.run.TableView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DoubleValue;

/** What must hold of every figure of the output tables, whatever the input. */
final class Ranges {
    private static final Set<String> DEGREES = Set.of("df", "Num df", "Den df");
    private static final Set<String> PROBABILITIES =
        Set.of("p-value", "Naive p-value", "Adjusted p-value", "P(theta > threshold)", "Reliability", "Shrinkage");
    private static final String[] MIDDLES = {"Estimate", "BLUP"};

    private final List<String> faults = new ArrayList<>();
    /**
     * Whether an interval need not hold its estimate: the node says that they come from different methods and disagree, or
     * percentiles are of a few replicates.
     */
    private final boolean disagree;

    private Ranges(final Trial trial, final Outcome outcome) {
        disagree = trial.is("varianceIntervals", "BOOTSTRAP")
            || outcome.messages().stream().anyMatch(message -> message.contains("The interval of tau2"));
    }

    /** What is out of its range, in words. */
    static List<String> faults(final Trial trial, final Outcome outcome) {
        final Ranges ranges = new Ranges(trial, outcome);
        for (int output = 0; output < outcome.tables().size(); output++) {
            ranges.table(output + 1, outcome.view(output));
        }
        ranges.modelFit(outcome, trial.data().rows());
        final int fitted = outcome.view(Outcome.MODEL_FIT + 1).rows();
        ranges.check(fitted == (trial.is("fittedValues", "NONE") ? 0 : trial.data().rows()), "table 6, rows", fitted);
        return ranges.faults;
    }

    private void table(final int output, final TableView table) {
        for (int row = 0; row < table.rows(); row++) {
            for (final String column : table.columns()) {
                final DataCell cell = table.cell(row, column);
                if (cell instanceof DoubleValue number) {
                    cell(place(output, table, row, column), column, number.getDoubleValue());
                }
            }
            order(output, table, row);
            variance(output, table, row);
        }
    }

    private static String place(final int output, final TableView table, final int row, final String column) {
        final StringBuilder texts = new StringBuilder();
        for (final String text : table.columns()) {
            if (!text.equals("Note") && !(table.cell(row, text) instanceof DoubleValue)) {
                texts.append(' ').append(table.text(row, text));
            }
        }
        return "table " + output + ", row" + texts + ", " + column;
    }

    private void cell(final String place, final String column, final double value) {
        final boolean degrees = DEGREES.contains(column);
        check(degrees ? !Double.isNaN(value) : Double.isFinite(value), place, value);
        // a hypothesis of which nothing can be estimated has none
        check(!degrees || value > 0 || column.equals("Num df") && value == 0, place, value);
        check(!PROBABILITIES.contains(column) || value >= 0 && value <= 1, place, value);
        check(!column.equals("Correlation") || Math.abs(value) <= 1, place, value);
        check(!column.contains("Std. ") && !column.equals("Design Effect") || value >= 0, place, value);
    }

    private void check(final boolean holds, final String place, final double value) {
        if (!holds) {
            faults.add(place + " = " + value);
        }
    }

    private static double number(final TableView table, final int row, final String column) {
        return table.columns().contains(column) ? table.number(row, column) : Double.NaN;
    }

    private void order(final int output, final TableView table, final int row) {
        final double lower = number(table, row, "Lower Bound");
        final double upper = number(table, row, "Upper Bound");
        check(!(lower > upper), place(output, table, row, "Lower Bound above " + upper), lower);
        for (final String middle : MIDDLES) {
            final double value = number(table, row, middle);
            check(!(value < lower) && !(value > upper) || disagree && output == 2,
                place(output, table, row, middle + " outside " + lower + " to " + upper), value);
        }
    }

    private void variance(final int output, final TableView table, final int row) {
        if (table.columns().containsAll(List.of("Parameter", "Estimate"))) {
            final String parameter = table.text(row, "Parameter");
            final double value = table.number(row, "Estimate");
            final boolean correlation = parameter.startsWith("Corr(") || parameter.startsWith("rho");
            check(!correlation || !(Math.abs(value) > 1), place(output, table, row, "Estimate"), value);
            // a variance by the method of moments may be negative; its standard deviation is then missing
            final boolean negative = parameter.startsWith("Var(") && value < 0;
            check(!negative || table.isMissing(row, "Std. Deviation"), place(output, table, row, "Estimate"), value);
        }
        if (table.columns().contains("Matrix") && table.text(row, "Row").equals(table.text(row, "Column"))) {
            final double value = table.number(row, "Covariance");
            check(!(value < 0) || table.isMissing(row, "Correlation"), place(output, table, row, "Covariance"), value);
        }
    }

    private void modelFit(final Outcome outcome, final int rows) {
        final TableView fit = outcome.view(Outcome.MODEL_FIT);
        for (int row = 0; row < fit.rows(); row++) {
            final String name = fit.text(row, "Statistic");
            final double value = fit.number(row, "Value");
            check(!name.startsWith("R2 ") || !(value < 0) && !(value > 1), "Model fit, " + name, value);
            check(!Set.of("Converged", "Singular").contains(name) || value == 0 || value == 1, "Model fit, " + name,
                value);
        }
        check(outcome.statistic("Rows Used") + outcome.statistic("Rows Left Out") == rows
            || Double.isNaN(outcome.statistic("Rows Used")), "Model fit, Rows Used", outcome.statistic("Rows Used"));
    }
}
