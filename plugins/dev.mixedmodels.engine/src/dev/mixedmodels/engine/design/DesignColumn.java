package dev.mixedmodels.engine.design;

import java.util.List;

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
