package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.LinearStructure.Block;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.fit.RandomModel;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.ColumnScaling;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The coordinates in which a model is computed: columns of X, of Z and y shifted and scaled so that a common offset
 * (years as 2019.5) or units of measurement cost no digits, and the way back. Columns of X and y are shifted where X
 * has a constant column; columns of Z where an unstructured block of D holds a constant one, for then the shifted
 * family of D is the same family.
 * <p>
 * Rows are multiplied by the roots of their weights after that. With z~ = z T the effects are b = c T b~ and
 * D = c^2 T D~ T', c the scale of y; with x~ = x M, beta = c M beta~ + offset.
 * A part x~ b of y~ may be taken off as well, which the offset then has too, and the rest be scaled once more.
 */
public final class Coordinates {
    private final ModelRows rows;
    private final ColumnScaling scaling;
    private final int p;
    private final int[] effects;
    private final int intercept;
    private final double[][] t;
    private final double[][] inverseT;
    private final double[] taken;
    private final double rest;

    private Coordinates(final ModelRows rows, final ColumnScaling scaling, final int intercept,
        final int[] constantEffect) {
        this.rows = rows;
        this.scaling = scaling;
        this.intercept = intercept;
        p = rows.fixedEffects();
        effects = rows.randomEffects();
        taken = new double[p];
        rest = 1;
        t = new double[effects.length][];
        inverseT = new double[effects.length][];
        int column = p + 1;
        int index = 0;
        for (int k = 0; k < effects.length; k++) {
            final int q = effects[k];
            t[k] = new double[q * q];
            inverseT[k] = new double[q * q];
            for (int c = 0; c < q; c++, index++) {
                final double scale = scaling.scale()[column + c];
                final double shift = scaling.shift()[column + c];
                t[k][c * q + c] = 1 / scale;
                inverseT[k][c * q + c] = scale;
                if (shift != 0) {
                    final int one = constantEffect[index];
                    final double value = scaling.constant()[column + one];
                    t[k][one * q + c] = -shift / (scale * value);
                    inverseT[k][one * q + c] = scaling.scale()[column + one] * shift / value;
                }
            }
            column += q;
        }
    }

    private Coordinates(final Coordinates other, final double[] taken, final double rest) {
        rows = other.rows;
        scaling = other.scaling;
        intercept = other.intercept;
        p = other.p;
        effects = other.effects;
        t = other.t;
        inverseT = other.inverseT;
        this.taken = taken;
        this.rest = rest;
    }

    /**
     * @param b coefficients of x~, length p
     * @param deviation root mean square of what is left of y~
     * @return these coordinates with x~ b taken off the response as well, and what is left scaled to a size near 1
     */
    public Coordinates without(final double[] b, final double deviation) {
        final double[] sum = new double[p];
        Arrays.setAll(sum, c -> taken[c] + rest * b[c]);
        return new Coordinates(this, sum, deviation > 0 ? Math.scalb(rest, Math.getExponent(deviation)) : rest);
    }

    /**
     * Reads all rows once to find shifts and scales.
     *
     * @param rows the rows
     * @param structures the covariance structure of each grouping factor's effects
     * @param progress to learn of cancellation
     * @return the coordinates
     */
    public static Coordinates of(final ModelRows rows, final List<LinearStructure> structures,
        final Progress progress) {
        ColumnScaling scaling = ColumnScaling.of(rows, progress);
        final int p = rows.fixedEffects();
        int intercept = -1;
        for (int c = 0; c < p; c++) {
            if (isConstant(scaling, c)) {
                intercept = c;
            }
        }
        for (int c = 0; intercept < 0 && c <= p; c++) {
            scaling = scaling.unshifted(c);
        }
        final int[] constantEffect = new int[rows.width() - p - 1];
        int column = p + 1;
        for (final LinearStructure structure : structures) {
            final int q = structure.dimension();
            for (int c = 0; c < q; c++) {
                final int one = constantBeside(scaling, structure, column, c);
                constantEffect[column - p - 1 + c] = one;
                if (one < 0) {
                    scaling = scaling.unshifted(column + c);
                }
            }
            if (!structure.blocks().stream().allMatch(Block::free)) {
                scaling = scaling.unscaled(column, q);
            }
            column += q;
        }
        return new Coordinates(rows, scaling, intercept, constantEffect);
    }

    /** The constant effect of an effect's unstructured block; -1 if there is none. */
    private static int constantBeside(final ColumnScaling scaling, final LinearStructure structure, final int column,
        final int effect) {
        return structure.blocks().stream().filter(Block::free).map(Block::effects)
            .filter(effects -> IntStream.of(effects).anyMatch(c -> c == effect)).flatMapToInt(IntStream::of)
            .filter(c -> isConstant(scaling, column + c)).reduce(-1, (before, c) -> c);
    }

