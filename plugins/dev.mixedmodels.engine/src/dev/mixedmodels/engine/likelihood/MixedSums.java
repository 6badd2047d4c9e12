package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Fold;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.RowSpan;
import dev.mixedmodels.engine.statistics.BlockedCrossProducts;
import dev.mixedmodels.engine.statistics.BlockedSums;
import dev.mixedmodels.engine.statistics.GroupReduction;
import dev.mixedmodels.engine.statistics.ModelRows;
import dev.mixedmodels.engine.statistics.UnitStatistics;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * The pass over the rows of a model in which what its likelihood needs of each unit is gathered, in its coordinates:
 * triangles of the units of a single factor ({@link UnitStatistics}), cross-products of units and of pairs of units
 * that occur with several ({@link BlockedSums}).
 */
final class MixedSums implements Fold<MixedSums> {
    private static final long serialVersionUID = 1L;

    /**
     * What is gathered.
     *
     * @param coordinates of the model
     * @param levels number of units of each grouping factor
     * @param only index of the one factor whose effects are meant; -1 for all of them
     * @param whole whether the cross-products [X y]'[X y] of the units of the factor with fewest are wanted
     * @param constant which columns of Z are known to be the same in all rows
     * @param plain whether products without weights of the columns of [X Z] are wanted
     */
    record Question(Coordinates coordinates, int[] levels, int only, boolean whole, boolean[] constant, boolean plain)
        implements Serializable {
        boolean oneFactor() {
            return only >= 0 || levels.length == 1;
        }

        int factor() {
            return Math.max(0, only);
        }

        Question with(final Coordinates other) {
            return new Question(other, levels, only, whole, constant, plain);
        }

        /** The same of a single factor's effects. */
        Question only(final int k) {
            return new Question(coordinates, levels, k, false, constant, false);
        }

        /** The factor with fewest units, within which those of all others lie if they lie within those of any. */
        int outermost() {
            return IntStream.range(0, levels.length).reduce(0, (best, k) -> levels[k] < levels[best] ? k : best);
        }
    }

    private final transient Progress progress; // null on other machines
    private final MixedReader reader;
    private final Question question;
    private final int p;
    private final int[] effects;
    private final UnitStatistics units; // of a single factor
    private final BlockedSums blocks; // of several
    private final RowFacts facts;

    /**
     * @param question what is gathered
     * @param reader reads the rows
     * @param progress asked now and then whether the user cancelled
     */
    MixedSums(final Question question, final MixedReader reader, final Progress progress) {
        this(question, reader, progress, true);
    }

    private MixedSums(final Question question, final MixedReader reader, final Progress progress, final boolean roomy) {
        this.question = question;
        this.reader = reader;
        this.progress = progress;
        p = question.coordinates.fixedEffects();
        effects = question.coordinates.effects();
        if (question.oneFactor()) {
            final int q = effects[question.factor()];
            final UnitStatistics all = new UnitStatistics(question.whole ? q + p + 1 : q, question.whole ? -1 : p,
                roomy ? question.levels[question.factor()] : 0);
            units = roomy ? all : all.fresh();
            blocks = null;
        } else {
            units = null;
            blocks = new BlockedSums(p, effects, question.levels, question.whole ? question.outermost() : -1);
        }
        facts = new RowFacts(p, effects, question.constant, question.plain);
    }

    @Override
    public MixedSums fresh() {
        return new MixedSums(question, reader, progress, false);
    }

    @Override
    public void add(final Frame block) {
        final MixedRows rows = reader.rows(block);
        add(rows, rows.codes());
    }

    /**
     * Adds rows of the model.
     *
     * @param rows as the model has them
     * @param codes for each grouping factor the unit of each row
     */
    void add(final ModelRows rows, final int[][] codes) {
        final int width = rows.width();
        final int only = question.oneFactor() ? question.factor() : -1;
        final int q = only < 0 ? width - p - 1 : effects[only];
        final int first = p + 1 + (only < 0 ? 0 : IntStream.of(effects).limit(only).sum());
        final int inUnits = p + 1 + q; // of rows [z x y], or [x y z] with several factors
        final double[] values = new double[rows.size() * inUnits];
        final double[] span = new double[RowSpan.MOST * width];
        for (int from = 0; from < rows.size(); from += RowSpan.MOST) {
            if (progress != null) {
                progress.check();
            }
            final int size = Math.min(RowSpan.MOST, rows.size() - from);
            rows.rows(from, size, span);
            for (int i = 0, at = 0, to = from * inUnits; i < size; i++, at += width, to += inUnits) {
                facts.add(span, at, codes, from + i);
                question.coordinates.apply(span, at, rows.root(from + i));
                System.arraycopy(span, at, values, only < 0 ? to : to + q, p + 1);
                System.arraycopy(span, at + first, values, only < 0 ? to + p + 1 : to, q);
            }
        }
        if (blocks != null) {
            blocks.add(values, codes);
        } else {
            units.add(values, codes[only]);
        }
    }

    @Override
    public void merge(final MixedSums later) {
        if (blocks != null) {
            blocks.merge(later.blocks);
        } else {
            units.merge(later.units);
        }
        facts.merge(later.facts);
    }

    /** The statistics of several factors. */
    BlockedCrossProducts products() {
        return blocks.products();
    }

    /** Those of a single one. */
    GroupReduction reduction() {
        return units.reduction(question.levels[question.factor()]);
    }

    RowFacts facts() {
        return facts.closed();
    }
}
