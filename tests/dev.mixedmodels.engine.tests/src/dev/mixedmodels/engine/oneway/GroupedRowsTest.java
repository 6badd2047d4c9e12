package dev.mixedmodels.engine.oneway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.Distributed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows in parts, as other machines have them. */
class GroupedRowsTest {
    private static final int ROWS = 600;
    private static final int GROUPS = 23;

    private final Random random = new Random(4);
    private final double[] y = random.doubles(ROWS).map(u -> 1e3 + 1e-2 * u).toArray();
    private final double[] weight = random.doubles(ROWS, 0.5, 3).toArray();
    private final int[] group = random.ints(ROWS, 0, GROUPS).toArray();

    /** Rows whose group leaves this remainder; every seventh row has no response, every eleventh no group. */
    private Frame part(final int remainder, final int parts, final boolean texts) {
        final FrameBuilder builder = new FrameBuilder(0);
        builder.addNumeric("y");
        builder.addNumeric("w");
        final int level = texts ? builder.addNominal("g") : builder.addInteger("g");
        for (int row = 0; row < ROWS; row++) {
            if (group[row] % parts != remainder) {
                continue;
            }
            builder.number(0, row % 7 == 3 ? Double.NaN : y[row]);
            builder.number(1, weight[row]);
            if (row % 11 != 5) {
                if (texts) {
                    builder.text(level, "g" + group[row]);
                } else {
                    builder.integer(level, group[row]);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void partsThatTravelGiveWhatAllRowsGive(final boolean texts, final boolean weights) {
        final RandomInterceptSettings settings = RandomInterceptSettings.of("y", "g", Method.REML);
        final GroupedRows rows = new GroupedRows("y", "g", weights ? "w" : null, MissingValues.OMIT_ROWS);
        final GroupedRows all = rows.fresh();
        all.add(part(0, 1, texts));
        final Warnings warnings = new Warnings();
        final RandomInterceptFit whole = RandomInterceptModel.fit(settings, all.data(warnings), Progress.NONE, warnings);

        final int parts = 4;
        final GroupedRows merged = rows.fresh();
        final List<GroupedRows> gathered = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            final GroupedRows part = rows.fresh();
            part.add(part(p, parts, texts));
            gathered.add(Distributed.copy(part));
            merged.merge(Distributed.copy(part));
        }
        final Warnings again = new Warnings();
        final RandomInterceptFit fit = RandomInterceptModel.fit(settings, merged.data(again), Progress.NONE, again);
        assertEquals(warnings.list(), again.list());
        final FixedEffectRow mean = whole.tables().fixedEffects().get(0);
        // sums of weights are rounded, everything else is not
        final double tolerance = weights ? 1e-13 : 0;
        assertEquals(mean.estimate(), fit.tables().fixedEffects().get(0).estimate(), tolerance * mean.estimate());
        assertEquals(mean.stdError(), fit.tables().fixedEffects().get(0).stdError(), tolerance * mean.stdError());

        final Map<String, BlupRow> expected = new HashMap<>();
        fit.tables().blups().forEach(row -> expected.put(row.level(), row));
        final GroupPredictions predictions = Distributed.copy(fit.predictions());
        int blups = 0;
        for (int p = 0; p < parts; p++) {
            final GroupedRows part = gathered.get(p);
            for (final BlupRow row : predictions.blups(part.data(new Warnings()))) {
                assertEquals(expected.get(row.level()), row);
                blups++;
            }
            assertEquals(fitted(fit.predictions(), merged, part(p, parts, texts)),
                fitted(predictions, part, part(p, parts, texts)));
        }
        assertEquals(expected.size(), blups);
    }

    private static List<FittedRow> fitted(final GroupPredictions predictions, final GroupedRows known, final Frame rows) {
        return known.fitted(predictions.fittedValues(known.data(new Warnings())), rows);
    }
}
