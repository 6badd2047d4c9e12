package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Least-squares means: means of the model's predictions over a grid in which the levels of other factors have equal
 * weights and numeric columns stand at their mean over the fitted rows, functions of them (powers, logarithms, curves) at
 * the function of that mean, and an offset at its own mean. Conventions of R's emmeans.
 * <p>
 * Source: Searle, Speed &amp; Milliken (1980) The American Statistician 34:216-221.
 * <p>
 * The mathematics: doc/marginal-means.md beside the sources.
 */
public final class LeastSquaresMeans {
    /** More differences than those of 200 means at one place say nothing to anybody. */
    private static final int MOST_DIFFERENCES = 20_000;

    private static final int MOST_MEANS = 10_000;

    private final FixedDesign design;
    private boolean compared = true;

    private LeastSquaresMeans(final FixedDesign design) {
        this.design = design;
    }

    /**
     * Means of all combinations of levels, and then all differences of pairs, everywhere where {@code at} says.
     * Differences at the same place belong together for adjustments.
     *
     * @param design the fixed effects
     * @param factors one or more factors of the fixed effects
     * @param at a further factor or numeric column that tells where; null for nowhere in particular
     * @param warnings told if there are so many combinations of levels that differences are left out
     * @return means and differences, place by place
     * @throws ModelException if a column is not a factor of the fixed effects, or {@code at} is no column of theirs
     */
    public static List<MeansContrast> of(final FixedDesign design, final List<String> factors, final At at,
        final Warnings warnings) {
        return new LeastSquaresMeans(design).all(factors, at == null || factors.contains(at.column()) ? null : at,
            warnings);
    }

    /**
     * @param design the fixed effects
     * @return the factors among the fixed effects, in the order of the formula
     */
    public static List<String> factors(final FixedDesign design) {
        return variables(design).filter(design.table()::isFactor).map(Variable::column).distinct().toList();
    }

    private static Stream<Variable> variables(final FixedDesign design) {
        return design.matrix().terms().terms().stream().map(Term::variables).flatMap(List::stream);
    }

    private List<MeansContrast> all(final List<String> names, final At at, final Warnings warnings) {
        final List<Factor> factors = names.stream().map(this::factor).toList();
        final double combinations = factors.stream().mapToDouble(Factor::size).reduce(1, (a, b) -> a * b);
        final double places = at instanceof At.Levels levels ? factor(levels.column()).size()
            : at instanceof At.Values values ? values.values().length : 1;
        if (combinations * places > MOST_MEANS) {
            throw new ModelException("Least-squares means of " + String.join(":", names) + " would be more than "
                + MOST_MEANS + ". Choose columns with fewer levels.");
        }
        compared = combinations * (combinations - 1) / 2 * places <= MOST_DIFFERENCES;
        if (!compared) {
            warnings.add("Least-squares means of " + String.join(":", names) + ": differences are left out, for there"
                + " are " + (long) combinations + " combinations of levels"
                + (places > 1 ? " at each of " + (long) places + " values of \"" + at.column() + "\"." : "."));
        }
        final List<MeansContrast> all = new ArrayList<>();
        if (at instanceof At.Levels levels) {
            final Factor where = factor(levels.column());
            for (int level = 0; level < where.size(); level++) {
                addPlace(all, factors, Map.of(where, unit(where, level)), null, Double.NaN,
                    where.name() + " = " + where.level(level));
            }
        } else if (at instanceof At.Values values) {
            final Column column = number(values.column());
            for (final double value : values.values()) {
                addPlace(all, factors, Map.of(), column, value, column.name() + " = " + print(value));
            }
        } else {
            addPlace(all, factors, Map.of(), null, Double.NaN, "");
        }
        return all;
    }

    private static String print(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
            : Double.toString(value);
    }

    private Factor factor(final String name) {
        if (!factors(design).contains(name)) {
            throw new ModelException("Least-squares means: \"" + name + "\" is not a factor of the fixed effects."
                + " Choose nominal columns that are fixed effects.");
        }
        return design.table().factor(name);
    }

    private Column number(final String name) {
        if (variables(design).noneMatch(v -> v.columns().contains(name)) || factors(design).contains(name)) {
            throw new ModelException("Least-squares means: \"" + name + "\" is not a numeric fixed effect, so that"
                + " there are no means at its values.");
        }
        return design.table().rows().frame().numeric(name);
    }

    /** All means and differences at one place. */
    private void addPlace(final List<MeansContrast> all, final List<Factor> factors,
        final Map<Factor, double[]> fixed, final Column at, final double value, final String place) {
        final String term = String.join(":", factors.stream().map(Factor::name).toList());
        final List<Mean> cells = cells(factors, fixed, at, value);
        for (final Mean mean : cells) {
            all.add(new MeansContrast(term, mean.level, "", place, design.restrict(mean.l), mean.offset));
        }
        for (int i = 0; compared && i < cells.size(); i++) {
            for (int j = i + 1; j < cells.size(); j++) {
                final double[] difference = cells.get(i).l.clone();
                for (int k = 0; k < difference.length; k++) {
                    difference[k] -= cells.get(j).l[k];
                }
                all.add(new MeansContrast(term, cells.get(i).level, cells.get(j).level, place,
                    design.restrict(difference), 0));
            }
        }
    }

    /** The combinations of levels, the last factor running fastest. */
    private List<Mean> cells(final List<Factor> factors, final Map<Factor, double[]> fixed, final Column at,
        final double value) {
        final List<Mean> cells = new ArrayList<>();
        final int[] levels = new int[factors.size()];
        int next;
        do {
            final Map<Factor, double[]> weights = new HashMap<>(fixed);
            final List<String> names = new ArrayList<>();
            for (int f = 0; f < levels.length; f++) {
                weights.put(factors.get(f), unit(factors.get(f), levels[f]));
                names.add(factors.get(f).level(levels[f]));
            }
            final GridPoint point = new Cell(weights, at, value);
            cells.add(new Mean(String.join(":", names),
                design.matrix().columns().stream().mapToDouble(column -> column.value(point)).toArray(),
                design.offset().mean()));
            next = levels.length - 1;
            while (next >= 0 && ++levels[next] == factors.get(next).size()) {
                levels[next--] = 0;
            }
        } while (next >= 0);
        return cells;
    }

    /** A combination of levels and its mean as a function of all coefficients, and an offset. */
    private record Mean(String level, double[] l, double offset) {
    }

    private static double[] unit(final Factor factor, final int level) {
        final double[] weights = new double[factor.size()];
        weights[level] = 1;
        return weights;
    }

    /** A cell of the grid: chosen weights, equal ones for other factors; a chosen value, means of other columns. */
    private final class Cell implements GridPoint {
        private final Map<Factor, double[]> chosen;
        private final Column at;
        private final double value;

        Cell(final Map<Factor, double[]> chosen, final Column at, final double value) {
            this.chosen = chosen;
            this.at = at;
            this.value = value;
        }

        @Override
        public double number(final Column column) {
            return column == at ? value : design.table().summary(column.name()).mean();
        }

        @Override
        public double[] weights(final Factor factor) {
            return chosen.computeIfAbsent(factor, f -> {
                final double[] equal = new double[f.size()];
                Arrays.fill(equal, 1.0 / f.size());
                return equal;
            });
        }
    }
}
