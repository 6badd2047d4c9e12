package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Grouping;
import dev.mixedmodels.engine.frame.CentredCovariate;
import dev.mixedmodels.engine.frame.Column;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Centering;
import dev.mixedmodels.engine.multilevel.LevelSpecification.Mode;
import dev.mixedmodels.engine.numeric.DoubleDouble;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Covariates less their mean over the fitted rows or in a unit, and the means of units, as further columns. A row of a
 * unit without fitted rows has missing values there.
 */
final class CenteredColumns {
    /**
     * A centred covariate.
     *
     * @param column the covariate
     * @param within name of the column of deviations
     * @param between name of the column of means; null if there is none
     * @param grouping of the units with means of their own; null for one mean
     * @param means by row of the frame
     */
    record Centred(String column, String within, String between, Grouping grouping, double[] means) {
    }

    private Frame frame;
    private final List<Centred> all = new ArrayList<>();
    private final Map<String, List<String>> replacements = new HashMap<>();

    private CenteredColumns(final Frame frame) {
        this.frame = frame;
    }

    static CenteredColumns of(final LevelSpecification model, final Frame frame, final DesignOptions options) {
        final CenteredColumns columns = new CenteredColumns(frame);
        final List<Centering> wanted = model.centerings().stream().filter(c -> c.mode() != Mode.RAW).toList();
        if (!wanted.isEmpty()) {
            final Rows fitted = ModelFrame.of(frame, model.response(), model.columns(), options.missing(), options.weights())
                .fitted();
            for (final Centering centering : wanted) {
                if (columns.replacements.containsKey(centering.column())) {
                    throw new ModelException("The covariate \"" + centering.column()
                        + "\" is centred twice. Choose one way for each.");
                }
                columns.add(model, centering, frame.numeric(centering.column()), fitted);
            }
        }
        return columns;
    }

    private void add(final LevelSpecification model, final Centering centering, final Column column,
        final Rows fitted) {
        if (centering.mode() == Mode.GRAND_MEAN) {
            final int[] all = new int[frame.rows()];
            final double[] mean = means(column, all, 1, fitted);
            put(column, null, all, mean, column.name() + ".centred", null);
            return;
        }
        final Grouping grouping = grouping(model, centering.level());
        final Factor units = units(grouping, fitted);
        final int[] codes = new int[frame.rows()];
        Arrays.setAll(codes, units::code);
        final double[] means = means(column, codes, units.size(), fitted);
        put(column, grouping, codes, means, column.name() + ".within." + centering.level(),
            centering.mode() == Mode.WITHIN_AND_BETWEEN ? column.name() + ".between." + centering.level() : null);
    }

    private static Grouping grouping(final LevelSpecification model, final String level) {
        for (int k = 0; k < model.levels().size(); k++) {
            if (model.levels().get(k).column().equals(level)) {
                return model.grouping(k);
            }
        }
        throw new ModelException("A covariate is to be centred within the level \"" + level + "\", which is not among "
            + "the levels of the model. Choose one of them.");
    }

    private Factor units(final Grouping grouping, final Rows fitted) {
        Factor factor = Factor.of(frame.column(grouping.columns().get(0)), fitted, LevelOrder.NATURAL);
        for (int i = 1; i < grouping.columns().size(); i++) {
            factor = Factor.combine(factor, "/",
                Factor.of(frame.column(grouping.columns().get(i)), fitted, LevelOrder.NATURAL), fitted);
        }
        return factor;
    }

    private static double[] means(final Column column, final int[] codes, final int units, final Rows fitted) {
        final DoubleDouble[] sums = new DoubleDouble[units];
        final int[] counts = new int[units];
        for (int i = 0; i < fitted.size(); i++) {
            final int row = fitted.row(i);
            final int unit = codes[row];
            sums[unit] = sums[unit] == null ? new DoubleDouble() : sums[unit];
            sums[unit].add(column.value(row));
            counts[unit]++;
        }
        final double[] means = new double[units];
        for (int unit = 0; unit < units; unit++) {
            means[unit] = sums[unit] == null ? Double.NaN : sums[unit].value() / counts[unit];
        }
        return means;
    }

    private void put(final Column column, final Grouping grouping, final int[] codes, final double[] means, final String within,
        final String between) {
        final CentredCovariate centred = new CentredCovariate(column, row -> codes[row], means);
        for (final String name : between == null ? new String[] {within} : new String[] {within, between}) {
            if (frame.has(name)) {
                throw new ModelException("The centred covariate would be called \"" + name + "\", but the table has a "
                    + "column of that name. Rename it.");
            }
        }
        all.add(new Centred(column.name(), within, between, grouping, centred.mean()));
        frame = centred.addTo(frame, within, between);
        if (between == null) {
            replacements.put(column.name(), List.of(within));
        } else {
            replacements.put(column.name(), List.of(within, between));
        }
    }

    Frame frame() {
        return frame;
    }

    List<Centred> all() {
        return all;
    }

    /** The columns that stand for a column in the mean. */
    List<String> replacements(final String column) {
        return replacements.getOrDefault(column, List.of(column));
    }

    /** The column that stands for it in interactions and slopes. */
    String main(final String column) {
        return replacements(column).get(0);
    }
}
