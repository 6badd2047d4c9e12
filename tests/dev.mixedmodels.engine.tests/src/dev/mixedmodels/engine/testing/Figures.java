package dev.mixedmodels.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.model.FittedPart;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** All that a fit says, in figures, and whether two fits say the same. */
public final class Figures {
    private Figures() {
    }

    /**
     * @param tables of a fit
     * @return their figures but for those of how the computation went
     */
    public static double[] of(final ModelTables tables) {
        final List<Double> all = new ArrayList<>();
        tables.fixedEffects().forEach(r -> all.addAll(List.of(r.estimate(), r.stdError(), r.df(), r.naiveEstimate())));
        tables.covarianceParameters()
            .forEach(r -> all.addAll(List.of(r.estimate(), r.stdError(), r.lower(), r.upper())));
        tables.blups().forEach(r -> all.addAll(List.of(r.blup(), r.stdError(), (double) r.n())));
        tables.covarianceMatrices().forEach(r -> all.add(r.covariance()));
        tables.means().forEach(r -> all.add(r.estimate()));
        tables.influence().forEach(r -> all.add(r.value()));
        tables.modelFit().stream().filter(r -> r.category() != FitStatisticRow.Category.DIAGNOSTIC)
            .forEach(r -> all.addAll(List.of(r.value(), r.pValue())));
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * @param parts what a model says about a table, part after part
     * @param table the table
     * @param part number of rows of a part
     * @return five figures for each row
     */
    public static double[] fitted(final Function<Frame, FittedPart> parts, final Frame table, final int part) {
        final List<Double> all = new ArrayList<>();
        for (int from = 0; from < table.rows(); from += part) {
            final Frame rows = table.part(from, Math.min(table.rows(), from + part));
            final IntFunction<FittedRow> fitted = parts.apply(rows).rows();
            for (int row = 0; row < rows.rows(); row++) {
                final FittedRow r = fitted.apply(row);
                all.addAll(List.of(r.marginal(), r.conditional(), r.residual(), r.pearson(), r.normalized()));
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * @param fit of a table in memory
     * @return what the model says about a row of the table
     */
    public static IntFunction<FittedRow> fittedValues(final ModelFit fit) {
        return fit.parts().begin(true).apply(fit.design().rows().frame()).rows();
    }

    /**
     * @param expected figures
     * @param actual others
     * @param tolerance relative to the figure, or to 1 if that is larger; what is missing or infinite must be so
     */
    public static void assertClose(final double[] expected, final double[] actual, final double tolerance) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            final double size = Double.isFinite(expected[i]) ? Math.max(1, Math.abs(expected[i])) : 1;
            assertEquals(expected[i], actual[i], tolerance * size, "figure " + i);
        }
    }
}
