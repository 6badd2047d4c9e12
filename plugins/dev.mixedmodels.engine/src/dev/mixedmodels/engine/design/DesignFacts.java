package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.formula.Expression;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.FoundLevels;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.NumberedLevels;
import dev.mixedmodels.engine.frame.RowCounts;
import dev.mixedmodels.engine.frame.RowSource;
import dev.mixedmodels.engine.frame.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first pass over a table: which rows are used, the levels of factors, the ranges of numbers, the unit of the
 * response. Checks the values of all rows on the way.
 */
final class DesignFacts implements Fold<DesignFacts> {
    private static final long serialVersionUID = 1L;

    private final Formula formula;
    private final DesignOptions options;
    private final UsedRows used;
    private final Set<String> means; // factors of the fixed effects
    private final Set<String> numbers; // numeric columns of the fixed effects
    private final Set<String> roles;
    private final Set<String> leveled;
    private final Set<Variable> variables; // those that are numbers
    private final RowCounts counts;
    private final Map<String, NumberedLevels> numbered = new HashMap<>(); // known before
    private final Map<String, FoundLevels> levels = new LinkedHashMap<>();
    private final Map<Variable, ValueCounts> arguments = new LinkedHashMap<>();
    private final Map<String, ValueCounts> columns = new LinkedHashMap<>();
    private final ResponseFacts response;
    private transient Map<String, int[]> rowsOfLevels; // of the columns in roles, with what was found

    /**
     * @param source the table
     * @param formula the model
     * @param options how columns enter it
     * @param roles further columns whose levels are needed
     * @throws ModelException if a column does not exist or has the wrong type
     */
    DesignFacts(final RowSource source, final Formula formula, final DesignOptions options,
        final Collection<String> roles) {
        final Frame header = source.header();
        this.formula = formula;
        this.options = options;
        this.roles = new LinkedHashSet<>(roles);
        used = UsedRows.of(formula, options);
        used.columns().forEach(header::column);
        means = new LinkedHashSet<>();
        numbers = new LinkedHashSet<>();
        formula.fixed().terms().stream().map(Term::variables).flatMap(List::stream)
            .forEach(v -> (VariableTable.isFactor(v, header, options) ? means : numbers).addAll(v.columns()));
        leveled = new LinkedHashSet<>(means);
        for (final RandomTerm term : formula.random()) {
            leveled.addAll(term.grouping().columns());
        }
        variables = new LinkedHashSet<>();
        formula.variables().forEach(v -> {
            if (!VariableTable.isFactor(v, header, options)) {
                RowExpression.of(v.argument(), header);
                variables.add(v);
            } else {
                leveled.add(v.column());
            }
        });
        leveled.addAll(roles);
        leveled.stream().filter(name -> source.numbered(name) != null)
            .forEach(name -> numbered.put(name, source.numbered(name)));
        final List<String> all = new ArrayList<>(used.columns());
        if (options.weights() != null) {
            header.numeric(options.weights());
            all.add(options.weights());
        }
        counts = new RowCounts(all.stream().distinct().toList(), options.weights());
        response = new ResponseFacts(options.ownUnit());
        start();
    }

    private DesignFacts(final DesignFacts other) {
        formula = other.formula;
        options = other.options;
        used = other.used;
        means = other.means;
        numbers = other.numbers;
        roles = other.roles;
        leveled = other.leveled;
        numbered.putAll(other.numbered);
        variables = other.variables;
        counts = other.counts.fresh();
        response = other.response.fresh();
        start();
    }

    private void start() {
        leveled.stream().filter(name -> !numbered.containsKey(name))
            .forEach(name -> levels.put(name, new FoundLevels(name)));
        variables.forEach(v -> arguments.put(v, FoundCurve.needed(v) ? new ValueCounts(true) : ValueCounts.range()));
        numbers.forEach(name -> columns.put(name, new ValueCounts(false)));
    }

    @Override
    public DesignFacts fresh() {
        return new DesignFacts(this);
    }

