package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.IntegerColumn;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of X against R's model.matrix. */
final class ModelMatrixTest {
    static Stream<String> cases() throws IOException {
        return Files.readAllLines(TestData.folder().resolve("reference/model_matrix.txt")).stream()
            .filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void columnsAreThoseOfR(final String line) {
        final String[] parts = line.split(" \\| ");
        final FixedDesign fixed =
            SmallData.design(SmallData.frame(), parts[1], Coding.valueOf(parts[0])).fixed();
        assertEquals(List.of(parts[2].split(",")), fixed.allNames());
        assertEquals(Integer.parseInt(parts[4].trim()), fixed.columns());
        final double[] expected = Arrays.stream(parts[3].split(",")).mapToDouble(Double::parseDouble).toArray();
        final double[] sums = new double[expected.length];
        for (int row = 0; row < SmallData.Y.length; row++) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += (row + 1) * fixed.matrix().columns().get(j).value(row);
            }
        }
        assertArrayEquals(expected, sums, 1e-6); // the file has ten digits
    }

    @Test
    void codingsHaveTheValuesOfR() {
        final double[][] sum = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {-1, -1, -1}};
        final double[][] helmert = {{-1, -1, -1}, {1, -1, -1}, {0, 2, -1}, {0, 0, 3}};
        for (int level = 0; level < 4; level++) {
            for (int column = 0; column < 3; column++) {
                assertEquals(sum[level][column], Coding.SUM.value(level, column, 4));
                assertEquals(helmert[level][column], Coding.HELMERT.value(level, column, 4));
                assertEquals(level == column + 1 ? 1 : 0, Coding.TREATMENT.value(level, column, 4));
            }
        }
    }

    @Test
    void namesThatAreNotSyntacticStandInBackticks() {
        final Frame frame = new Frame(3, List.of(NominalColumn.of("my arm", List.of("new drug", "old", "old")),
            new NumericColumn("dose in mg", new double[]{1, 2, 5}), new NumericColumn("y", new double[]{1, 2, 3})));
        final FixedDesign fixed =
            SmallData.design(frame, "y ~ `my arm` + I(`dose in mg`^2)", Coding.TREATMENT).fixed();
        assertEquals(List.of("(Intercept)", "`my arm`old", "I(`dose in mg`^2)"), fixed.names());
    }

    @Test
    void referenceAndOrderOfLevelsMoveColumns() {
        final DesignOptions options = DesignOptions.DEFAULT.withOrder("f", LevelOrder.reference("c"))
            .withOrder("g", LevelOrder.explicit(List.of("v", "u")));
        final FixedDesign fixed =
            ModelDesign.of(SmallData.frame(), Formula.parse("y ~ f + g"), options, new Warnings()).fixed();
        assertEquals(List.of("(Intercept)", "fa", "fb", "gu"), fixed.names());
    }

    @Test
    void anIntegerColumnIsANumberUnlessItIsSaidToBeNominal() {
        final Frame frame = new Frame(4, List.of(new IntegerColumn("visit", new long[]{10, 2, 10, 3}, new BitSet()),
            new NumericColumn("y", new double[]{1, 2, 3, 5})));
        final Formula formula = Formula.parse("y ~ visit");
        assertEquals(List.of("(Intercept)", "visit"),
            ModelDesign.of(frame, formula, DesignOptions.DEFAULT, new Warnings()).fixed().names());
        assertEquals(List.of("(Intercept)", "visit3", "visit10"), ModelDesign.of(frame, formula,
            DesignOptions.DEFAULT.withNominal("visit"), new Warnings()).fixed().names());
    }

    @Test
    void logarithmOfANonPositiveNumberNamesColumnAndRow() {
        final Frame frame = new Frame(3, List.of(new NumericColumn("dose", new double[]{1, 0, 4}),
            new NumericColumn("y", new double[]{1, 2, 3})));
        final ModelException e =
            assertThrows(ModelException.class, () -> SmallData.design(frame, "y ~ log(dose)", Coding.TREATMENT));
        assertTrue(e.getMessage().startsWith("log(dose) does not exist in row \"2\", where \"dose\" is 0."),
            e.getMessage());
    }

    @Test
    void rowsOfALevelThatIsNotInTheFitHaveNoRowOfX() {
        final Frame frame = new Frame(4, List.of(NominalColumn.of("f", List.of("a", "b", "b", "new")),
            new NumericColumn("y", new double[]{1, 2, 3, Double.NaN})));
        final ModelDesign design = SmallData.design(frame, "y ~ f + (1 | f)", Coding.TREATMENT);
        final double[] x = new double[2];
        design.fixed().row(3, x);
        assertEquals(1, x[0]);
        assertTrue(Double.isNaN(x[1]));
        assertEquals(-1, design.random().get(0).factor().code(3));
        assertEquals(List.of("a", "b"), design.factor("f").levels());
    }

    @Test
    void aFactorWithOneLevelIsRefused() {
        final Frame frame = new Frame(3, List.of(NominalColumn.of("arm", List.of("pbo", "pbo", "pbo")),
            new NumericColumn("y", new double[]{1, 2, 3})));
        final ModelException e =
            assertThrows(ModelException.class, () -> SmallData.design(frame, "y ~ arm", Coding.TREATMENT));
        assertTrue(e.getMessage().contains("\"arm\" has the same value (pbo)"), e.getMessage());
    }

    @Test
    void functionsOfNominalColumnsAndNominalResponsesAreRefused() {
        for (final String formula : List.of("y ~ log(f)", "f ~ x", "nothing ~ x", "y ~ nothing", "y ~ x + (1 | no)")) {
            assertThrows(ModelException.class, () -> SmallData.design(formula), formula);
        }
    }
}
