package dev.mixedmodels.engine.design;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of functions and curves are R's, in the fitted rows and, with what was found there, in others. */
final class CurvesTest {
    private static final int FITTED = SmallData.Y.length;

    private static Frame others() {
        return new Frame(4, List.of(NominalColumn.of("f", List.of("a", "b", "c", "b")),
            NominalColumn.of("g", List.of("u", "v", "u", "v")), new NumericColumn("x", new double[] {0.25, 3, 4.2, 12}),
            new NumericColumn("z", new double[] {0.1, 1.3, 4.5, 9}), new NumericColumn("y", new double[4])));
    }

    static Stream<String> reference() throws IOException {
        return Files.readAllLines(TestData.folder().resolve("reference/curves.txt")).stream()
            .filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("reference")
    void columnsAreThoseOfR(final String line) {
        final String[] parts = line.split(" \\| ");
        final ModelDesign design = SmallData.design(parts[0]);
        final FixedDesign x = design.fixed();
        assertEquals(List.of(parts[1].split(";")), x.allNames());
        assertEquals(Formula.parse(parts[0]), Formula.parse(design.formula().toString()));
        final double[] values = Arrays.stream(parts[2].split(" ")).mapToDouble(Double::parseDouble).toArray();
        final int rows = values.length / x.allNames().size();
        final FixedDesign elsewhere = rows == FITTED ? null : StoredDesign.of(design).bind(others()).fixed();
        for (int j = 0; j < x.allNames().size(); j++) {
            double size = 0;
            for (int i = 0; i < rows; i++) {
                size = Math.max(size, Math.abs(values[j * rows + i]));
            }
            for (int i = 0; i < rows; i++) {
                final double found = i < FITTED ? x.matrix().columns().get(j).value(i)
                    : elsewhere.matrix().columns().get(j).value(i - FITTED);
                // R's polynomials come from a QR decomposition, whose rounding is that of the largest value
                assertEquals(values[j * rows + i], found, 1e-12 * size, x.allNames().get(j) + " in row " + i);
            }
        }
    }
}