    @Override
    public void add(final Frame block) {
        final ModelFrame rows = used.in(block);
        counts.add(rows);
        final Rows fitted = rows.fitted();
        final RowExpression y = RowExpression.of(formula.response().argument(), block);
        requireFinite(formula.response().toString(), y, fitted);
        response.add(y, formula.offsets().stream().map(offset -> number(offset, "offset(" + offset + ")", rows)).toList(),
            rows);
        levels.values().forEach(found -> found.add(block.column(found.name()), fitted));
        arguments.forEach((variable, values) -> {
            final RowExpression number = number(variable.argument(), variable.toString(), rows);
            values.add(fitted.values(number::value));
        });
        columns.forEach((name, values) -> values.add(fitted.values(block.column(name)::value)));
    }

    /** A number in every row that is used, checked to be finite; {@code name} is for the error. */
    private static RowExpression number(final Expression expression, final String name, final ModelFrame rows) {
        final RowExpression number = RowExpression.of(expression, rows.frame());
        requireFinite(name, number, rows.fitted());
        requireFinite(name, number, rows.predicted());
        return number;
    }

    private static void requireFinite(final String name, final RowExpression number, final Rows rows) {
        for (int i = 0; i < rows.size() && !number.isColumn(); i++) {
            final int row = rows.row(i);
            if (!Double.isFinite(number.value(row))) {
                throw ModelException.of(name + " does not exist in row ", new ModelException.Row(row), ", where "
                    + Words.list(number.columns().stream()
                        .map(column -> '"' + column.name() + "\" is " + Words.number(column.value(row))).toList())
                    + ". Remove such rows or change the formula.");
            }
        }
    }

    @Override
    public void merge(final DesignFacts later) {
        counts.merge(later.counts);
        response.merge(later.response);
        levels.forEach((name, found) -> found.merge(later.levels.get(name)));
        arguments.forEach((variable, values) -> values.merge(later.arguments.get(variable)));
        columns.forEach((name, values) -> values.merge(later.columns.get(name)));
    }

    RowCounts counts() {
        return counts;
    }

    RowFigures figures() {
        return response.figures(counts);
    }

    /** A number near those of a variable's argument. */
    double middle(final Variable variable) {
        return arguments.get(variable).middle();
    }

    /**
     * What designs of other rows need of this, but for the columns that are kept and for combinations of levels.
     *
     * @throws ModelException if an order does not fit the levels, or a curve cannot be found
     */
    StoredDesign found() {
        rowsOfLevels = new HashMap<>();
        return new StoredDesign(formula, options.coding(), List.copyOf(options.nominal()), List.copyOf(options.alsoUsed()),
            leveled.stream().map(this::ordered).toList(), List.of(),
            columns.entrySet().stream().map(e -> e.getValue().summary(e.getKey())).toList(),
            variables.stream().filter(FoundCurve::needed).map(v -> FoundCurve.of(v, arguments.get(v).sorted())).toList(),
            response.meanOffset(counts.used()), response.unit(counts.used()), null, null, null, null, null,
            options.weights());
    }

    /** Rows of each level of a column among the roles, in their order; after {@link #found}. */
    Map<String, int[]> rowsOfLevels() {
        return rowsOfLevels;
    }

    private StoredDesign.Levels ordered(final String column) {
        if (numbered.containsKey(column)) {
            return new StoredDesign.Levels(column, numbered.get(column), 0, null);
        }
        final FoundLevels found = levels.get(column);
        final FoundLevels.Ordered ordered =
            found.ordered(options.orders().getOrDefault(found.name(), LevelOrder.NATURAL));
        final boolean mean = means.contains(found.name());
        if (roles.contains(found.name())) {
            rowsOfLevels.put(found.name(), Arrays.stream(ordered.counts()).mapToInt(Math::toIntExact).toArray());
        }
        return new StoredDesign.Levels(found.name(), ordered.levels(),
            mean && options.orders().getOrDefault(found.name(), LevelOrder.NATURAL).reference() != null ? ordered.first() : 0,
            mean ? Arrays.stream(ordered.counts()).mapToDouble(count -> (double) count / counts.used()).toArray() : null);
    }
}
