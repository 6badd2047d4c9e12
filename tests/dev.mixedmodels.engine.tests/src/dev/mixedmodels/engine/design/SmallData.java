package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The 18 unbalanced rows for which the expected values of these tests were computed in R. */
final class SmallData {
    static final String[] F = "a b c a b c a a b c b b a c a b c c".split(" ");
    static final String[] G = "u v u v v v u u u v v u v u v u v v".split(" ");
    static final double[] X = {1, 4, 2, 8, 5, 7, 3, 6, 9, 2, 4, 1, 7, 3, 5, 8, 6, 2};
    static final double[] Z = {2.5, 1, 3.5, 2, 4, 1.5, 3, 0.5, 2, 1, 4.5, 3, 2, 2.5, 1, 0.5, 3.5, 4};
    static final double[] Y =
        {5.1, 7.3, 6.2, 9.9, 8.4, 10.7, 6, 8.1, 9.7, 7, 7.6, 5, 9.1, 7.7, 7.4, 9, 10.1, 8.3};

    private SmallData() {
    }

    static Frame frame() {
        return frame(allRows());
    }

    static List<Integer> allRows() {
        final List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < Y.length; i++) {
            rows.add(i);
        }
        return rows;
    }

    /** All rows but those of the cell c, u. */
    static Frame withEmptyCell() {
        return frame(allRows().stream().filter(i -> !(F[i].equals("c") && G[i].equals("u"))).toList());
    }

    static Frame shuffled(final long seed) {
        final List<Integer> rows = allRows();
        Collections.shuffle(rows, new Random(seed));
        return frame(rows);
    }

    static Frame frame(final List<Integer> rows) {
        return new Frame(rows.size(), List.of(nominal("f", F, rows), nominal("g", G, rows), numeric("x", X, rows),
            numeric("z", Z, rows), numeric("y", Y, rows)));
    }

    private static NominalColumn nominal(final String name, final String[] values, final List<Integer> rows) {
        return NominalColumn.of(name, rows.stream().map(i -> values[i]).toList());
    }

    private static NumericColumn numeric(final String name, final double[] values, final List<Integer> rows) {
        return new NumericColumn(name, rows.stream().mapToDouble(i -> values[i]).toArray());
    }

    static ModelDesign design(final String formula) {
        return design(frame(), formula, Coding.TREATMENT);
    }

    static ModelDesign design(final Frame frame, final String formula, final Coding coding) {
        return ModelDesign.of(frame, Formula.parse(formula), DesignOptions.DEFAULT.withCoding(coding),
            new Warnings());
    }
}
