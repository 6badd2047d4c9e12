package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.statistics.Grouping;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a table, or of a part of it, as those of a model with grouping factors: w, y, z of its fitted rows; X beta =
 * W gamma with the design's working basis W.
 */
public final class MixedRows implements ModelRows {
    private final ModelDesign design;
    private final RandomDesign[][] parts;
    private final int[] effects;

    /**
     * @param design the design over these rows
     * @param terms for each grouping factor its random terms
     */
    MixedRows(final ModelDesign design, final int[][] terms) {
        this.design = design;
        parts = Arrays.stream(terms)
            .map(own -> Arrays.stream(own).mapToObj(design.random()::get).toArray(RandomDesign[]::new))
            .toArray(RandomDesign[][]::new);
        effects = Arrays.stream(parts).mapToInt(own -> Arrays.stream(own).mapToInt(RandomDesign::effects).sum())
            .toArray();
    }

    /**
     * @return the design over these rows
     */
    public ModelDesign design() {
        return design;
    }

    /**
     * @param k index of a grouping factor
     * @return the units of all rows of the table's part; -1 in rows of a unit that is not in the fit
     */
    public Factor factor(final int k) {
        return parts[k][0].factor();
    }

    /**
     * A row of Z_k.
     *
     * @param k index of a grouping factor
     * @param row row of the table's part
     * @param z receives q_k values, from {@code at} on
     * @param at position of the first
     */
    public void effects(final int k, final int row, final double[] z, final int at) {
        int to = at;
        for (final RandomDesign part : parts[k]) {
            part.row(row, z, to);
            to += part.effects();
        }
    }

    /**
     * @return for each grouping factor the unit of each fitted row
     */
    public int[][] codes() {
        final int[][] codes = new int[parts.length][size()];
        for (int k = 0; k < codes.length; k++) {
            final Factor factor = factor(k);
            for (int i = 0; i < codes[k].length; i++) {
                codes[k][i] = factor.code(design.rows().fitted().row(i));
            }
        }
        return codes;
    }

    /**
     * @return the same as groupings
     */
    public List<Grouping> groupings() {
        final int[][] codes = codes();
        final List<Grouping> groupings = new ArrayList<>();
        for (int k = 0; k < codes.length; k++) {
            groupings.add(new Grouping(factor(k).name(), codes[k], factor(k).size()));
        }
        return groupings;
    }

    @Override
    public int size() {
        return design.rows().fitted().size();
    }

    @Override
    public int fixedEffects() {
        return design.fixed().columns();
    }

    @Override
    public int[] randomEffects() {
        return effects;
    }

    @Override
    public double root(final int row) {
        return design.weights().root(design.rows().fitted().row(row));
    }

    @Override
    public void row(final int row, final double[] values) {
        final int at = design.rows().fitted().row(row);
        design.fixed().basisRow(at, values);
        int to = fixedEffects();
        values[to++] = design.response(at);
        for (int k = 0; k < parts.length; k++) {
            effects(k, at, values, to);
            to += effects[k];
        }
    }

    @Override
    public void rows(final int from, final int size, final double[] values) {
        final int p = fixedEffects();
        final int width = width();
        final double[][] columns = new double[width][size];
        final RowSpan span = new RowSpan(design.rows().fitted(), from, size);
        design.fixed().basis(span, Arrays.copyOf(columns, p));
        design.response(span, columns[p]);
        int column = p + 1;
        for (final RandomDesign[] terms : parts) {
            for (final RandomDesign term : terms) {
                term.columns(span, columns, column);
                column += term.effects();
            }
        }
        for (int k = 0; k < width; k++) {
            for (int i = 0, to = k; i < size; i++, to += width) {
                values[to] = columns[k][i];
            }
        }
    }
}
