package dev.mixedmodels.engine.means;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.MeansRequest.Comparison;
import dev.mixedmodels.engine.design.MeansWeights;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.MeansTests;
import dev.mixedmodels.engine.model.StoredModel;
import dev.mixedmodels.engine.multilevel.LevelSpecification;
import dev.mixedmodels.engine.multilevel.MeansModels;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What emmeans does not say: other codings, curves, centred columns, cancelling, words. */
class ModelMeansTest {
    private static MeansSettings settings(final List<Place> places, final List<String> slopes, final MeansWeights weights) {
        return new MeansSettings(null, places, slopes, weights, Comparison.PAIRS, null, List.of(),
            MeansTests.of(Adjustment.NONE, 0.95));
    }

    private static List<MeansRow> rows(final StoredModel model, final MeansSettings settings) {
        return ModelMeans.of(model, settings, Progress.NONE, new Warnings()).rows();
    }

    private static double[] estimates(final StoredModel model, final MeansSettings settings) {
        return rows(model, settings).stream().mapToDouble(MeansRow::estimate).toArray();
    }

    private static StoredModel centred(final LevelSpecification.Mode mode) {
        return MeansModels.orthodont(mode);
    }

    /** Slopes of the same parabola, whatever its columns; of a spline against differences of its own means. */
    @Test
    void slopesOfCurves() {
        final List<Place> at = List.of(new Place("age", Place.Rule.GIVEN, 9, 12.5));
        final MeansSettings slopes = settings(at, List.of("age"), MeansWeights.EQUAL);
        final double[] expected =
            estimates(MeansModels.orthodont("distance ~ Sex * (age + I(age^2)) + (1 | Subject)"), slopes);
        for (final String curve : List.of("poly(age, 2)", "poly(age, 2, raw = TRUE)", "scale(age) + I(age^2)")) {
            assertArrayEquals(expected,
                estimates(MeansModels.orthodont("distance ~ Sex * (" + curve + ") + (1 | Subject)"), slopes), 1e-8, curve);
        }
        final StoredModel spline = MeansModels.orthodont("distance ~ Sex * ns(age, 3) + (1 | Subject)");
        final double h = 1e-5;
        final double[] around = estimates(spline,
            settings(List.of(new Place("age", Place.Rule.GIVEN, 9 - h, 9 + h)), List.of(), MeansWeights.EQUAL));
        final double slope = rows(spline, slopes).stream().filter(row -> row.type().equals("Slope")).findFirst().orElseThrow()
            .estimate();
        assertEquals((around[3] - around[0]) / (2 * h), slope, 1e-6);
    }

    @Test
    void aColumnLessItsMeanIsTheColumn() {
        final List<Place> at = List.of(new Place("age", Place.Rule.GIVEN, 8, 14));
        final MeansSettings wanted = settings(at, List.of("age"), MeansWeights.EQUAL);
        final List<MeansRow> raw = rows(centred(LevelSpecification.Mode.RAW), wanted);
        final List<MeansRow> centred = rows(centred(LevelSpecification.Mode.GRAND_MEAN), wanted);
        assertEquals(raw.size(), centred.size());
        for (int i = 0; i < raw.size(); i++) {
            assertEquals(raw.get(i).estimate(), centred.get(i).estimate(), 1e-9);
            assertEquals(raw.get(i).stdError(), centred.get(i).stdError(), 1e-9);
            assertEquals(raw.get(i).at(), centred.get(i).at());
        }
        final String message = assertThrows(ModelException.class,
            () -> rows(centred(LevelSpecification.Mode.WITHIN), wanted)).getMessage();
        assertTrue(message.contains("\"age.within.Subject\""), message);
    }

    /** Weights of combinations by adding up means of single cells. */
    @Test
    void weightsAddUpCells() {
        final StoredModel model = MeansModels.egsingle(DfMethod.ASYMPTOTIC);
        final MeansSettings cells = new MeansSettings(List.of(List.of("female", "retained", "black")), List.of(), List.of(),
            MeansWeights.EQUAL, Comparison.NONE, null, List.of(), MeansTests.of(Adjustment.NONE, 0.95));
        final double[] single = estimates(model, cells);
        final int[] codes = model.design().cells().codes();
        final int[] counts = model.design().cells().counts();
        final double[] sums = new double[2];
        final double[] rows = new double[2];
        for (int i = 0; i < counts.length; i++) {
            final int cell = 4 * codes[3 * i] + 2 * codes[3 * i + 1] + codes[3 * i + 2];
            sums[codes[3 * i]] += counts[i] * single[cell];
            rows[codes[3 * i]] += counts[i];
        }
        final double[] weighted = estimates(model, new MeansSettings(List.of(List.of("female")), List.of(), List.of(),
            MeansWeights.CELLS, Comparison.NONE, null, List.of(), MeansTests.of(Adjustment.NONE, 0.95)));
        assertArrayEquals(new double[] {sums[0] / rows[0], sums[1] / rows[1]}, weighted, 1e-12);
    }

    @Test
    void aRunCanBeCancelled() {
        final Progress cancelled = () -> {
            throw new CancellationException();
        };
        assertThrows(CancellationException.class, () -> ModelMeans.of(MeansModels.egsingle(DfMethod.ASYMPTOTIC),
            MeansSettings.DEFAULT, cancelled, new Warnings()));
    }
}
