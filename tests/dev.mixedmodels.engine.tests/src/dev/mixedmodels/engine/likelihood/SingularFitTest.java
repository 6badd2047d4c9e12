package dev.mixedmodels.engine.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.covariance.StructureAlgebra;
import dev.mixedmodels.engine.fit.AffineCoordinates;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.inference.EstimationSettings;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Optima on the boundary are found, are exact, and everything else is as in the model without what vanished. */
class SingularFitTest {
    private static final int N = 240;

    /** Data in which factor {@code without} has no effect and the slopes of factor 0 none either. */
    private static DenseMixedModel data(final long seed) {
        final Random random = new Random(seed);
        final int[] a = DenseMixedModel.drawn(seed + 1, N, 20);
        final int[] b = DenseMixedModel.drawn(seed + 2, N, 12);
        final DenseMixedModel data = DenseMixedModel.random(seed, N, 2, new int[] {1, 2}, new int[][] {a, b});
        final double[] unit = random.doubles(12, -2, 2).toArray();
        for (int i = 0; i < N; i++) {
            data.y[i] = 2 + data.x[i][1] + random.nextGaussian() + unit[b[i]];
        }
        // less than chance leads one to expect between the units of a
        final double[] sum = new double[20];
        final int[] count = new int[20];
        for (int i = 0; i < N; i++) {
            sum[a[i]] += data.y[i] - unit[b[i]] - data.x[i][1];
            count[a[i]]++;
        }
        for (int i = 0; i < N; i++) {
            data.y[i] -= 0.9 * (sum[a[i]] / count[a[i]] - 2);
        }
        return data;
    }

    private static MixedFit fit(final MixedModel model) {
        return MixedFit.of(model, new EstimationSettings(true, 100, 1e-12), Progress.NONE);
    }

    @Test
    void aVarianceOf0IsExactlyZeroAndTheRestIsTheModelWithoutIt() {
        int found = 0;
        for (int seed = 0; seed < 10; seed++) {
            final DenseMixedModel data = data(100 * seed);
            final List<LinearStructure> full = List.of(RandomStructure.IDENTITY.of(1), RandomStructure.DIAGONAL.of(2));
            final MixedModel model = data.model(full);
            final MixedFit fit = fit(model);
            assertTrue(fit.optimum().converged());
            if (fit.covariance(0)[0][0] != 0) {
                continue;
            }
            found++;
            assertTrue(fit.singular());
            final MixedFit smaller = fit(model.with(List.of(StructureAlgebra.without(full.get(0), 0), full.get(1))));
            assertEquals(smaller.criterion(), fit.criterion(), 1e-9);
            assertEquals(smaller.beta()[1], fit.beta()[1], 1e-8);
            final MixedInference inference = MixedInference.of(fit, Progress.NONE);
            assertTrue(inference.informationExists());
            assertEquals(0, inference.parameterCovariance()[0][0], 0);
            final double[] l = {0, 1};
            final double expected = MixedInference.of(smaller, Progress.NONE).satterthwaite().df(l);
            assertEquals(expected, inference.satterthwaite().df(l), 1e-5 * expected);
            assertTrue(inference.kenwardRoger(Progress.NONE).orElseThrow().df(l) > 0);
            assertEquals(0, new MixedProfile(MixedInference.of(fit, Progress.NONE), 0.95).variance(0, 0).lower(), 0);
            assertTrue(new MixedProfile(MixedInference.of(fit, Progress.NONE), 0.95).variance(0, 0).upper() > 0);
        }
        assertTrue(found >= 8, "singular fits among ten: " + found);
    }

    @Test
    void noneOfTwentyRandomStartsFindsABetterOptimum() {
        final Random random = new Random(77);
        for (int seed = 0; seed < 12; seed++) {
            final DenseMixedModel data = data(1000 + 7 * seed);
            final MixedModel model = data.model(List.of(RandomStructure.IDENTITY.of(1), RandomStructure.UNSTRUCTURED.of(2)));
            final double best = fit(model).optimum().value();
            final CovarianceSearch search = new CovarianceSearch(model.covariance(),
                model.statistics().likelihood(true, Progress.NONE), new EstimationSettings(true, 200, 1e-12));
            final AffineCoordinates coordinates = model.covariance().coordinates();
            for (int start = 0; start < 20; start++) {
                final double value = search.minimise(coordinates.at(random.doubles(4, -2, 2).toArray())).value();
                assertTrue(best <= value + 1e-6, seed + ": " + best + " above " + value);
            }
        }
    }
}
