package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.design.ColumnSummary;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.formula.Expression;
import dev.mixedmodels.engine.formula.Operator;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.formula.Term;
import dev.mixedmodels.engine.formula.TermList;
import dev.mixedmodels.engine.formula.Variable;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.model.StoredCentering;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.numeric.Sampler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Rows that stand for all rows that two models could have been fitted to: all combinations of levels that a term has,
 * and random numbers. What the columns of one design span over them it spans over any data, as the columns are analytic
 * functions of the numbers in every combination.
 */
final class GenericRows {
    private static final int LEAST_PER_CELL = 8;
    private static final int PER_TERM = 4;
    private static final int SPARE = 50;
    /** Where roots and logarithms exist. */
    private static final double[] EVERYWHERE = {0.5, 2.5};

    private final List<StoredModel> models;
    private final Sampler sampler = new Sampler(1);
    private final Map<String, List<String>> levels = new LinkedHashMap<>();
    /** Columns that terms of the mean or of random effects take as factors. */
    private final Set<String> factors = new LinkedHashSet<>();
    /** Columns of which something but powers and plain functions is in a model, so that their range matters. */
    private final Set<String> ranged = new LinkedHashSet<>();
    private final List<Set<String>> cells = new ArrayList<>();
    private final Map<String, double[]> values = new HashMap<>();
    private final Map<List<Object>, double[]> means = new HashMap<>();
    private final List<Map<String, String>> rows = new ArrayList<>();
    private int terms;

    private GenericRows(final List<StoredModel> models) {
        this.models = models;
        for (final StoredModel model : models) {
            final StoredDesign design = model.design();
            design.factors().forEach(f -> levels.putIfAbsent(f.column(), f.levels()));
            terms(design, design.formula().fixed());
            design.formula().random().forEach(term -> terms(design, term.effects()));
        }
        fill();
    }

    /**
     * @param models models of the same rows, each with a design
     * @return for each model the rows, as it reads them
     */
    static List<Frame> of(final List<StoredModel> models) {
        final GenericRows rows = new GenericRows(models);
        return models.stream().map(rows::frame).toList();
    }

    private void terms(final StoredDesign design, final TermList list) {
        for (final Term term : list.terms()) {
            terms++;
            final Set<String> cell = new LinkedHashSet<>();
            for (final Variable variable : term.variables()) {
                final boolean levelled = variable instanceof Variable.Levels
                    || variable instanceof Variable.Plain && isFactor(design, variable.column());
                if (levelled) {
                    cell.add(variable.column());
                } else if (!isPlain(variable.argument()) || variable instanceof Variable.Curve) {
                    ranged.addAll(variable.columns());
                }
            }
            factors.addAll(cell);
            cells.add(cell);
        }
    }

    /** A column, or functions and powers of one, which exist for all numbers of {@link #EVERYWHERE}. */
    private static boolean isPlain(final Expression expression) {
        return expression instanceof Expression.Column
            || expression instanceof Expression.Call call && isPlain(call.argument())
            || expression instanceof Expression.Operation power && power.operator() == Operator.POWER
                && isPlain(power.left()) && power.right() instanceof Expression.Constant;
    }

    private static boolean isFactor(final StoredDesign design, final String column) {
        return design.isFixedFactor(column) || design.nominal().contains(column)
            || design.factors().stream().anyMatch(f -> f.column().equals(column))
                && design.formula().random().stream().noneMatch(term -> term.grouping().columns().contains(column))
                && !design.alsoUsed().contains(column);
    }

    /** The rows as a model reads them: a column may be a factor in the one and numbers in the other. */
    private Frame frame(final StoredModel model) {
        final Set<String> columns = new LinkedHashSet<>(model.design().columns());
        columns.add(model.design().formula().response().column());
        model.centerings().forEach(c -> columns.add(c.column()));
        model.centerings().forEach(c -> columns.removeAll(derived(c)));
        final FrameBuilder builder = new FrameBuilder(rows.size());
        final Map<String, Integer> index = new HashMap<>();
        for (final String column : columns) {
            index.put(column, !levels.containsKey(column) ? builder.addNumeric(column)
                : isNumber(model, column) ? builder.addInteger(column) : builder.addNominal(column));
        }
        for (int i = 0; i < rows.size(); i++) {
            for (final String column : columns) {
                if (!levels.containsKey(column)) {
                    builder.number(index.get(column), number(column)[i]);
                } else if (isNumber(model, column)) {
                    builder.integer(index.get(column), Long.parseLong(level(rows.get(i), column)));
                } else {
                    builder.text(index.get(column), level(rows.get(i), column));
                }
            }
            builder.endRow();
        }
        return centred(model, builder.build());
    }

