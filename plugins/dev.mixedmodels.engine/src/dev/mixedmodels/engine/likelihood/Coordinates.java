package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.LinearStructure.Block;
import dev.mixedmodels.engine.fit.RandomBlock;
import dev.mixedmodels.engine.fit.RandomModel;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.ModelRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The coordinates in which a model is computed: columns of Z shifted and scaled so that a common offset (years as
 * 2019.5) or units of measurement cost no digits, the response less what the mean explains of it and in a scale of its
 * own, and the way back. A column of Z is shifted where an unstructured block of D holds a constant one too, for then
 * the shifted family of D is the same family. Shifts are multiples of a sixteenth of the scale, a power of two, so that
 * scaling does not round.
 * <p>
 * Rows are multiplied by the roots of their weights after that. With z~ = z T the effects are b = c T b~ and
 * D = c^2 T D~ T', c the scale of y; beta = c beta~ + offset.
 */
public final class Coordinates implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int p;
    private final int[] effects;
    private final double[] shift;
    private final double[] scale;
    private final double[][] t;
    private final double[][] inverseT;
    private final double[] offset;
    private final double c;

    private Coordinates(final Coordinates other, final double[] offset) {
        p = other.p;
        effects = other.effects;
        shift = other.shift;
        scale = other.scale;
        t = other.t;
        inverseT = other.inverseT;
        c = other.c;
        this.offset = offset;
    }

    private Coordinates(final Coordinates other, final int[] intercepts, final int smaller) {
        p = smaller;
        offset = Arrays.copyOf(other.offset, smaller);
        c = other.c;
        effects = new int[intercepts.length];
        Arrays.fill(effects, 1);
        shift = new double[effects.length];
        scale = new double[effects.length];
        t = new double[effects.length][];
        inverseT = new double[effects.length][];
        for (int k = 0; k < effects.length; k++) {
            final int entry = intercepts[k] * (other.effects[k] + 1);
            t[k] = new double[] {other.t[k][entry]};
            inverseT[k] = new double[] {other.inverseT[k][entry]};
            scale[k] = inverseT[k][0];
        }
    }

    /**
     * @param z weighted products of the columns of Z
     * @param columns which of these are those of each factor, one factor after the other
     * @param constant which of them are constantly 1, in that order
     * @param structures the covariance structure of each factor's effects
     * @param offset what is taken off the response first, coefficients of X
     * @param deviation root mean square of what is left
     */
    public Coordinates(final CrossProducts z, final int[] columns, final boolean[] constant,
        final List<LinearStructure> structures, final double[] offset, final double deviation) {
        p = offset.length;
        this.offset = offset;
        c = power(deviation);
        final int factors = structures.size();
        effects = structures.stream().mapToInt(LinearStructure::dimension).toArray();
        shift = new double[constant.length];
        scale = new double[constant.length];
        t = new double[factors][];
        inverseT = new double[factors][];
        for (int k = 0, first = 0; k < factors; first += effects[k++]) {
            final LinearStructure structure = structures.get(k);
            final int q = effects[k];
            t[k] = new double[q * q];
            inverseT[k] = new double[q * q];
            final int[] one = new int[q];
            for (int i = 0; i < q; i++) {
                one[i] = constantBeside(structure, constant, first, i);
                scale(z, columns[first + i], first + i, constant[first + i], one[i] >= 0);
            }
            if (!structure.blocks().stream().allMatch(Block::free)) {
                Arrays.fill(scale, first, first + q, Arrays.stream(scale, first, first + q).max().orElse(1));
            }
            for (int i = 0; i < q; i++) {
                t[k][i * q + i] = 1 / scale[first + i];
                inverseT[k][i * q + i] = scale[first + i];
                if (shift[first + i] != 0) {
                    t[k][one[i] * q + i] = -shift[first + i] / scale[first + i];
                    inverseT[k][one[i] * q + i] = scale[first + one[i]] * shift[first + i];
                }
            }
        }
    }

    private void scale(final CrossProducts z, final int column, final int at, final boolean constant,
        final boolean shifted) {
        final double square = constant ? z.weight() : Math.max(0, z.centred(column, column));
        final double spread = power(Math.sqrt(square / z.count()));
        final double grid = spread / 16;
        final double mean = constant ? 0 : Math.rint(z.mean(column) / grid) * grid;
        shift[at] = shifted ? mean : 0;
        scale[at] = shifted ? spread : power(Math.hypot(mean * Math.sqrt(z.weight() / z.count()), spread));
    }

    /** The power of two at or below a positive number; 1 for 0. */
    private static double power(final double x) {
        return x > 0 && x <= Double.MAX_VALUE ? Math.scalb(1.0, Math.getExponent(x)) : 1;
    }

    /** The constant effect of an effect's unstructured block; -1 if there is none. */
    private static int constantBeside(final LinearStructure structure, final boolean[] constant, final int first,
        final int effect) {
        return structure.blocks().stream().filter(Block::free).map(Block::effects)
            .filter(effects -> IntStream.of(effects).anyMatch(i -> i == effect)).flatMapToInt(IntStream::of)
            .filter(i -> constant[first + i]).reduce(-1, (before, i) -> i);
    }

    /**
     * @param b coefficients of X in these coordinates, length p
     * @return coordinates in which X b is taken off the response as well
     */
    public Coordinates without(final double[] b) {
        final double[] sum = new double[p];
        Arrays.setAll(sum, i -> offset[i] + c * b[i]);
        return new Coordinates(this, sum);
    }

    /** Those of a model with the first columns of X and, of Z, the intercepts. */
    Coordinates only(final int[] intercepts, final int smaller) {
        return new Coordinates(this, intercepts, smaller);
    }

    /**
     * Turns a row [x y z] of the model into one in these coordinates, in place.
     *
     * @param rows holds the row
     * @param at where it begins
     * @param root the root of its weight
     */
    public void apply(final double[] rows, final int at, final double root) {
        final int z = at + p + 1;
        double y = rows[at + p];
        for (int i = 0; i < p; i++) {
            y -= rows[at + i] * offset[i];
        }
        rows[at + p] = y / c;
        for (int i = 0; i < shift.length; i++) {
            rows[z + i] = (rows[z + i] - shift[i]) / scale[i];
        }
        for (int i = at; root != 1 && i < z + shift.length; i++) {
            rows[i] *= root;
        }
    }

    /**
     * @param given rows of the model
     * @return the rows in these coordinates, multiplied by the roots of their weights
     */
    public ModelRows of(final ModelRows given) {
        return new ModelRows() {
            @Override
            public int size() {
                return given.size();
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
                given.row(row, values);
                apply(values, 0, given.root(row));
            }
        };
    }

    /**
     * @return number of effects of each grouping factor
     */
    public int[] effects() {
        return effects;
    }

    /**
     * @return p
     */
    public int fixedEffects() {
        return p;
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
                blocks.add(RandomBlock.of(from + block.effects()[0], block.kind(), IntStream.of(block.effects())
                    .mapToObj(i -> {
                    final double[] effect = new double[q];
                    System.arraycopy(columns[i], 0, effect, from, columns[i].length);
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
        final double[] product = new double[t[k].length];
        Arrays.setAll(product, i -> c * t[k][i]);
        return product;
    }

    /**
     * @return c, the scale of y
     */
    public double responseScale() {
        return c;
    }

    /**
     * @param k index of a grouping factor
     * @return T_k^-1, z = z~ T_k^-1; q x q row-major
     */
    public double[] columnsBack(final int k) {
        return inverseT[k].clone();
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
     * @return what is added to c beta~ to give beta, for what was taken off y
     */
    public double[] fixedOffset() {
        return offset.clone();
    }
}
