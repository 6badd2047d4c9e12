package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions and curves that the rows do not allow, and what is said of those that are better not trusted. */
final class BadCurvesTest {
    private static final Frame FRAME = new Frame(12, List.of(
        new NumericColumn("y", new double[] {1, 3, 2, 5, 4, 6, 8, 7, 9, 12, Double.NaN, Double.NaN}),
        new NumericColumn("three", new double[] {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3}),
        new NumericColumn("five", new double[] {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}),
        new NumericColumn("zeros", new double[] {0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5}),
        new NumericColumn("x", new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, -1}),
        new NumericColumn("half", new double[] {0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6}),
        NominalColumn.of("f", List.of("a", "b", "a", "b", "a", "b", "a", "b", "a", "b", "a", "b")),
        NominalColumn.of("g", List.of("u", "u", "u", "v", "v", "v", "w", "w", "w", "z", "z", "z"))));

    private static Warnings warnings(final String formula) {
        final Warnings warnings = new Warnings();
        ModelDesign.of(FRAME, Formula.parse(formula), DesignOptions.DEFAULT, warnings);
        return warnings;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "y ~ poly(three, 5); poly(three, 5) needs at least 6 different values of three, but the rows used have 3",
        "y ~ poly(five, 1); needs at least 2 different values of five, but the rows used have 1",
        "y ~ ns(five, 2); needs at least 2 different values of five",
        "y ~ ns(three, 5); ns(three, 5) cannot be computed: its knot at 1 is not inside of the range from 1 to 3",
        "y ~ bs(zeros, 5); its knot at 0 is not inside of the range from 0 to 3, for many rows",
        "y ~ ns(x, knots = 20); its knot at 20 is not inside of the range from 1 to 10. Choose knots within it",
        "y ~ scale(five); scale(five) cannot be computed: five is 5 in all rows used",
        "y ~ poly(f, 2); poly(f, 2) needs numbers, but column \"f\" is nominal",
        "y ~ I(x * f); I(x * f) needs numbers, but column \"f\" is nominal",
        "y ~ offset(f); \"f\" must be numeric",
        "y ~ factor(half); \"half\" is used for grouping but has the value 0.5",
        "y ~ log(x); log(x) does not exist in row \"12\", where \"x\" is -1",
        "y ~ ns(log(x - 1), 2); does not exist in row \"1\", where \"x\" is 1",
        "y ~ I(x / (three - 2) * half); I(x/(three - 2) * half) does not exist in row \"2\", where \"x\" is 2, \"three\" is 2 and \"half\" is 1",
        "y ~ x + offset(log2(zeros)); offset(log2(zeros)) does not exist in row \"1\", where \"zeros\" is 0"})
    void areRefusedInWords(final String formula, final String message) {
        final ModelException e = assertThrows(ModelException.class, () -> warnings(formula));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void rowsOutsideOfOuterKnotsAreCounted() {
        assertEquals(List.of(), warnings("y ~ ns(x, 2)").list().stream().filter(w -> w.contains("outer knots")).toList());
        final String outside = String.join(" ", warnings("y ~ bs(x, 4)").list());
        assertTrue(outside.contains("2 rows outside of the outer knots of bs(x, 4), 1 and 10: "), outside);
        final String boundary = String.join(" ", warnings("y ~ bs(x, Boundary.knots = c(2, 20))").list());
        assertTrue(boundary.contains("2 rows outside of the outer knots of bs(x, Boundary.knots = c(2, 20)), 2 and 20: "), boundary);
    }

    @Test
    void slopesWithinACurveOfTheMeanHaveAMean() {
        for (final String formula : List.of("y ~ ns(x, 2) + (x | g)", "y ~ poly(x, 2) + (x + I(x^2) || g)",
            "y ~ bs(x) + (poly(x, 3) | g)", "y ~ f * poly(x, 2) + (f:x | g)", "y ~ scale(x) + (x | g)")) {
            assertTrue(warnings(formula).list().stream().noneMatch(w -> w.contains("no fixed counterpart")), formula);
        }
        for (final String formula : List.of("y ~ ns(x, 2) + (I(x^2) | g)", "y ~ ns(x, 3) + (ns(x, 2) | g)",
            "y ~ poly(x, 2) + (poly(x, 3) | g)", "y ~ f + x + (f:x | g)")) {
            assertTrue(warnings(formula).list().stream().anyMatch(w -> w.contains("no fixed counterpart")), formula);
        }
        assertTrue(warnings("y ~ poly(x, 2) + (poly(x, 2) || g)").list().stream()
            .anyMatch(w -> w.contains("those of the columns of poly(x, 2) stay correlated")));
    }

    @Test
    void polynomialsOfYearsKeepTheirDigits() {
        final double[] year = {1998, 2001, 2002, 2003, 2005, 2007, 2010, 2011, 2014, 2020};
        final double[] y = {1, 3, 2, 5, 4, 6, 8, 7, 9, 12};
        for (final double shift : new double[] {0, 1e9}) {
            final FixedDesign x = ModelDesign.of(new Frame(10, List.of(new NumericColumn("y", y),
                new NumericColumn("t", Arrays.stream(year).map(t -> t + shift).toArray()))), Formula.parse("y ~ poly(t, 6)"),
                DesignOptions.DEFAULT, new Warnings()).fixed();
            for (int j = 1; j <= 6; j++) {
                for (int k = 0; k <= j; k++) {
                    double product = 0;
                    for (int i = 0; i < 10; i++) {
                        product += x.matrix().columns().get(j).value(i) * x.matrix().columns().get(k).value(i);
                    }
                    assertEquals(j == k ? 1 : 0, product, 1e-13); // orthonormal but for rounding, wherever t lies
                }
            }
        }
    }
}
