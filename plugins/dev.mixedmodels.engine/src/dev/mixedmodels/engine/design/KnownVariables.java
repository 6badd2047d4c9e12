package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.ModelFrame;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The variables of a model in other rows than those that it was fitted to: their levels are those of the fit. */
final class KnownVariables extends VariableTable {
    private final DesignBinder binder;
    private final StoredDesign stored;
    private final Map<String, Factor> factors = new HashMap<>();
    private final Map<Grouping, Factor> groupings = new HashMap<>();

    KnownVariables(final DesignBinder binder, final ModelFrame rows) {
        super(rows, binder.stored().options());
        this.binder = binder;
        stored = binder.stored();
    }

    @Override
    int firstVisit(final Factor visits) {
        return stored.factor(visits.name()).first();
    }

    @Override
    synchronized Factor factor(final String column) {
        return factors.computeIfAbsent(column, name -> binder.factor(rows().frame(), name));
    }

    @Override
    synchronized Factor grouping(final Grouping grouping) {
        return groupings.computeIfAbsent(grouping, g -> binder.grouping(rows().frame(), g));
    }

    @Override
    ColumnSummary summary(final String column) {
        return stored.summary(column);
    }

    @Override
    double[] shares(final Factor factor) {
        return stored.factor(factor.name()).shares();
    }

    @Override
    Cells cells(final Collection<String> columns) {
        return stored.cells();
    }

    /** Not checked: a row in which the function does not exist has no prediction. */
    @Override
    NumericVariable numeric(final Variable variable) {
        return new NumericVariable(variable, RowExpression.of(variable.argument(), rows().frame()),
            FoundCurve.needed(variable) ? stored.curve(variable) : null);
    }

    /** Not checked, as above. */
    @Override
    Response response(final Formula formula) {
        final double unit = stored.responseUnit();
        final Offset offset = new Offset(
            formula.offsets().stream().map(part -> RowExpression.of(part, rows().frame())).toList(), unit,
            stored.meanOffset());
        return new Response(formula, RowExpression.of(formula.response().argument(), rows().frame()), offset, unit);
    }
}
