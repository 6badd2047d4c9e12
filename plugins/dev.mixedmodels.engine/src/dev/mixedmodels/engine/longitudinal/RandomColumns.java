package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.design.WorkingBasis;
import dev.mixedmodels.engine.fit.RandomModel;
import dev.mixedmodels.engine.frame.ModelFrame;
import dev.mixedmodels.engine.frame.RowWeights;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.numeric.CrossProducts;
import dev.mixedmodels.engine.numeric.OrderedCholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of Z of all random terms, in their order, and an orthonormal basis Z_c of what they span over the fitted
 * rows, weighted, Z = Z_c T. Columns of independent blocks may be combinations of one another (indicators of all levels beside an
 * intercept); then Z_c has columns of zeros at its end.
 */
final class RandomColumns {
    private static final String INTERCEPT = "(Intercept)";
    private static final int CHECK_ROWS = 1 << 16;

    private final List<RandomDesign> terms;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> blocks = new ArrayList<>();
    private final Rows fitted;
    private final RowWeights weights;
    private final Progress progress;
    private final Basis basis;

    /** The basis of some columns: which of them it is made of, and all of them as its combinations. */
    private record Basis(WorkingBasis working, int[] kept, double[][] combinations) {
    }

    RandomColumns(final List<RandomDesign> terms, final ModelFrame rows, final Progress progress) {
        this.terms = terms;
        fitted = rows.fitted();
        weights = rows.weights();
        this.progress = progress;
        int block = -1;
        for (final RandomDesign term : terms) {
            int last = -1;
            for (int effect = 0; effect < term.effects(); effect++) {
                block += term.block(effect) == last ? 0 : 1;
                last = term.block(effect);
                names.add(term.names().get(effect));
                blocks.add(block);
            }
        }
        for (final String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new ModelException("The random effect " + name + " of \"" + terms.get(0).factor().name()
                    + "\" stands twice in the random part; its variances cannot be told apart. Take one out.");
            }
        }
        basis = basis(0, names.size());
    }

    List<String> names() {
        return names;
    }

    int size() {
        return names.size();
    }

    /** A row of Z. */
    void row(final int frameRow, final double[] z) {
        int at = 0;
        for (final RandomDesign term : terms) {
            term.row(frameRow, z, at);
            at += term.effects();
        }
    }

    /** A row of the orthonormal columns. */
    void basisRow(final int frameRow, final double[] z) {
        row(frameRow, z);
        final int[] kept = basis.kept;
        for (int j = 0; j < kept.length; j++) {
            z[j] = z[kept[j]];
        }
        Arrays.fill(z, kept.length, z.length, 0);
        basis.working.transform(z);
    }

    RandomModel model(final RandomStructure structure) {
        final int count = blocks.get(blocks.size() - 1) + 1;
        final int[] sizes = new int[count];
        blocks.forEach(b -> sizes[b]++);
        final List<double[][]> own = new ArrayList<>();
        int first = 0;
        for (final int size : sizes) {
            final Basis block = count == 1 ? basis : basis(first, size);
            if (block.kept.length < size) {
                int redundant = 0;
                while (redundant < block.kept.length && block.kept[redundant] == redundant) {
                    redundant++;
                }
                throw new ModelException("The random effect " + names.get(first + redundant)
                    + " is the same in all rows, or a combination of the effects before it, so that its variance cannot be "
                    + "told from theirs. Take it out of the random part.");
            }
            own.add(block.working.matrix());
            first += size;
        }
        return RandomModel.of(names, sizes, structure, basis.combinations, own);
    }

    private void check(final int i) {
        if (i % CHECK_ROWS == 0) {
            progress.check();
        }
    }

    /** The basis of some successive columns; the first may be the intercept. */
    private Basis basis(final int first, final int count) {
        final boolean intercept = names.get(first).equals(INTERCEPT);
        final double[] z = new double[size()];
        final double[] shift = new double[count];
        if (intercept) {
            final double[] low = new double[count];
            final double[] high = new double[count];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
            for (int i = 0; i < fitted.size(); i++) {
                check(i);
                row(fitted.row(i), z);
                for (int j = 1; j < count; j++) {
                    low[j] = Math.min(low[j], z[first + j]);
                    high[j] = Math.max(high[j], z[first + j]);
                }
            }
            for (int j = 1; j < count; j++) {
                shift[j] = low[j] / 2 + high[j] / 2;
            }
        }
        final CrossProducts products = CrossProducts.weighted(fitted.size(), shift, (i, part) -> {
            check(i);
            final double[] all = count == size() ? part : new double[size()];
            row(fitted.row(i), all);
            System.arraycopy(all, first, part, 0, count);
        }, i -> weights.root(fitted.row(i)));
        final OrderedCholesky cholesky = OrderedCholesky.of(products, count, intercept);
        final WorkingBasis working = new WorkingBasis(products, cholesky, intercept);
        final int[] kept = cholesky.kept();
        final double[][] combinations = new double[count][count];
        for (int j = 0; j < count; j++) {
            final int place = Arrays.binarySearch(kept, j);
            double[] b = new double[kept.length];
            if (place >= 0) {
                b[place] = 1;
            } else {
                b = Arrays.copyOf(cholesky.projection(j)[0], kept.length);
            }
            final double[] c = working.coordinates(b, shift[j]);
            for (int i = 0; i < c.length; i++) {
                combinations[i][j] = c[i];
            }
        }
        return new Basis(working, kept, combinations);
    }
}
