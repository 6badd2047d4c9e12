package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.RowSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The part of Z that belongs to one random term: a grouping factor and q effects per level. Immutable. */
public final class RandomDesign {
    private final RandomTerm term;
    private final VariableTable table;
    private final DesignColumn[] columns;
    private final int[] blocks;
    private volatile Factor factor; // made when first asked for

    private RandomDesign(final RandomTerm term, final VariableTable table, final List<DesignColumn> columns,
        final List<Integer> blocks) {
        this.term = term;
        this.table = table;
        this.columns = columns.toArray(DesignColumn[]::new);
        this.blocks = blocks.stream().mapToInt(Integer::intValue).toArray();
    }

    static RandomDesign of(final RandomTerm term, final VariableTable table) {
        final List<DesignColumn> columns = new ArrayList<>();
        final List<Integer> blocks = new ArrayList<>();
        final List<TermList> parts = term.correlated() ? List.of(term.effects()) : parts(term.effects());
        for (int block = 0; block < parts.size(); block++) {
            for (final DesignColumn column : ModelMatrix.coded(parts.get(block), table).columns()) {
                columns.add(column);
                blocks.add(block);
            }
        }
        return new RandomDesign(term, table, columns, blocks);
    }

    /** The columns of all random terms, one after the other. */
    static List<DesignColumn> columns(final Formula formula, final VariableTable table) {
        return formula.random().stream().map(term -> of(term, table)).flatMap(d -> Arrays.stream(d.columns)).toList();
    }

    /** Index among these of the first effect of each block: effects of different terms are independent too. */
    static List<Integer> blocks(final Formula formula, final VariableTable table) {
        final List<Integer> starts = new ArrayList<>();
        int at = 0;
        for (final RandomTerm term : formula.random()) {
            final RandomDesign design = of(term, table);
            for (int effect = 0; effect < design.effects(); effect++, at++) {
                if (effect == 0 || design.blocks[effect] != design.blocks[effect - 1]) {
                    starts.add(at);
                }
            }
        }
        return starts;
    }

    /** (1 + x || g) is (1 | g) + (0 + x | g), each part coded by itself. */
    private static List<TermList> parts(final TermList effects) {
        final List<TermList> parts = new ArrayList<>();
        if (effects.intercept()) {
            parts.add(new TermList(true, List.of()));
        }
        for (final Term term : effects.terms()) {
            parts.add(new TermList(false, List.of(term)));
        }
        return parts;
    }

    /**
     * @return the term of the formula
     */
    public RandomTerm term() {
        return term;
    }

    /**
     * @return the units; code -1 in predicted rows of a unit that is not in the fit
     */
    public Factor factor() {
        if (factor == null) {
            factor = table.grouping(term.grouping());
        }
        return factor;
    }

    /**
     * @return number q of effects per unit
     */
    public int effects() {
        return columns.length;
    }

    /**
     * @return names of the effects, as R names the columns
     */
    public List<String> names() {
        return Arrays.stream(columns).map(DesignColumn::name).toList();
    }

    /**
     * @param effect index of an effect
     * @return its block: effects of different blocks are independent; always 0 unless the term is written with ||
     */
    public int block(final int effect) {
        return blocks[effect];
    }

    /**
     * @param effect index of an effect
     * @return the variables of its term; none of the intercept
     */
    List<Variable> variables(final int effect) {
        final TermList part = term.correlated() ? term.effects() : parts(term.effects()).get(blocks[effect]);
        final int index = columns[effect].term();
        return index < 0 ? List.of() : part.terms().get(index).variables();
    }

    /**
     * A row of Z.
     *
     * @param row row of the frame
     * @param z receives q values
     */
    public void row(final int row, final double[] z) {
        row(row, z, 0);
    }

    /**
     * A row of Z, into a part of an array.
     *
     * @param row row of the frame
     * @param z receives q values
     * @param from position of the first
     */
    public void row(final int row, final double[] z, final int from) {
        for (int j = 0; j < columns.length; j++) {
            z[from + j] = columns[j].value(row);
        }
    }

    /**
     * Some rows of Z.
     *
     * @param span the rows
     * @param z receives them, column by column
     * @param first index of the first of its columns
     */
    public void columns(final RowSpan span, final double[][] z, final int first) {
        for (int j = 0; j < columns.length; j++) {
            columns[j].values(span, z[first + j]);
        }
    }

    /**
     * Where the fixed effects have the same columns.
     *
     * @param fixed the fixed effects
     * @return for each effect the kept fixed column of that name, -1 if there is none
     */
    public int[] fixedColumns(final FixedDesign fixed) {
        final List<String> names = fixed.names();
        return names().stream().mapToInt(names::indexOf).toArray();
    }
}
