package dev.mixedmodels.benchmarks.fuzz;

import dev.mixedmodels.benchmarks.fuzz.Relation.Change;
import dev.mixedmodels.standin.run.TableView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the fit of a trial with that of a changed one, where both reached their maximum. */
final class Comparison {
    /** Of the -2 log likelihood, relative or absolute, whichever is looser, as against reference fits. */
    private static final double LIKELIHOOD = 1e-9;
    /** Of fitted values, as a share of the response's range: what estimates may change by when the table does. */
    private static final double FITTED = 1e-7;
    /** Of the logarithm of a p-value: degrees of freedom are good to 1e-3. Those below the second count as equal. */
    private static final double LOG_P = 1e-3;
    private static final double SMALL = 1e-10;

    private final Trial trial;
    private final Outcome before;
    private final Change change;
    private final Outcome after;
    private final List<String> faults = new ArrayList<>();

    private Comparison(final Trial trial, final Outcome before, final Change change, final Outcome after) {
        this.trial = trial;
        this.before = before;
        this.change = change;
        this.after = after;
    }

    /** What differs though it must not, in words. */
    static List<String> faults(final Trial trial, final Outcome before, final Change change, final Outcome after) {
        final Comparison comparison = new Comparison(trial, before, change, after);
        if (after.isOk()) {
            comparison.compare();
        } else {
            comparison.faults.add("fails: " + after.root());
        }
        return comparison.faults;
    }

    /** Whether an outcome is a maximum that the data determine, so that another way to it must lead there. */
    static boolean isComparable(final Trial trial, final Outcome outcome) {
        return outcome.isOk() && outcome.statistic("Converged") != 0 && !trial.is("prior", "NONPARAMETRIC")
            && !String.join(" ", outcome.messages()).contains("hardly changes")
            && !(trial.node().has("structure") && outcome.statistic("Singular") == 1); // V is singular at infinity only
    }

    private void compare() {
        if (after.statistic("Converged") == 0) {
            return; // it says so itself, and its figures are those of no maximum
        }
        if (change.likelihood()) {
            likelihood();
        }
        fitted();
        if (before.statistic("Singular") == after.statistic("Singular")) {
            tests();
        }
    }

    private void likelihood() {
        final double first = before.statistic("-2 Log Likelihood");
        final double second = after.statistic("-2 Log Likelihood");
        final double log = 2 * Math.log(change.factor());
        final double n = before.statistic("Rows Used");
        final TableView effects = before.view(0);
        int p = 0;
        for (int row = 0; row < effects.rows(); row++) {
            p += effects.isMissing(row, "Estimate") ? 0 : 1;
        }
        // of all rows, or of the rows less the coefficients where it is restricted
        final double difference =
            Math.min(Math.abs(second - first - n * log), Math.abs(second - first - (n - p) * log));
        if (difference > LIKELIHOOD * Math.max(1, Math.max(Math.abs(first), Math.abs(second)))) {
            faults.add("-2 Log Likelihood " + first + " against " + second + " (factor " + change.factor() + ")");
        }
    }

    private void fitted() {
        final String name = trial.node().has("unit") ? "estimate" : "y";
        final double spread = trial.is("family", "POISSON_GAMMA", "BETA_BINOMIAL") ? 1
            : Spread.of(trial.data().column(name));
        for (final String column : new String[] {"Fitted (marginal)", "Fitted (conditional)"}) {
            final double[] first = before.view(Outcome.MODEL_FIT + 1).numbers(column);
            final double[] second = after.view(Outcome.MODEL_FIT + 1).numbers(column);
            for (int row = 0; row < second.length; row++) {
                final double expected = first[change.order() == null ? row : change.order()[row]];
                final double found = (second[row] - change.shift()) / change.factor();
                if (Math.abs(found - expected) > FITTED * spread || Double.isNaN(found) != Double.isNaN(expected)) {
                    faults.add(column + " of row " + row + ": " + expected + " against " + found);
                    return;
                }
            }
        }
    }

    private static Map<String, Double> pValues(final Outcome outcome) {
        final Map<String, Double> tests = new LinkedHashMap<>();
        final TableView fit = outcome.view(Outcome.MODEL_FIT);
        for (int row = 0; row < fit.rows(); row++) {
            if (fit.text(row, "Statistic").startsWith("Fixed ")) {
                tests.put(fit.text(row, "Statistic"), fit.number(row, "p-value"));
            }
        }
        return tests;
    }

    private void tests() {
        final Map<String, Double> second = pValues(after);
        pValues(before).forEach((test, p) -> {
            final double other = second.getOrDefault(test, Double.NaN);
            final boolean same = Double.isNaN(p) ? Double.isNaN(other)
                : p < SMALL && other < SMALL || Math.abs(Math.log(p / other)) <= LOG_P;
            if (!same) {
                faults.add(test + ", p-value: " + p + " against " + other);
            }
        });
    }
}
