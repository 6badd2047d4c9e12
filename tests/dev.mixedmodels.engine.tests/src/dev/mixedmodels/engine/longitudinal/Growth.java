package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rows of a growth study (y, time, x, arm, subject) that tests generate and alter. */
final class Growth {
    /** One row; NaN and null are missing. */
    record Row(double y, double time, double x, String arm, String subject) {
        Row withY(final double other) {
            return new Row(other, time, x, arm, subject);
        }

        Row withTime(final double other) {
            return new Row(y, other, x, arm, subject);
        }
    }

    private Growth() {
    }

    /** Subjects with 2 to 7 visits at irregular times, random intercepts and slopes, AR(1)-like errors. */
    static List<Row> rows(final int subjects, final long seed) {
        final Random random = new Random(seed);
        final List<Row> rows = new ArrayList<>();
        for (int i = 0; i < subjects; i++) {
            final int visits = 2 + random.nextInt(6);
            final double u = random.nextGaussian();
            final double slope = 0.5 * (0.4 * u + random.nextGaussian());
            double time = 0;
            double error = random.nextGaussian();
            for (int visit = 0; visit < visits; visit++) {
                rows.add(new Row(10 + 1.5 * u + (0.7 + slope) * time + (i % 2 == 0 ? 0.5 * time : 0) + error, time,
                    1 + random.nextDouble(), i % 2 == 0 ? "A" : "B", "S" + (i + 1)));
                time += 0.3 + random.nextDouble();
                error = 0.5 * error + 0.9 * random.nextGaussian();
            }
        }
        return rows;
    }

    static Frame frame(final List<Row> rows) {
        final FrameBuilder builder = new FrameBuilder(rows.size());
        final int y = builder.addNumeric("y");
        final int time = builder.addNumeric("time");
        final int x = builder.addNumeric("x");
        final int arm = builder.addNominal("arm");
        final int subject = builder.addNominal("subject");
        for (final Row row : rows) {
            builder.number(y, row.y);
            builder.number(time, row.time);
            builder.number(x, row.x);
            if (row.arm != null) {
                builder.text(arm, row.arm);
            }
            builder.text(subject, row.subject);
            builder.endRow();
        }
        return builder.build();
    }

    static List<Row> shuffled(final List<Row> rows) {
        final List<Row> copy = new ArrayList<>(rows);
        Collections.shuffle(copy, new Random(3));
        return copy;
    }

    static LongitudinalSettings settings(final String formula) {
        return LongitudinalSettings.of(Formula.parse(formula));
    }

    static LongitudinalFit fit(final LongitudinalSettings settings, final List<Row> rows) {
        return LongitudinalModel.fit(settings, frame(rows), Progress.NONE, new Warnings());
    }

    static LongitudinalFit fit(final LongitudinalSettings settings, final List<Row> rows, final Warnings warnings) {
        return LongitudinalModel.fit(settings, frame(rows), Progress.NONE, warnings);
    }
}
