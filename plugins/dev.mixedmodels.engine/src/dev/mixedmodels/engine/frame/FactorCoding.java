package dev.mixedmodels.engine.frame;

import dev.mixedmodels.engine.common.ModelException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Builds the codes of factors in time linear in the rows, plus a sort of the levels. */
final class FactorCoding {
    private static final double LARGEST_WHOLE = 0x1p53;

    private FactorCoding() {
    }

    static Factor of(final Column column, final Rows fitted, final LevelOrder order) {
        final Factor natural;
        if (column instanceof NominalColumn nominal) {
            natural = ofTexts(nominal, fitted);
        } else {
            natural = ofWholeNumbers(column, fitted, row -> whole(column, row));
        }
        return reorder(natural, order, column.rows());
    }

    private static Factor ofTexts(final NominalColumn column, final Rows fitted) {
        final boolean[] used = new boolean[column.dictionarySize()];
        for (int i = 0; i < fitted.size(); i++) {
            used[column.code(fitted.row(i))] = true;
        }
        final Integer[] byName =
            IntStream.range(0, used.length).filter(code -> used[code]).boxed().toArray(Integer[]::new);
        Arrays.parallelSort(byName, Comparator.comparing(column::entry, NaturalOrder.INSTANCE));
        final List<String> levels = Arrays.stream(byName).map(column::entry).toList();
        final int[] place = new int[used.length];
        Arrays.fill(place, -1);
        for (int i = 0; i < byName.length; i++) {
            place[byName[i]] = i;
        }
        return new Factor(column.name(), levels, recode(column.codes(), place));
    }

    /** The whole number in a row that is not missing. */
    static long whole(final Column column, final int row) {
        if (column instanceof IntegerColumn integers) {
            return integers.exact(row);
        }
        final double value = column.value(row);
        if (value != Math.rint(value) || Math.abs(value) > LARGEST_WHOLE) {
            throw ModelException.of("Column \"" + column.name() + "\" is used for grouping but has the value " + value
                + " in row ", new ModelException.Row(row), ". Use a nominal column or one of whole numbers.");
        }
        return (long) value;
    }

    private static Factor ofWholeNumbers(final Column column, final Rows fitted, final IntToLongFunction value) {
        final LongIndex index = new LongIndex();
        final int[] codes = number(column.rows(), fitted, row -> !column.missing(row), value, index);
        final long[] sorted = index.sortedKeys();
        final List<String> levels = Factor.lazy(sorted.length, code -> Long.toString(sorted[code]));
        return new Factor(column.name(), levels, recode(codes, places(index, sorted)));
    }

    static Factor combine(final Factor outer, final String separator, final Factor inner, final Rows fitted,
        final int rows) {
        final long width = inner.size();
        final LongIndex index = new LongIndex();
        final int[] codes = number(rows, fitted, row -> outer.code(row) >= 0 && inner.code(row) >= 0,
            row -> outer.code(row) * width + inner.code(row), index);
        final long[] sorted = index.sortedKeys();
        final List<String> levels = Factor.lazy(sorted.length, code -> outer.level((int) (sorted[code] / width))
            + separator + inner.level((int) (sorted[code] % width)));
        return new Factor(outer.name() + separator + inner.name(), levels, recode(codes, places(index, sorted)));
    }

    /** Numbers the keys of the fitted rows in order of appearance; other rows get the number of their key or -1. */
    private static int[] number(final int rows, final Rows fitted, final IntPredicate present,
        final IntToLongFunction key, final LongIndex index) {
        final int[] codes = new int[rows];
        for (int i = 0; i < fitted.size(); i++) {
            final int row = fitted.row(i);
            codes[row] = index.add(key.applyAsLong(row));
        }
        int next = 0; // fitted rows are in rising order
        for (int row = 0; row < rows && fitted.size() < rows; row++) {
            if (next < fitted.size() && fitted.row(next) == row) {
                next++;
            } else {
                codes[row] = present.test(row) ? index.find(key.applyAsLong(row)) : -1;
            }
        }
        return codes;
    }

    /** For each number of a key its place among the sorted keys. */
    private static int[] places(final LongIndex index, final long[] sorted) {
        final int[] place = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            place[index.find(sorted[i])] = i;
        }
        return place;
    }

    private static int[] recode(final int[] codes, final int[] place) {
        for (int row = 0; row < codes.length; row++) {
            codes[row] = codes[row] < 0 ? -1 : place[codes[row]];
        }
        return codes;
    }

    private static Factor reorder(final Factor natural, final LevelOrder order, final int rows) {
        final int[] permutation = order.permutation(natural.name(), natural.levels());
        if (permutation == null) {
            return natural;
        }
        final int[] place = new int[permutation.length];
        for (int i = 0; i < permutation.length; i++) {
            place[permutation[i]] = i;
        }
        final int[] codes = IntStream.range(0, rows).map(natural::code).toArray();
        final List<String> levels = Arrays.stream(permutation).mapToObj(natural::level).toList();
        return new Factor(natural.name(), levels, recode(codes, place));
    }
}
