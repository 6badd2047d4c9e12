package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.RandomTerm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that tell units apart (subjects, groups, levels) are no fixed effects: with a coefficient for every unit
 * nothing is left of the variation between units, and their variance is not determined.
 */
public final class UnitRoles {
    private UnitRoles() {
    }

    /**
     * @param formula a model
     * @param column a further column that tells units apart; null if there is none
     * @return all columns that do
     */
    public static Set<String> of(final Formula formula, final String column) {
        final Set<String> units = new HashSet<>();
        for (final RandomTerm term : formula.random()) {
            units.addAll(term.grouping().columns());
        }
        units.add(column);
        return units;
    }

    /**
     * @param formula a model, whose grouping columns tell units apart
     * @param column a further column that does; null if there is none
     * @param role what such a column is called: subject, level, unit
     * @throws ModelException if one stands in a term of the mean, alone, in an interaction or as a function of it
     */
    public static void requireNotFixed(final Formula formula, final String column, final String role) {
        final Set<String> units = of(formula, column);
        final List<String> both = formula.fixed().columns().stream().filter(units::contains).toList();
        if (!both.isEmpty()) {
            throw new ModelException("The column \"" + both.get(0) + "\" is a fixed effect and also the " + role
                + (both.size() > 1 ? "; so is \"" + String.join("\", \"", both.subList(1, both.size())) + "\"" : "")
                + ". Its units can differ by fixed coefficients or at random, not both. Take it out of the fixed "
                + "effects and interactions, or choose another column as " + role + ". For a trend over its numbers "
                + "make a copy of the column under another name.");
        }
    }
}
