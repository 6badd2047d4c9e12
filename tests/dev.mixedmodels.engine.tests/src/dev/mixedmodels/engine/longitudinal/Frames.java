package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;

/** Frames for tests. */
final class Frames {
    private Frames() {
    }

    static Frame of(final TestData data, final List<String> numeric, final List<String> nominal) {
        final FrameBuilder builder = new FrameBuilder(data.rows());
        final int[] numbers = numeric.stream().mapToInt(builder::addNumeric).toArray();
        final int[] texts = nominal.stream().mapToInt(builder::addNominal).toArray();
        final double[][] values = numeric.stream().map(data::numbers).toArray(double[][]::new);
        final String[][] cells = nominal.stream().map(data::strings).toArray(String[][]::new);
        for (int i = 0; i < data.rows(); i++) {
            for (int c = 0; c < numbers.length; c++) {
                builder.number(numbers[c], values[c][i]);
            }
            for (int c = 0; c < texts.length; c++) {
                builder.text(texts[c], cells[c][i]);
            }
            builder.endRow();
        }
        return builder.build();
    }
}