    static boolean isNumber(final StoredModel model, final String column) {
        final StoredDesign design = model.design();
        return design.numbers().stream().anyMatch(n -> n.column().equals(column)) || !isFactor(design, column)
            && Stream.concat(Stream.of(design.formula().fixed()),
            design.formula().random().stream().map(RandomTerm::effects)).anyMatch(terms -> terms.columns()
            .contains(column));
    }

    private String level(final Map<String, String> row, final String column) {
        return row.getOrDefault(column, levels.get(column).get(0));
    }

    /** Rows by their levels of the factors in terms. */
    private void fill() {
        final int perCell = Math.max(LEAST_PER_CELL, PER_TERM * terms);
        for (final Set<String> cell : new LinkedHashSet<>(cells)) {
            if (cells.stream().noneMatch(other -> other.size() > cell.size() && other.containsAll(cell))) {
                combine(new ArrayList<>(cell), new LinkedHashMap<>(), perCell);
            }
        }
        for (int i = 0; i < SPARE; i++) {
            rows.add(filled(Map.of()));
        }
    }

    private void combine(final List<String> open, final Map<String, String> chosen, final int times) {
        if (open.isEmpty()) {
            for (int i = 0; i < times; i++) {
                rows.add(filled(chosen));
            }
            return;
        }
        final String column = open.get(0);
        for (final String level : levels.get(column)) {
            chosen.put(column, level);
            combine(open.subList(1, open.size()), chosen, times);
        }
        chosen.remove(column);
    }

    private Map<String, String> filled(final Map<String, String> chosen) {
        final Map<String, String> row = new HashMap<>(chosen);
        for (final String column : factors) {
            row.computeIfAbsent(column, name -> levels.get(name)
                .get((int) (sampler.uniform() * levels.get(name).size())));
        }
        return row;
    }

    /** Values of a column of numbers, the same in every frame. */
    private double[] number(final String column) {
        return values.computeIfAbsent(column, name -> {
            final double[] range = range(name);
            return rows.stream().mapToDouble(r -> range[0] + sampler.uniform() * (range[1] - range[0])).toArray();
        });
    }

    private double[] range(final String column) {
        final ColumnSummary summary = !ranged.contains(column) ? null : models.stream()
            .flatMap(m -> m.design().numbers().stream()).filter(s -> s.column().equals(column)).findFirst()
            .orElse(null);
        return summary == null || summary.quantiles()[0] == summary.quantiles()[4] ? EVERYWHERE
            : new double[] {summary.quantiles()[0], summary.quantiles()[4]};
    }

    /** Covariates less the mean of their unit, which is as good as any number, or of all rows, which is known. */
    private Frame centred(final StoredModel model, final Frame frame) {
        Frame with = frame;
        for (final StoredCentering c : model.centerings()) {
            final Column raw = frame.column(c.column());
            final double[] mean = means.computeIfAbsent(List.of(c.column(), c.grouping() == null ? ""
                : Set.copyOf(c.grouping().columns())),
                key -> DoubleStream.generate(sampler::uniform).limit(frame.rows()).toArray());
            final double[] within = new double[frame.rows()];
            final double[] between = new double[frame.rows()];
            for (int i = 0; i < within.length; i++) {
                between[i] = c.grouping() == null ? c.means()[0] : mean[i];
                within[i] = raw.value(i) - between[i];
            }
            with = with.with(new NumericColumn(c.within(), within));
            if (c.between() != null) {
                with = with.with(new NumericColumn(c.between(), between));
            }
        }
        return with;
    }

    private static Collection<String> derived(final StoredCentering centering) {
        return Stream.of(centering.within(), centering.between()).filter(name -> name != null).toList();
    }
}
