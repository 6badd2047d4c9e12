package dev.mixedmodels.engine.likelihood;

import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The data of a reference fit as a frame: columns of numbers are numeric unless the reference codes them as factors. */
public final class GoldenFrame {
    private GoldenFrame() {
    }

    /**
     * @param golden a reference fit
     * @return its table
     */
    public static Frame of(final Golden golden) {
        final String file = Path.of(golden.at("data", "file").text()).getFileName().toString();
        return of(TestData.read(file.replace(".csv", "")), factors(golden));
    }

    /**
     * @param golden a reference fit
     * @return the reference level of each coded factor
     */
    public static DesignOptions options(final Golden golden) {
        DesignOptions options = DesignOptions.DEFAULT;
        for (final String name : factors(golden)) {
            options = options.withNominal(name).withOrder(name,
                LevelOrder.explicit(golden.at("data", "factor_coding", name, "levels").texts()));
        }
        return options;
    }

    private static Set<String> factors(final Golden golden) {
        return golden.at("data").has("factor_coding")
            ? new HashSet<>(golden.at("data", "factor_coding").keys()) : Set.of();
    }

    /**
     * @param data a table
     * @param factors columns of numbers that are to be nominal
     * @return the table, columns of numbers numeric and others nominal
     */
    public static Frame of(final TestData data, final Set<String> factors) {
        final FrameBuilder builder = new FrameBuilder(data.rows());
        final List<String[]> texts = new ArrayList<>();
        final List<Boolean> numeric = new ArrayList<>();
        for (final String name : data.names()) {
            final String[] cells = data.strings(name);
            final boolean number = !factors.contains(name) && isNumeric(cells);
            texts.add(cells);
            numeric.add(number);
            if (number) {
                builder.addNumeric(name);
            } else {
                builder.addNominal(name);
            }
        }
        for (int i = 0; i < data.rows(); i++) {
            for (int c = 0; c < texts.size(); c++) {
                final String cell = texts.get(c)[i];
                if (!cell.isEmpty() && !cell.equals("NA")) {
                    if (numeric.get(c)) {
                        builder.number(c, Double.parseDouble(cell));
                    } else {
                        builder.text(c, cell);
                    }
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    private static boolean isNumeric(final String[] cells) {
        for (final String cell : cells) {
            if (!cell.matches("-?[0-9.]+([eE][-+]?[0-9]+)?|NA|")) {
                return false;
            }
        }
        return true;
    }
}
