package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanCourseTest {
    private static ModelDesign design(final String formula) {
        final FrameBuilder builder = new FrameBuilder(12);
        final int y = builder.addNumeric("y");
        final int time = builder.addNumeric("time");
        final int arm = builder.addNominal("arm");
        final int site = builder.addNominal("site");
        for (int row = 0; row < 12; row++) {
            builder.number(y, row * row % 7);
            builder.number(time, 2 + row % 4);
            builder.text(arm, row < 6 ? "a" : "b");
            builder.text(site, "site " + row);
            builder.endRow();
        }
        final Frame frame = builder.build();
        return ModelDesign.of(frame, Formula.parse(formula), DesignOptions.DEFAULT, new Warnings());
    }

    @Test
    void theCourseOfEachArmRunsOverTheWholeRangeOfTime() {
        final List<MeansContrast> course = MeanCourse.of(design("y ~ time * arm"), "time");
        assertEquals(50, course.size());
        for (int i = 0; i < 25; i++) {
            final double time = 2 + 3.0 * i / 24;
            assertArrayEquals(new double[] {1, time, 0, 0}, course.get(2 * i).l(), 1e-12);
            assertArrayEquals(new double[] {1, time, 1, time}, course.get(2 * i + 1).l(), 1e-12);
        }
        assertEquals(List.of("a", "b"), List.of(course.get(0).level(), course.get(1).level()));
    }

    @Test
    void withoutAFactorOfFewLevelsThereIsOneCourse() {
        final List<MeansContrast> course = MeanCourse.of(design("y ~ time + I(time^2)"), "time");
        assertEquals(25, course.size());
        assertArrayEquals(new double[] {1, 5, 25}, course.get(24).l(), 1e-12);
    }

    @Test
    void aCurveIsTakenAtTheTimes() {
        final ModelDesign design = design("y ~ ns(time, 2) + offset(3 * time)");
        final List<MeansContrast> course = MeanCourse.of(design, "time");
        assertEquals(25, course.size());
        final double[] row = new double[3];
        design.fixed().row(1, row); // at time 3
        assertArrayEquals(row, course.get(8).l(), 1e-12);
        assertEquals(3 * 3.5, course.get(8).offset(), 1e-12); // at its mean, everywhere
    }

    @Test
    void aMeanThatDoesNotDependOnTimeHasNoCourse() {
        assertEquals(List.of(), MeanCourse.of(design("y ~ arm"), "time"));
        assertEquals(List.of(), MeanCourse.of(design("y ~ arm"), null));
        assertEquals(List.of(), MeanCourse.of(design("y ~ arm"), "arm"));
    }
}
