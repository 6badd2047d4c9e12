package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.KnownLevels;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is known of a model before it is fitted: which node fits it, and the columns that it uses.
 *
 * @param node which node fits it
 * @param response the response
 * @param explained what the model explains: the response, or a function of it
 * @param columns the columns that the model uses, the response among them
 * @param kinds how each of these is read
 * @param factors columns that are factors of the fixed effects
 * @param numbers columns that are numbers in the fixed effects, centred ones by their name in the table
 */
public record ModelColumns(ModelKind node, String response, String explained, List<String> columns,
    List<ColumnKind> kinds, List<String> factors, List<String> numbers) implements Serializable {

    /**
     * @param node which node fits the model
     * @param response the response
     * @param used the columns that the model uses
     * @param kind how a column is read
     * @return the columns of a model of which no more is known
     */
    public static ModelColumns of(final ModelKind node, final String response, final Collection<String> used,
        final Function<String, ColumnKind> kind) {
        final List<String> columns = used.stream().distinct().toList();
        return new ModelColumns(node, response, response, columns, columns.stream().map(kind).toList(), List.of(),
            List.of());
    }

    /**
     * @param formula the model
     * @param nominal columns of whole numbers that are categories
     * @return the same with the function of the response that it explains, and by which columns
     */
    public ModelColumns withMean(final Formula formula, final Collection<String> nominal) {
        final List<Variable> variables = formula.fixed().terms().stream().flatMap(term -> term.variables().stream())
            .toList();
        return new ModelColumns(node, response,
            formula.response() instanceof Variable.Plain ? response : formula.response().toString(), columns, kinds,
            columns(variables, variable -> isFactor(variable, nominal)),
            columns(variables, variable -> !isFactor(variable, nominal)));
    }

    private boolean isFactor(final Variable variable, final Collection<String> nominal) {
        return variable instanceof Variable.Levels || variable instanceof Variable.Plain
            && (nominal.contains(variable.column()) || kind(variable.column()) == ColumnKind.NOMINAL);
    }

    private static List<String> columns(final List<Variable> variables, final Predicate<Variable> chosen) {
        return variables.stream().filter(chosen).flatMap(variable -> variable.columns().stream()).distinct().toList();
    }

    /**
     * @param design what the fit found in the columns; null without
     * @return the same with the columns that must have texts or numbers and before might have had either
     */
    public ModelColumns fitted(final StoredDesign design) {
        return design == null ? this : new ModelColumns(node, response, explained, columns,
            columns.stream().map(name -> fitted(name, design)).toList(), factors, numbers);
    }

    private ColumnKind fitted(final String column, final StoredDesign design) {
        final ColumnKind kind = kind(column);
        if (kind == ColumnKind.WHOLE && design.numbers().stream().anyMatch(number -> number.column().equals(column))) {
            return ColumnKind.NUMBER;
        }
        return kind == ColumnKind.NOMINAL && design.isNominal(column)
            && !KnownLevels.areNumbers(design.factor(column).levels()) ? ColumnKind.TEXT : kind;
    }

    /**
     * @param column one of the columns
     * @return how it is read
     */
    public ColumnKind kind(final String column) {
        return kinds.get(columns.indexOf(column));
    }

    /**
     * Compares the columns with those of another table.
     *
     * @param found kind of a column there; null if it has none of that name
     * @throws ModelException if a column cannot be read as the model reads it
     */
    public void requireKinds(final Function<String, ColumnKind> found) {
        for (final String column : columns) {
            final ColumnKind other = found.apply(column);
            if (other != null && !kind(column).takes(other)) {
                throw new ModelException("The column \"" + column + "\" has " + other.words()
                    + ", and the model was fitted to " + kind(column).words() + " there. Convert the column, "
                    + "or connect another table.");
            }
        }
    }

    /**
     * @param needed columns
     * @param has whether a table has a column
     * @throws ModelException if it lacks one of them
     */
    public static void require(final Collection<String> needed, final Predicate<String> has) {
        final List<String> missing = needed.stream().filter(has.negate()).toList();
        if (!missing.isEmpty()) {
            throw new ModelException("The table lacks " + (missing.size() == 1 ? "the column " : "the columns ")
                + Words.quoted(missing) + ", which the model needs. Connect a table with the columns that the model "
                + "was fitted to.");
        }
    }
}
