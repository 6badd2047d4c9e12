package dev.mixedmodels.knime.predictor;

import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.ok;
import static dev.mixedmodels.knime.predictor.MixedModelPredictorNodeTest.predictor;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.knime.core.node.BufferedDataTable;

import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.model.MixedModelPortObject;
import dev.mixedmodels.knime.model.Models;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import dev.mixedmodels.standin.run.TableView;

/** Bounds hold what they promise where the truth is known: further rows of known subjects, and rows of new ones. */
class PredictionCoverageTest {
    private static final int SUBJECTS = 600;
    private static final int ROWS = 4;
    private static final int NEW = 10;
    /** Four Monte Carlo standard errors of 0.95 from so many subjects, each with rows that depend on one another. */
    private static final double MARGIN = 4 * Math.sqrt(0.95 * 0.05 / SUBJECTS);

    private final Random random = new Random(20261129);
    private final double[] level = new double[2 * SUBJECTS];
    private final double[] slope = new double[2 * SUBJECTS];

    private double mean(final int subject, final double time) {
        return 10 + level[subject] + (2 + slope[subject]) * time;
    }

    private BufferedDataTable table(final int from, final int rows, final double start, final double[] truth) {
        final String[] subjects = new String[SUBJECTS * rows];
        final double[] time = new double[subjects.length];
        final double[] y = new double[subjects.length];
        for (int i = 0; i < y.length; i++) {
            final int subject = from + i / rows;
            subjects[i] = "s" + subject;
            time[i] = start + i % rows;
            truth[i] = mean(subject, time[i]);
            y[i] = truth[i] + random.nextGaussian();
        }
        return new TableBuilder().strings("subject", subjects).doubles("time", time).doubles("y", y).build();
    }

    private void check(final MixedModelPortObject model, final BufferedDataTable table, final double[] truth) {
        final TableView found = ok(predictor(model, table).set("predictionBounds", true).set("columnName", "p")).view(0);
        int means = 0;
        int responses = 0;
        for (int i = 0; i < truth.length; i++) {
            means += found.number(i, "p Lower Bound") <= truth[i] && truth[i] <= found.number(i, "p Upper Bound") ? 1 : 0;
            responses += found.number(i, "p Lower Prediction Bound") <= found.number(i, "y")
                && found.number(i, "y") <= found.number(i, "p Upper Prediction Bound") ? 1 : 0;
        }
        assertEquals(0.95, (double) means / truth.length, MARGIN);
        assertEquals(0.95, (double) responses / truth.length, MARGIN);
    }

    @Test
    void meansAndResponsesLieBetweenTheirBoundsAsOftenAsTheySay() {
        for (int s = 0; s < level.length; s++) {
            final double common = random.nextGaussian();
            level[s] = 1.5 * common;
            slope[s] = 0.5 * (0.6 * common + 0.8 * random.nextGaussian());
        }
        final MixedModelPortObject model = Models.fit(table(0, ROWS, 0, new double[SUBJECTS * ROWS]), NodeRun.of(
            new LongitudinalMixedModelNodeFactory()).set("response", "y").set("subject", "subject").set("time", "time")
                .set("varianceIntervals", "NONE").set("randomTests", false)).model();
        for (final int from : new int[] {0, SUBJECTS}) {
            final double[] truth = new double[SUBJECTS * NEW];
            check(model, table(from, NEW, -2, truth), truth);
        }
    }
}
