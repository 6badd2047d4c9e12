package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.ModelFrame;
import java.util.HashMap;
import java.util.Map;

/** The variables of a model in other rows than those that it was fitted to: their levels are those of the fit. */
final class KnownVariables extends VariableTable {
    private final StoredDesign stored;
    private final Map<String, Factor> factors = new HashMap<>();
    private final Map<Grouping, Factor> groupings = new HashMap<>();

    KnownVariables(final StoredDesign stored, final ModelFrame rows) {
        super(rows, stored.options());
        this.stored = stored;
    }

    @Override
    int firstVisit(final Factor visits) {
        return stored.factor(visits.name()).first();
    }

    @Override
    synchronized Factor factor(final String column) {
        return factors.computeIfAbsent(column,
            name -> Factor.known(rows().frame().column(name), stored.factor(name).levels()));
    }

    @Override
    synchronized Factor grouping(final Grouping grouping) {
        final Factor known = groupings.get(grouping);
        if (known != null) {
            return known;
        }
        Factor factor = factor(grouping.columns().get(0));
        for (int i = 1; i < grouping.columns().size(); i++) {
            final StoredDesign.Combinations found =
                stored.combinations(new Grouping(grouping.columns().subList(0, i + 1), grouping.separators().substring(0, i)));
            factor = Factor.known(factor, grouping.separators().substring(i - 1, i), factor(grouping.columns().get(i)),
                found.outer(), found.inner());
        }
        groupings.put(grouping, factor);
        return factor;
    }

    @Override
    ColumnSummary summary(final String column) {
        return stored.summary(column);
    }

    @Override
    double[] shares(final Factor factor) {
        return stored.factor(factor.name()).shares();
    }

    /** Not checked: a row in which the function does not exist has no prediction. */
    @Override
    Piece.Number number(final Variable variable) {
        return new Piece.Number(variable, rows().frame().numeric(variable.column()));
    }
}
