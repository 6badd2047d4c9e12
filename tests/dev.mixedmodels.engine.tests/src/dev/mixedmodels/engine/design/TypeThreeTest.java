package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Type III hypotheses, tested in ordinary least squares. F statistics of R 4.2.2, car 3.1-1: Anova(lm, type = 3). */
final class TypeThreeTest {
    private static final double RELATIVE = 1e-9; // the expected values carry the rounding of R's QR

    @ParameterizedTest
    @EnumSource(Coding.class)
    void unbalancedTwoWayWithInteraction(final Coding coding) {
        check("y ~ f * g", coding, new int[]{2, 1, 2}, 0.0834423297653678, 3.4778763046205565, 1.0823848761547286);
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void twoWayWithCovariate(final Coding coding) {
        check("y ~ f * g + x", coding, new int[]{2, 1, 1, 2}, 18.7386918853021, 14.4479683906770, 191.7827262400198,
            1.0737311328366);
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void slopesThatDifferBetweenLevels(final Coding coding) {
        check("y ~ f * x", coding, new int[]{2, 1, 2}, 2.50231865121253, 135.96848330670906, 1.15829494366107);
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void threeWayInteraction(final Coding coding) {
        check("y ~ f * g * x", coding, new int[]{2, 1, 1, 2, 2, 1, 2}, 0.527407147635765, 0.199702221983552,
            41.927496984566197, 2.586738814375859, 0.596032036986333, 0.139067976573846, 1.808549151235351);
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void productOfNumbersContainsNeither(final Coding coding) {
        check("y ~ x * z + f", coding, new int[]{1, 1, 2, 1}, 15.7512083053393, 7.02347416563732e-04,
            13.5282592571699, 0.562267793685138);
    }

    @Test
    void hypothesesWithAnEmptyCellAreThoseOfLmerTest() {
        // lmerTest 3.1-3: show_tests(anova(lmer(y ~ f * g + x + (1 | id)))); columns 1, fb, fc, gv, x, fb:gv
        final FixedDesign fixed =
            SmallData.design(SmallData.withEmptyCell(), "y ~ f * g + x", Coding.TREATMENT).fixed();
        assertEquals(List.of("(Intercept)", "fb", "fc", "gv", "x", "fb:gv"), fixed.names());
        assertRows(new double[][]{{0, 1, 0, 0, 0, 0.5}, {0, 0, 1, 0, 0, -0.25}}, fixed.typeThree(0));
        assertRows(new double[][]{{0, 0, 0, 1, 0, 0.5}}, fixed.typeThree(1));
        assertRows(new double[][]{{0, 0, 0, 0, 1, 0}}, fixed.typeThree(2));
        assertRows(new double[][]{{0, 0, 0, 0, 0, 1}}, fixed.typeThree(3));
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void anEmptyCellGivesTheSameTestsInEveryCoding(final Coding coding) {
        final FixedDesign expected =
            SmallData.design(SmallData.withEmptyCell(), "y ~ f * g + x", Coding.TREATMENT).fixed();
        final FixedDesign fixed = SmallData.design(SmallData.withEmptyCell(), "y ~ f * g + x", coding).fixed();
        for (int term = 0; term < 4; term++) {
            assertEquals(1, f(fixed, term) / f(expected, term), RELATIVE);
        }
    }

    @Test
    void hypothesesWithoutInterceptAreThatAllLevelsAreZero() {
        final FixedDesign fixed = SmallData.design("y ~ 0 + f + x").fixed();
        assertRows(new double[][]{{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}}, fixed.typeThree(0));
    }

    @Test
    void interactionWithoutItsMarginTestsAllSlopes() {
        // lmerTest: f:x of y ~ f + x:f + g has the three slopes
        final FixedDesign fixed = SmallData.design(SmallData.frame(), "y ~ f + x:f + g", Coding.SUM).fixed();
        assertEquals(List.of("(Intercept)", "f1", "f2", "g1", "fa:x", "fb:x", "fc:x"), fixed.names());
        assertRows(new double[][]{{0, 0, 0, 0, 1, 0, 0}, {0, 0, 0, 0, 0, 1, 0}, {0, 0, 0, 0, 0, 0, 1}},
            fixed.typeThree(2));
        // b - a and c - a, where f1, f2 are a and b less the mean of the three
        assertRows(new double[][]{{0, -1, 1, 0, 0, 0, 0}, {0, -2, -1, 0, 0, 0, 0}}, fixed.typeThree(0));
    }

    @Test
    void everyRowEstimatesTheSameWhateverTheCoding() {
        for (final String formula : List.of("y ~ f * g + x", "y ~ f * x + g", "y ~ f / g", "y ~ 0 + f + g:x")) {
            final FixedDesign treatment = SmallData.design(SmallData.frame(), formula, Coding.TREATMENT).fixed();
            final double[] beta = OrdinaryLeastSquares.of(treatment).coefficients();
            for (final Coding coding : List.of(Coding.SUM, Coding.HELMERT)) {
                final FixedDesign other = SmallData.design(SmallData.frame(), formula, coding).fixed();
                final double[] gamma = OrdinaryLeastSquares.of(other).coefficients();
                for (int term = 0; term < treatment.terms().size(); term++) {
                    // roundings of two least squares fits
                    assertArrayEquals(Matrices.multiply(treatment.typeThree(term), beta),
                        Matrices.multiply(other.typeThree(term), gamma), 1e-10, formula + ", " + coding);
                }
            }
        }
    }

    @Test
    void aFactorWithAnotherNestedInItIsAveragedOverIt() {
        // SAS; lmerTest takes the first level of g instead
        final FixedDesign fixed = SmallData.design("y ~ f / g").fixed();
        assertEquals(List.of("(Intercept)", "fb", "fc", "fa:gv", "fb:gv", "fc:gv"), fixed.names());
        assertRows(new double[][]{{0, 1, 0, -0.5, 0.5, 0}, {0, 0, 1, -0.5, 0, 0.5}}, fixed.typeThree(0));
    }

    @Test
    void interactionsThatShareAMarginAreAdjustedForEachOther() {
        // given f:h, f:g has one degree of freedom for each level of f
        final FixedDesign fixed = SmallData.design(SmallData.frame().with(NominalColumn.of("h",
            List.of("p", "p", "q", "q", "q", "p", "p", "q", "p", "q", "q", "q", "p", "p", "q", "p", "q", "p"))),
            "y ~ f:g + f:h", Coding.TREATMENT).fixed();
        assertEquals(9, fixed.columns());
        assertEquals(3, fixed.typeThree(0).length);
        assertEquals(3, fixed.typeThree(1).length);
    }

    @Test
    void termsThatAreConfoundedLeaveNoHypothesis() {
        final Frame frame = SmallData.frame().with(new NumericColumn("x2",
            Arrays.stream(SmallData.X).map(x -> 2 * x + 1).toArray()));
        final FixedDesign fixed = SmallData.design(frame, "y ~ x + x2 + z", Coding.TREATMENT).fixed();
        assertEquals(0, fixed.typeThree(0).length);
        assertEquals(0, fixed.typeThree(1).length);
        assertRows(new double[][]{{0, 0, 1}}, fixed.typeThree(2));
    }

    private static void check(final String formula, final Coding coding, final int[] df, final double... expected) {
        final FixedDesign fixed = SmallData.design(SmallData.frame(), formula, coding).fixed();
        for (int term = 0; term < expected.length; term++) {
            assertEquals(df[term], fixed.typeThree(term).length, fixed.terms().get(term));
            assertEquals(1, f(fixed, term) / expected[term], RELATIVE, fixed.terms().get(term));
        }
    }

    /** (L b)' (L (X'X)^-1 L')^-1 L b / (q s2). */
    private static double f(final FixedDesign fixed, final int term) {
        final OrdinaryLeastSquares ols = OrdinaryLeastSquares.of(fixed);
        final double[][] l = fixed.typeThree(term);
        final double[][] t = fixed.basis().matrix();
        final double[][] inverse = Matrices.multiply(t, Matrices.transpose(t)); // N (X'X)^-1, for W'W = N I
        final double[] lb = Matrices.multiply(l, ols.coefficients());
        final double[][] middle = Matrices.inversePositiveDefinite(Matrices.sandwich(l, inverse));
        return fixed.products().count() * Matrices.bilinear(middle, lb, lb) / (l.length * ols.s2());
    }

    /** The same hypothesis: rows that span the same space, of which the projection on it tells. */
    private static void assertRows(final double[][] expected, final double[][] actual) {
        assertEquals(expected.length, actual.length);
        final double[][] p = projection(expected);
        for (int i = 0; i < p.length; i++) {
            assertArrayEquals(p[i], projection(actual)[i], 1e-12);
        }
    }

    /** L'(L L')^-1 L. */
    private static double[][] projection(final double[][] l) {
        final double[][] lt = Matrices.transpose(l);
        return Matrices.sandwich(lt, Matrices.inversePositiveDefinite(Matrices.multiply(l, lt)));
    }
}
