package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.testing.Golden;
import dev.mixedmodels.engine.testing.TestData;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenFitTest {
    @Test
    void sleep() {
        final TestData data = TestData.read("sleepstudy");
        final double[] y = data.numbers("Reaction"), t = data.numbers("Days");
        final String[] s = data.strings("Subject");
        final java.util.Map<String, Integer> map = new java.util.TreeMap<>();
        for (final String v : s) map.put(v, 0);
        int c = 0;
        for (final var e : map.entrySet()) e.setValue(c++);
        final int n = y.length;
        final double[][] x = new double[n][];
        final int[] codes = new int[n];
        for (int i = 0; i < n; i++) { x[i] = new double[] {1, t[i]}; codes[i] = map.get(s[i]); }
        final DenseMixedModel rows = new DenseMixedModel(x, y, List.of(new dev.mixedmodels.engine.statistics.Grouping("g", codes, c)), List.<double[][]>of(x));
        for (final boolean reml : new boolean[] {true, false}) {
            final MixedModel model = MixedModel.of(rows, rows.groupings, List.of(RandomStructure.UNSTRUCTURED.of(2)), Progress.NONE);
            final MixedFit fit = MixedFit.of(model, reml, 100, 1e-12, Progress.NONE);
            System.out.println(fit.criterion() + " " + fit.sigma2() + " " + java.util.Arrays.toString(fit.beta()) + java.util.Arrays.deepToString(fit.covariance(0)) + " it " + fit.optimum().iterations() + " " + fit.optimum().evaluations() + " " + fit.optimum().freeGradient());
            System.out.println(rows.criterion(List.<double[][]>of(fit.covariance(0)), fit.sigma2(), reml)+" "+Golden.read("long_sleep_rs_" + (reml ? "reml" : "ml")).at("fit", "minus2logLik").number());
        }
    }
}
