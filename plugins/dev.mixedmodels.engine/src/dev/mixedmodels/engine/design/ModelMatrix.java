package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Factor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The columns that a list of terms makes, as R's model.matrix has and names them; values are computed on demand. */
record ModelMatrix(TermList terms, List<DesignColumn> columns) {
    private static final int MOST_COLUMNS = 2000;

    /** Columns with the coding of the options: full rank unless the data make them redundant. */
    static ModelMatrix coded(final TermList terms, final VariableTable table) {
        return of(terms, table, TermCoding.indicators(terms, table::isFactor), MOST_COLUMNS);
    }

    /** Columns with an indicator for every level of every factor, on which estimable functions are defined. */
    static ModelMatrix overparameterised(final TermList terms, final VariableTable table) {
        final List<Set<Variable>> all = terms.terms().stream().map(term -> Set.copyOf(term.variables())).toList();
        return of(terms, table, all, Integer.MAX_VALUE);
    }

    private static ModelMatrix of(final TermList terms, final VariableTable table,
        final List<Set<Variable>> indicators, final int most) {
        final List<DesignColumn> columns = new ArrayList<>();
        if (terms.intercept()) {
            columns.add(new DesignColumn(DesignColumn.INTERCEPT, -1, List.of()));
        }
        for (int t = 0; t < terms.terms().size(); t++) {
            columns.addAll(columns(terms.terms().get(t), t, indicators.get(t), table, most - columns.size()));
        }
        return new ModelMatrix(terms, List.copyOf(columns));
    }

    /** Products over the variables of a term, the first one running fastest. */
    private static List<DesignColumn> columns(final Term term, final int index, final Set<Variable> indicators,
        final VariableTable table, final int most) {
        List<DesignColumn> products = List.of(new DesignColumn("", index, List.of()));
        for (final Variable variable : term.variables()) {
            final List<DesignColumn> parts = columns(variable, index, indicators.contains(variable), table);
            final List<DesignColumn> next = new ArrayList<>();
            if ((long) products.size() * parts.size() > most) {
                throw new ModelException("With the term " + term + " there are more than " + MOST_COLUMNS
                    + " columns. A column with so many levels belongs into a random term.");
            }
            for (final DesignColumn part : parts) {
                products.forEach(product -> next.add(product(product, part)));
            }
            products = next;
        }
        return products;
    }

    private static DesignColumn product(final DesignColumn a, final DesignColumn b) {
        final List<Piece> pieces = new ArrayList<>(a.pieces());
        final Piece added = b.pieces().get(0);
        pieces.add(added instanceof Piece.Contrast ? 0 : pieces.size(), added);
        return new DesignColumn(a.name().isEmpty() ? b.name() : a.name() + ":" + b.name(), a.term(),
            List.copyOf(pieces));
    }

    private static List<DesignColumn> columns(final Variable variable, final int term, final boolean indicators,
        final VariableTable table) {
        if (!table.isFactor(variable)) {
            final NumericVariable number = table.numeric(variable);
            return IntStream.range(0, variable.size()).mapToObj(component -> new DesignColumn(number.name(component),
                term, List.of(new Piece.Number(number, component)))).toList();
        }
        final Factor factor = table.factor(variable.column());
        final int levels = factor.size();
        if (levels > MOST_COLUMNS) {
            throw new ModelException("Column \"" + variable.column() + "\" has " + levels
                + " levels, too many for a term of the model. It belongs into a random term, or is it a number?");
        }
        if (!indicators && levels < 2) {
            throw new ModelException("Column \"" + variable.column() + "\" has the same value (" + factor.level(0)
                + ") in all rows used, so that it cannot have an effect. Take it out of the model.");
        }
        final List<DesignColumn> columns = new ArrayList<>();
        for (int c = 0; c < (indicators ? levels : levels - 1); c++) {
            final double[] byLevel = new double[levels];
            for (int level = 0; level < levels; level++) {
                byLevel[level] = indicators ? (level == c ? 1 : 0) : table.coding().value(level, c, levels);
            }
            final String suffix = indicators ? factor.level(c) : table.coding().suffix(factor, c);
            columns.add(new DesignColumn(variable + suffix, term, List.of(new Piece.Contrast(factor, byLevel))));
        }
        return columns;
    }

    /** Number of first columns that span the constant: an intercept, or the indicators of a first factor; else 0. */
    int base() {
        if (terms.intercept() || columns.isEmpty()) {
            return terms.intercept() ? 1 : 0;
        }
        final List<Piece> first = columns.get(0).pieces();
        final boolean indicators = first.size() == 1 && first.get(0) instanceof Piece.Contrast;
        return indicators ? (int) columns.stream().filter(c -> c.term() == 0).count() : 0;
    }

    List<String> names() {
        return columns.stream().map(DesignColumn::name).toList();
    }

    int size() {
        return columns.size();
    }
}