    private static boolean isConstant(final ColumnScaling scaling, final int column) {
        return scaling.constant()[column] != 0 && !Double.isNaN(scaling.constant()[column]);
    }

    /**
     * @return the rows in these coordinates, multiplied by the roots of their weights
     */
    public ModelRows rows() {
        return new ModelRows() {
            @Override
            public int size() {
                return rows.size();
            }

            @Override
            public int fixedEffects() {
                return p;
            }

            @Override
            public int[] randomEffects() {
                return effects;
            }

            @Override
            public void row(final int row, final double[] values) {
                rows.row(row, values);
                scaling.apply(values);
                for (int c = 0; c < p; c++) {
                    values[p] -= taken[c] * values[c];
                }
                values[p] /= rest;
                final double root = rows.root(row);
                for (int c = 0; root != 1 && c < values.length; c++) {
                    values[c] *= root;
                }
            }
        };
    }

    /**
     * @param structures of each grouping factor's D in the user's units
     * @return the effects of all factors as those of one whose D is block diagonal, in units of the response's scale
     */
    RandomModel random(final List<LinearStructure> structures) {
        final int q = IntStream.of(effects).sum();
        final List<RandomBlock> blocks = new ArrayList<>();
        for (int k = 0, first = 0; k < effects.length; first += effects[k++]) {
            final double[][] columns = Matrices.transpose(Matrices.square(inverseT[k], effects[k]));
            final int from = first;
            for (final Block block : structures.get(k).blocks()) {
                blocks.add(RandomBlock.of(from + block.effects()[0], block.kind(), IntStream.of(block.effects()).mapToObj(c -> {
                    final double[] effect = new double[q];
                    System.arraycopy(columns[c], 0, effect, from, columns[c].length);
                    return effect;
                }).toArray(double[][]::new)));
            }
        }
        return new RandomModel(List.of(), blocks, q);
    }

    /**
     * @param k index of a grouping factor
     * @return T_k times the scale of y: b = it times b~; q x q row-major
     */
    public double[] effectsBack(final int k) {
        return times(responseScale(), t[k]);
    }

    private static double[] times(final double factor, final double[] matrix) {
        final double[] product = new double[matrix.length];
        Arrays.setAll(product, i -> factor * matrix[i]);
        return product;
    }

    /**
     * @return c, the scale of y
     */
    public double responseScale() {
        return scaling.scale()[p] * rest;
    }

    /**
     * @return c M: Cov(beta) = (c M) Cov(beta~) (c M)', p x p row-major
     */
    public double[] fixedBack() {
        final double[] m = new double[p * p];
        for (int c = 0; c < p; c++) {
            m[c * p + c] = responseScale() / scaling.scale()[c];
            if (scaling.shift()[c] != 0) {
                m[intercept * p + c] = -responseScale() * scaling.shift()[c]
                    / (scaling.scale()[c] * scaling.constant()[intercept]);
            }
        }
        return m;
    }

    /**
     * @return the inverse of {@link #fixedBack}
     */
    public double[] fixedForward() {
        final double[] inverse = new double[p * p];
        for (int c = 0; c < p; c++) {
            inverse[c * p + c] = scaling.scale()[c] / responseScale();
            if (scaling.shift()[c] != 0) {
                inverse[intercept * p + c] = scaling.shift()[c] * scaling.scale()[intercept]
                    / (responseScale() * scaling.constant()[intercept]);
            }
        }
        return inverse;
    }

    /**
     * @param k index of a grouping factor
     * @param structure of its effects
     * @return derivatives of T^-1 D T^-T by the elements of D, each q x q row-major
     */
    public double[][] elements(final int k, final LinearStructure structure) {
        final double[][] mapped = new double[structure.parameters()][];
        for (int e = 0; e < mapped.length; e++) {
            mapped[e] = SmallMatrix.multiplyTransposed(
                SmallMatrix.multiply(inverseT[k], structure.basis()[e], effects[k]), inverseT[k], effects[k]);
        }
        return mapped;
    }

    /**
     * @return what is added to c M beta~ to give beta, for what was taken off y
     */
    public double[] fixedOffset() {
        final double[] offset = Matrices.multiply(Matrices.square(times(1 / rest, fixedBack()), p), taken);
        if (scaling.shift()[p] != 0) {
            offset[intercept] += scaling.shift()[p] / scaling.constant()[intercept];
        }
        return offset;
    }

    /**
     * @return log |M|^-2, which is added to log |X~'V^-1 X~| to give log |X'V^-1 X|
     */
    public double logDeterminantBack() {
        return 2 * Arrays.stream(scaling.scale(), 0, p).map(Math::log).sum();
    }
}
