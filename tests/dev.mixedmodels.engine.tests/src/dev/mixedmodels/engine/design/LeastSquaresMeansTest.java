package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.statistics.OrdinaryLeastSquares;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Least-squares means in ordinary least squares; expected values of R 4.2.2, emmeans 1.8.4. */
final class LeastSquaresMeansTest {
    private static final double DIGITS = 1e-10; // emmeans prints 12 digits

    @ParameterizedTest
    @EnumSource(Coding.class)
    void meansAndDifferencesOfAFactor(final Coding coding) {
        final FixedDesign fixed =
            SmallData.design(SmallData.frame(), "y ~ f * g + x + I(x^2)", coding).fixed();
        final List<MeansContrast> means = LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("f"), null), new Warnings());
        assertEquals(6, means.size());
        check(fixed, means.get(0), "a", "", "", 7.26817483223, 0.236462782961);
        check(fixed, means.get(1), "b", "", "", 7.37277991886, 0.272611319230);
        check(fixed, means.get(2), "c", "", "", 8.67533664992, 0.231868602882);
        check(fixed, means.get(3), "a", "b", "", -0.10460508663, 0.238976367783);
        check(fixed, means.get(4), "a", "c", "", -1.40716181769, 0.254235650050);
        check(fixed, means.get(5), "b", "c", "", -1.30255673106, 0.265857772994);
    }

    @Test
    void cellsOfAnInteraction() {
        final FixedDesign fixed = SmallData.design("y ~ f * g + x + I(x^2)").fixed();
        final List<MeansContrast> means = LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("f", "g"), null), new Warnings());
        assertEquals(6 + 15, means.size());
        assertEquals("f:g", means.get(0).term());
        check(fixed, means.get(0), "a:u", "", "", 7.10050722643, 0.292049489953);
        check(fixed, means.get(1), "a:v", "", "", 7.43584243802, 0.305310880301);
        check(fixed, means.get(5), "c:v", "", "", 9.16578915682, 0.253638894090);
    }

    @Test
    void powersFollowTheChosenValueOfTheirColumn() {
        final FixedDesign fixed = SmallData.design("y ~ f * g + x + I(x^2)").fixed();
        final List<MeansContrast> means = LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("g"), new At.Values("x", 2, 5)), new Warnings());
        assertEquals(6, means.size());
        check(fixed, means.get(0), "u", "", "x = 2", 5.85379740366, 0.178624319576);
        check(fixed, means.get(1), "v", "", "x = 2", 6.66678773127, 0.207532810582);
        check(fixed, means.get(3), "u", "", "x = 5", 7.60897507155, 0.279361736914);
        check(fixed, means.get(4), "v", "", "x = 5", 8.42196539916, 0.166593359522);
    }

    @Test
    void logarithmsAreTakenOfTheMeanAndLevelsOfAFactorAreVisited() {
        final FixedDesign fixed = SmallData.design("y ~ f * g + log(x)").fixed();
        check(fixed, LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("f"), null), new Warnings()).get(2), "c", "", "", 8.90675187267,
            0.269462539207);
        final List<MeansContrast> byG = LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("f"), new At.Levels("g")), new Warnings());
        assertEquals(12, byG.size());
        check(fixed, byG.get(0), "a", "", "g = u", 7.58033737517, 0.357445534028);
        check(fixed, byG.get(8), "c", "", "g = v", 9.54199356837, 0.293996740949);
    }

    @Test
    void meansThatAnEmptyCellLeavesUndeterminedDoNotExist() {
        final FixedDesign fixed =
            SmallData.design(SmallData.withEmptyCell(), "y ~ f * g + x", Coding.HELMERT).fixed();
        final List<MeansContrast> f = LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("f"), null), new Warnings());
        check(fixed, f.get(0), "a", "", "", 7.52343919653, 0.147410489365);
        assertNull(f.get(2).l());
        check(fixed, f.get(3), "a", "b", "", -0.131252262034, 0.208455783096);
        assertNull(f.get(4).l());
        final List<MeansContrast> cells = LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("f", "g"), null), new Warnings());
        check(fixed, cells.get(3), "b:v", "", "", 8.09843014839, 0.209533991631);
        check(fixed, cells.get(5), "c:v", "", "", 9.40780401737, 0.182257448636);
        assertNull(cells.get(4).l());
    }

    @Test
    void productsOfNumbersTakeTheProductOfTheMeans() {
        final FixedDesign fixed = SmallData.design("y ~ 0 + f + x:z").fixed();
        check(fixed, LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("f"), null), new Warnings()).get(0), "a", "", "", 7.99631548986,
            0.592317047591);
    }

    @Test
    void columnsThatAreNoFixedEffectsAreRefused() {
        final FixedDesign fixed = SmallData.design("y ~ f + x").fixed();
        assertEquals(List.of("f"), fixed.factors());
        assertThrows(ModelException.class, () -> LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("g"), null), new Warnings()));
        assertThrows(ModelException.class, () -> LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("x"), null), new Warnings()));
        assertThrows(ModelException.class,
            () -> LeastSquaresMeans.of(fixed, MeansRequest.pairs(List.of("f"), new At.Values("z", 1)), new Warnings()));
    }

    private static void check(final FixedDesign fixed, final MeansContrast mean, final String level,
        final String against, final String at, final double estimate, final double stdError) {
        assertEquals(level, mean.level());
        assertEquals(against, mean.against());
        assertEquals(at, mean.at());
        final OrdinaryLeastSquares ols = OrdinaryLeastSquares.of(fixed);
        assertEquals(estimate, Matrices.dot(mean.l(), ols.coefficients()), DIGITS);
        final double[] m = fixed.basis().contrast(mean.l());
        assertEquals(stdError, Math.sqrt(ols.s2() * Matrices.dot(m, m) / fixed.products().count()), DIGITS);
    }
}
