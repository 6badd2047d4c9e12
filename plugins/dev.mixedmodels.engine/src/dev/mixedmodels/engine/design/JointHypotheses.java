package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Factor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Hypotheses that least-squares means, or slopes, do not differ: of each factor, that its means are equal; of each
 * interaction, that the differences of one factor's means are the same at all levels of the others; of numeric columns,
 * that the slopes are 0, or the same at all levels. Other factors are weighted equally, other numeric columns stand at
 * their mean, or at the values of the place, where their slopes are tested. Where cells are empty, the part that can be
 * estimated is tested. With all cells filled these are the hypotheses of type III.
 * <p>
 * Source: Lenth, R package emmeans, {@code joint_tests}.
 */
public final class JointHypotheses {
    private static final int MOST_COLUMNS = 10;
    private static final int MOST_ROWS = 2_000;

    private final FixedDesign design;
    private final ReferenceGrid grid;

    /**
     * L beta = 0.
     *
     * @param term what it is about, {@code arm} or {@code arm:visit}
     * @param at where, such as {@code visit = 4}; empty if nowhere in particular
     * @param l L over the kept columns; no row if nothing can be estimated
     */
    public record Joint(String term, String at, double[][] l) {
    }

    private JointHypotheses(final FixedDesign design, final Progress progress) {
        this.design = design;
        grid = new ReferenceGrid(design, MeansWeights.EQUAL, progress);
    }

    /**
     * @param design the fixed effects
     * @param at the places where the means are taken
     * @param progress asked whether the user cancelled
     * @return the hypotheses, place by place; main effects first
     */
    public static List<Joint> of(final FixedDesign design, final List<At> at, final Progress progress) {
        final JointHypotheses hypotheses = new JointHypotheses(design, progress);
        final List<Set<String>> terms = hypotheses.terms(at.stream().filter(At.Levels.class::isInstance)
            .map(At::column).toList());
        final List<Joint> all = new ArrayList<>();
        for (final MeansPlace place : MeansPlace.all(design, at, null)) {
            for (final Set<String> term : terms) {
                all.add(new Joint(String.join(":", term), place.text(), hypotheses.rows(term, place)));
            }
        }
        return all;
    }

    /** The columns that stand together in a term of the model, and the parts of these terms, in their order there. */
    private List<Set<String>> terms(final List<String> without) {
        final Set<Set<String>> terms = new LinkedHashSet<>();
        final List<String> order = new ArrayList<>(design.factors());
        order.addAll(design.numbers());
        for (final Term term : design.matrix().terms().terms()) {
            final List<String> columns = order.stream().filter(column -> !without.contains(column)
                && term.variables().stream().map(Variable::columns).anyMatch(of -> of.contains(column))).toList();
            if (columns.size() > MOST_COLUMNS) {
                throw new ModelException("Joint tests: the term " + term + " has too many columns.");
            }
            for (int part = 1; part < 1 << columns.size(); part++) {
                final Set<String> chosen = new LinkedHashSet<>();
                for (int i = 0; i < columns.size(); i++) {
                    if ((part >> i & 1) == 1) {
                        chosen.add(columns.get(i));
                    }
                }
                terms.add(chosen);
            }
        }
        final List<Set<String>> sorted = new ArrayList<>(terms);
        sorted.sort(Comparator.<Set<String>>comparingInt(Set::size)
            .thenComparing(term -> term.stream().map(order::indexOf).toList(), JointHypotheses::compare));
        return sorted;
    }

    private static int compare(final List<Integer> a, final List<Integer> b) {
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).equals(b.get(i))) {
                return a.get(i).compareTo(b.get(i));
            }
        }
        return 0;
    }

    /** Products of the differences of successive levels of each factor, and derivatives by each number. */
    private double[][] rows(final Set<String> term, final MeansPlace place) {
        final Set<String> slopes = new LinkedHashSet<>(term);
        slopes.retainAll(design.numbers());
        List<ReferenceGrid.Place> places =
            List.of(new ReferenceGrid.Place(place.place().levels(), place.place().numbers(), slopes));
        for (final String column : term) {
            if (!slopes.contains(column)) {
                final List<ReferenceGrid.Place> more = new ArrayList<>();
                final Factor factor = design.table().factor(column);
                if ((long) places.size() * factor.size() > MOST_ROWS) {
                    throw new ModelException("Joint tests: " + String.join(":", term) + " has too many levels.");
                }
                for (final ReferenceGrid.Place cell : places) {
                    for (int level = 1; level < factor.size(); level++) {
                        final double[] difference = ReferenceGrid.unit(factor, level);
                        difference[level - 1] = -1;
                        more.add(cell.with(column, difference));
                    }
                }
                places = more;
            }
        }
        return design.redundancy().estimable(places.stream().map(grid::mean).toArray(double[][]::new));
    }
}
