package dev.mixedmodels.engine.design;

import dev.mixedmodels.engine.frame.RowSpan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A column of X or Z: the product of its pieces, 1 for an intercept.
 *
 * @param name as R names it
 * @param term index of its term, -1 for the intercept
 * @param pieces contrasts of factors first, then numeric variables
 */
record DesignColumn(String name, int term, List<Piece> pieces) {
    static final String INTERCEPT = "(Intercept)";

    double value(final int row) {
        double product = 1;
        for (int i = 0; i < pieces.size() && product != 0; i++) {
            product *= pieces.get(i).value(row);
        }
        return product;
    }

    /** Its values in some rows. */
    void values(final RowSpan span, final double[] to) {
        Arrays.fill(to, 0, span.size(), 1);
        for (final Piece piece : pieces) {
            piece.multiply(span, to);
        }
    }

    /** Whether it has the values of another column for it is made of the same numbers. */
    boolean sameNumbers(final DesignColumn other) {
        return pieces.size() == other.pieces.size() && IntStream.range(0, pieces.size())
            .allMatch(i -> pieces.get(i) instanceof Piece.Number mine
            && other.pieces.get(i) instanceof Piece.Number theirs
                && mine.component() == theirs.component()
                && mine.variable().variable().equals(theirs.variable().variable()));
    }

    /** Whether it has a contrast of each of these factors; without one the difference between two levels is 0. */
    boolean dependsOn(final List<String> factors) {
        return factors.stream().allMatch(factor -> pieces.stream()
            .anyMatch(piece -> piece instanceof Piece.Contrast contrast && contrast.factor().name().equals(factor)));
    }

    double value(final GridPoint point) {
        double product = 1;
        for (final Piece piece : pieces) {
            product *= piece.value(point);
        }
        return product;
    }
}
