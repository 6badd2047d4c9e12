package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;
import java.util.List;

/** What is to be said of the random part of a formula. */
final class RandomRemarks {
    private RandomRemarks() {
    }

    static void add(final VariableTable table, final Warnings warnings) {
        slopes(table.stored().formula(), warnings);
        correlatedLevels(table.stored().formula(), table, warnings);
    }

    private static void slopes(final Formula formula, final Warnings warnings) {
        for (final RandomTerm term : formula.random()) {
            for (final Term slope : term.effects().terms()) {
                if (formula.fixed().terms().stream().noneMatch(mean -> Spans.holds(mean, slope))) {
                    warnings.add("The random slope " + slope + " of \"" + term.grouping().name() + "\" has no fixed"
                        + " counterpart, so that its mean is taken to be 0. Add " + slope + " to the fixed effects.");
                }
            }
        }
    }

    /** The levels of a factor are one term, so that || leaves them correlated. */
    private static void correlatedLevels(final Formula formula, final VariableTable table, final Warnings warnings) {
        for (final RandomTerm term : formula.random()) {
            for (final Term slope : term.effects().terms()) {
                final List<String> factors = slope.variables().stream().filter(table::isFactor)
                    .map(Variable::toString).toList();
                if (!term.correlated() && !factors.isEmpty()) {
                    warnings.add("In " + term + " the double bar makes the effects of different terms independent, but "
                        + "those of the levels of " + String.join(", ", factors)
                        + " stay correlated with one another, as in lme4. For independent ones use a column of 0 and 1 "
                        + "for each level."
                        + interceptAmongLevels(term, table));
                } else if (!term.correlated() && slope.variables().stream().anyMatch(v -> v.size() > 1)) {
                    warnings.add("In " + term + " the double bar makes the effects of different terms independent, but "
                        + "those of the columns of " + slope + " stay correlated with one another, as in lme4.");
                }
            }
        }
    }

    /**
     * An intercept that || sets beside all levels of a factor adds its variance to each of their variances and
     * covariances, which are free already.
     */
    static String interceptAmongLevels(final RandomTerm term, final VariableTable table) {
        final boolean levels = term.effects().terms().stream()
            .anyMatch(slope -> slope.variables().size() == 1 && slope.variables().stream().allMatch(table::isFactor));
        return !levels || term.correlated() || !term.effects().intercept() ? ""
            : " The variance of (Intercept) cannot be told from theirs, whatever the data: write 0 in place of the 1.";
    }
}
