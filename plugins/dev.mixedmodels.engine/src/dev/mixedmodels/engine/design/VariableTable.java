package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.ModelFrame;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The variables of a model in rows of a table: which are factors, with the levels that were found in the fitted rows,
 * and which are numbers.
 */
final class VariableTable {
    private final DesignBinder binder;
    private final StoredDesign stored;
    private final ModelFrame rows;
    private final DesignOptions options;
    private final Map<String, Factor> factors = new HashMap<>();
    private final Map<Grouping, Factor> groupings = new HashMap<>();

    /**
     * @param binder what was found in the fitted rows
     * @param rows some rows, those or others
     * @param options of the model
     */
    VariableTable(final DesignBinder binder, final ModelFrame rows, final DesignOptions options) {
        this.binder = binder;
        this.rows = rows;
        this.options = options;
        stored = binder.stored();
    }

    ModelFrame rows() {
        return rows;
    }

    DesignOptions options() {
        return options;
    }

    Coding coding() {
        return options.coding();
    }

    StoredDesign stored() {
        return stored;
    }

    DesignBinder binder() {
        return binder;
    }

    boolean isFactor(final Variable variable) {
        return isFactor(variable, rows.frame(), options);
    }

    /** Whether a variable is a factor in a table with such columns. */
    static boolean isFactor(final Variable variable, final Frame frame, final DesignOptions options) {
        if (variable instanceof Variable.Levels) {
            return true;
        }
        for (final String column : variable.columns()) {
            if (options.nominal().contains(column) || !frame.column(column).numeric()) {
                if (variable instanceof Variable.Plain) {
                    return true;
                }
                throw new ModelException(variable + " needs numbers, but column \"" + column + "\" is nominal.");
            }
        }
        return false;
    }

    /** The columns of the table that the factors, or the numbers, of some terms have, in their order. */
    List<String> columns(final TermList terms, final boolean ofFactors) {
        return terms.terms().stream().map(Term::variables).flatMap(List::stream)
            .filter(variable -> isFactor(variable) == ofFactors).map(Variable::columns).flatMap(List::stream).distinct()
            .toList();
    }

    /** Columns that have levels, these and those of a formula, and that are nowhere taken as numbers. */
    final List<String> nominal(final Formula formula, final List<String> more) {
        final Set<String> factors = new LinkedHashSet<>();
        final Set<String> numbers = new LinkedHashSet<>();
        formula.variables().forEach(variable -> (isFactor(variable) ? factors : numbers).addAll(variable.columns()));
        factors.addAll(more);
        factors.removeAll(numbers);
        return List.copyOf(factors);
    }

    /** Whether a column of indicators is that of the first visit, whatever level is the reference. */
    boolean isOfFirstVisit(final DesignColumn column) {
        return column.pieces().stream().anyMatch(piece -> piece instanceof Piece.Contrast contrast
            && options.nominal().contains(contrast.factor().name())
            && contrast.byLevel()[stored.factor(contrast.factor().name()).first()] == 1);
    }

    /** The factor of a column; of one that is no part of the model its levels are those of these rows. */
    synchronized Factor factor(final String column) {
        return factors.computeIfAbsent(column, name -> stored.hasLevels(name) ? binder.factor(rows.frame(), name)
            : Factor.of(rows.frame().column(name), rows.fitted(),
            options.orders().getOrDefault(name, LevelOrder.NATURAL)));
    }

    /** The factor of a grouping: of one column, or the combinations of several that occur in the fitted rows. */
    synchronized Factor grouping(final Grouping grouping) {
        return groupings.computeIfAbsent(grouping, g -> binder.grouping(rows.frame(), g));
    }

    /** A numeric variable; NaN in a row in which a function does not exist. */
    NumericVariable numeric(final Variable variable) {
        return new NumericVariable(variable, RowExpression.of(variable.argument(), rows.frame()),
            FoundCurve.needed(variable) ? stored.curve(variable) : null);
    }

    /** The response less the offsets. */
    Response response(final Formula formula) {
        final double unit = stored.responseUnit();
        final Offset offset = new Offset(
            formula.offsets().stream().map(part -> RowExpression.of(part, rows.frame())).toList(), unit,
            stored.meanOffset());
        return new Response(formula, RowExpression.of(formula.response().argument(), rows.frame()), offset, unit);
    }
}
