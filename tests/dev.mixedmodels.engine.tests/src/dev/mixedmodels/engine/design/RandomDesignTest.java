package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RandomDesignTest {
    @Test
    void interceptAndSlopesPerLevel() {
        final RandomDesign random = SmallData.design("y ~ x + (1 + x + log(z) | f)").random().get(0);
        assertEquals(List.of("(Intercept)", "x", "log(z)"), random.names());
        assertEquals("f", random.factor().name());
        final double[] z = new double[3];
        random.row(4, z);
        assertArrayEquals(new double[]{1, 5, Math.log(4)}, z);
        assertEquals(1, random.factor().code(4));
    }

    @Test
    void factorsInRandomTermsAreCodedAsInR() {
        assertEquals(List.of("fa", "fb", "fc"), SmallData.design("y ~ f + (0 + f | g)").random().get(0).names());
        assertEquals(List.of("(Intercept)", "fb", "fc"), SmallData.design("y ~ f + (f | g)").random().get(0).names());
        assertEquals(List.of("(Intercept)", "fb", "fc", "x", "fb:x", "fc:x"),
            SmallData.design("y ~ f * x + (f * x | g)").random().get(0).names());
    }

    @Test
    void doubleBarSeparatesTermsIntoBlocks() {
        final RandomDesign random = SmallData.design("y ~ x + f + (x + f || g)").random().get(0);
        assertEquals(List.of("(Intercept)", "x", "fa", "fb", "fc"), random.names());
        assertEquals(List.of(0, 1, 2, 2, 2),
            List.of(random.block(0), random.block(1), random.block(2), random.block(3), random.block(4)));
    }

    @Test
    void nestedAndCrossedGroupingsNameTheirLevels() {
        final List<RandomDesign> nested = SmallData.design("y ~ 1 + (1 | g/f)").random();
        assertEquals("g", nested.get(0).factor().name());
        assertEquals("g/f", nested.get(1).factor().name());
        assertEquals(List.of("u/a", "u/b", "u/c", "v/a", "v/b", "v/c"), nested.get(1).factor().levels());
        final RandomDesign crossed = SmallData.design("y ~ 1 + (1 | f:g)").random().get(0);
        assertEquals("f:g", crossed.factor().name());
        assertEquals(List.of("a:u", "a:v", "b:u", "b:v", "c:u", "c:v"), crossed.factor().levels());
    }

    @Test
    void effectsFindTheirFixedColumns() {
        final ModelDesign design = SmallData.design("y ~ z + x + (x + I(x^2) | f)");
        assertArrayEquals(new int[]{0, 2, -1}, design.random().get(0).fixedColumns(design.fixed()));
    }

    @Test
    void aSlopeWithoutAFixedCounterpartIsWarnedOf() {
        final Warnings warnings = new Warnings();
        ModelDesign.of(SmallData.frame(), Formula.parse("y ~ z + (1 + x | f)"), DesignOptions.DEFAULT, warnings);
        assertEquals(1, warnings.list().size());
        assertTrue(warnings.list().get(0).startsWith("The random slope x of \"f\" has no fixed counterpart"));
    }
}
