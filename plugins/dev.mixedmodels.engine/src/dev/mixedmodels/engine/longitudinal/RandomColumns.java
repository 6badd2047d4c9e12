package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.RandomDesign;
import dev.mixedmodels.engine.design.RandomProducts;
import dev.mixedmodels.engine.fit.RandomModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of Z of all random terms, in their order, and an orthonormal basis Z_c of what they span over the fitted
 * rows, weighted, Z = Z_c T. Columns of independent blocks may be combinations of one another (indicators of all levels
 * beside an intercept); then Z_c has columns of zeros at its end.
 */
final class RandomColumns {
    private static final String INTERCEPT = "(Intercept)";

    private final List<String> names = new ArrayList<>();
    private final List<Integer> blocks = new ArrayList<>();
    private final List<RandomProducts> products;
    private final RandomBasis basis;

    /**
     * @param terms of the random part, with one grouping
     * @param products of their columns: of all, and of each block if there are several
     */
    RandomColumns(final List<RandomDesign> terms, final List<RandomProducts> products) {
        this.products = products;
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
        basis = basis(products.get(0));
    }

    private RandomBasis basis(final RandomProducts of) {
        return RandomBasis.of(of, isIntercept(of.first()));
    }

    RandomBasis basis() {
        return basis;
    }

    List<String> names() {
        return names;
    }

    boolean isIntercept(final int effect) {
        return names.get(effect).equals(INTERCEPT);
    }

    int size() {
        return names.size();
    }

    RandomModel model(final RandomStructure structure) {
        final int count = blocks.get(blocks.size() - 1) + 1;
        final int[] sizes = new int[count];
        blocks.forEach(b -> sizes[b]++);
        int first = 0;
        for (int b = 0; b < count; b++) {
            final int size = sizes[b];
            final RandomBasis block = count == 1 ? basis : basis(products.get(b + 1));
            if (block.kept().length < size) {
                int redundant = 0;
                while (redundant < block.kept().length && block.kept()[redundant] == redundant) {
                    redundant++;
                }
                throw new ModelException("The random effect " + names.get(first + redundant)
                    + " is the same in all rows, or a combination of the effects before it, so that its variance "
                    + "cannot be told from theirs. Take it out of the random part.");
            }
            first += size;
        }
        return RandomModel.of(names, sizes, structure, basis.combinations());
    }
}
