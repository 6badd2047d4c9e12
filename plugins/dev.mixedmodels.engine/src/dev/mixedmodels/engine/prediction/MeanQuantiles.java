package dev.mixedmodels.engine.prediction;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.numeric.Tail;
import java.util.HashMap;
import java.util.Map;

/** Quantiles of Student's t with the degrees of freedom that the model gives the mean of a row. */
final class MeanQuantiles {
    /** So many are kept. */
    private static final int MOST = 10_000;

    private final ModelDesign design;
    private final FixedInference inference;
    private final double tail;
    private final double[] x;
    private final Map<Double, Double> known = new HashMap<>();

    MeanQuantiles(final ModelDesign design, final FixedInference inference, final double tail) {
        this.design = design;
        this.inference = inference;
        this.tail = tail;
        x = new double[inference.estimates().length];
    }

    double of(final int row) {
        design.fixed().row(row, x);
        if (known.size() > MOST) {
            known.clear();
        }
        return known.computeIfAbsent(inference.df(x), df -> Tail.tQuantile(tail, df));
    }
}
