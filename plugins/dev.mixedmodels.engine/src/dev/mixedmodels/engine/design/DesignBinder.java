package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.KnownCombinations;
import dev.mixedmodels.engine.frame.KnownLevels;
import dev.mixedmodels.engine.frame.ModelFrame;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Applies a design to other rows, a part of a table after the other: its levels are looked up in one index each. */
public final class DesignBinder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StoredDesign stored;
    private final Set<String> ignored;
    private final transient Map<String, KnownLevels> levels;
    private final transient Map<Grouping, KnownCombinations> combinations = new HashMap<>();

    /**
     * @param stored the design
     */
    public DesignBinder(final StoredDesign stored) {
        this(stored, Set.of());
    }

    /**
     * @param stored the design
     * @param ignored columns that tell units apart and need not be there: no unit is known
     */
    public DesignBinder(final StoredDesign stored, final Set<String> ignored) {
        this(stored, ignored, new HashMap<>());
    }

    private DesignBinder(final StoredDesign stored, final Set<String> ignored, final Map<String, KnownLevels> levels) {
        this.stored = stored;
        this.ignored = Set.copyOf(ignored);
        this.levels = levels;
    }

    /** Of a design with the same levels, of which more is known; they share the indices of levels. */
    DesignBinder with(final StoredDesign more) {
        return new DesignBinder(more, ignored, levels);
    }

    /**
     * @return the design
     */
    public StoredDesign stored() {
        return stored;
    }

    /**
     * As {@link StoredDesign#bind}.
     *
     * @param frame the table, with all {@link StoredDesign#columns} but those that are ignored, and the response
     * @return the design over its rows: those with a response are called fitted there, the others predicted
     */
    public ModelDesign bind(final Frame frame) {
        return ModelDesign.known(table(frame));
    }

    /** The variables of the model in rows of a table. */
    VariableTable table(final Frame frame) {
        final List<String> used = new ArrayList<>(stored.columns());
        used.removeAll(ignored);
        return new VariableTable(this,
            ModelFrame.ofNew(frame, stored.formula().response().column(), used, stored.weights()), stored.options());
    }

    /** Indices are made anew where it arrives. */
    private Object readResolve() {
        return new DesignBinder(stored, ignored);
    }

    /**
     * @param frame a table
     * @param column one of its columns, whose levels the design has
     * @return its factor over the rows of the table; -1 for levels that did not occur in the fit
     */
    public Factor factor(final Frame frame, final String column) {
        if (ignored.contains(column)) {
            final int[] none = new int[frame.rows()];
            Arrays.fill(none, -1);
            return new Factor(column, stored.factor(column).levels(), none);
        }
        final KnownLevels known;
        synchronized (levels) {
            known = levels.computeIfAbsent(column, name -> new KnownLevels(stored.factor(name).levels()));
        }
        return known.factor(frame.column(column));
    }

    /**
     * @param frame a table
     * @param grouping one that random effects of the design vary over
     * @return its factor over the rows of the table; -1 for combinations that did not occur in the fit
     */
    public Factor grouping(final Frame frame, final Grouping grouping) {
        Factor factor = factor(frame, grouping.columns().get(0));
        for (int i = 1; i < grouping.columns().size(); i++) {
            final Grouping part =
                new Grouping(grouping.columns().subList(0, i + 1), grouping.separators().substring(0, i));
            factor = combinations(part).factor(factor, grouping.separators().substring(i - 1, i),
                factor(frame, grouping.columns().get(i)));
        }
        return factor;
    }

    private KnownCombinations combinations(final Grouping grouping) {
        synchronized (combinations) {
            return combinations.computeIfAbsent(grouping, wanted -> {
                final StoredDesign.Combinations found = stored.combinations(wanted);
                final String last = wanted.columns().get(wanted.columns().size() - 1);
                return new KnownCombinations(found.outer(), found.inner(), stored.factor(last).levels().size());
            });
        }
    }
}
