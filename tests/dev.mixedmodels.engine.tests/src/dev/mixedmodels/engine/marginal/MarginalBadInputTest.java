package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Every mistake has a message that names what is wrong. */
class MarginalBadInputTest {
    private static Simulated data() {
        return new Simulated(20, 3, 0, 31);
    }

    private static void fails(final MarginalSettings settings, final Frame frame, final String... parts) {
        final String message =
            assertThrows(ModelException.class, () -> Simulated.fit(settings, frame)).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    private static MarginalSettings settings(final VisitStructure structure) {
        return Simulated.settings("y ~ visit", structure, true);
    }

    private static MarginalSettings layout(final VisitStructure structure, final String formula, final String visit,
        final String time) {
        return MarginalSettings.of(Formula.parse(formula), new Layout("subject", visit, time, null), structure);
    }

    @Test
    void twoRowsForOneSubjectAndVisit() {
        final Simulated data = data();
        data.add("s3", "b", 2, 9, 0, 1);
        fails(settings(VisitStructure.AR1), data.frame(), "\"s3\"", "visit \"2\"", "rows \"11\" and \"61\"");
    }

    @Test
    void aVisitSeenByOneSubjectOnly() {
        final Simulated data = data();
        data.add("s3", "b", 4, 9, 0, 1);
        fails(settings(VisitStructure.HETEROGENEOUS_AR1), data.frame(), "Visit \"4\"", "one subject");
        // a common variance can be estimated
        assertEquals(1, Simulated.statistic(Simulated.fit(settings(VisitStructure.AR1), data.frame()), "Converged"));
    }

    @Test
    void moreParametersThanTheDataBear() {
        fails(settings(VisitStructure.UNSTRUCTURED), new Simulated(3, 4, 0, 1).frame(), "parameters", "rows");
        fails(Simulated.settings("y ~ arm * visit", VisitStructure.INDEPENDENT, true),
            new Simulated(2, 4, 0, 1).frame(), "8 rows");
    }

    /** At each visit more coefficients than subjects: its variance may go to 0. */
    @Test
    void aVarianceThatGoesToZero() {
        final double[] y = {8.76934142, 7.83101675, 9.310183, 13.175428, 13.4255014, 13.9728352, 15.5631549, 14.4692992,
            14.5731446, 6.86673388, 10.0509507, 12.6265261};
        final double[] x = {4, 0, 4, 4, 3, 3, 2, 1, 4, 3, 4, 3};
        for (final double scale : new double[] {1e-100, 1, 1e100}) {
            final Simulated data = new Simulated(0, 0, 0, 1);
            for (int i = 0; i < y.length; i++) {
                data.add("s" + i / 3, "abca".substring(i / 3, i / 3 + 1), i % 3, 0, x[i], scale * y[i]);
            }
            fails(Simulated.settings("y ~ arm * x", VisitStructure.DIAGONAL, false), data.frame(), "no maximum",
                "the variance at visit \"1\" goes to 0", "one common variance");
        }
    }

    /** rho goes to -1, which the flat likelihood may reach or not: never a fit without a word. */
    @Test
    void aFlatLikelihoodTowardsASingularMatrixIsSaid() {
        final double[] y = {1.061378627397, 0.37852068005, 2.2840227049, -2.705299158884, 2.259914116044, 2.059144040402,
            2.478836849888};
        final double[] w = {0.12, -0.29, -0.29, 0.76, 0.76, -0.98, -0.98};
        final int[] visits = {2, 1, 2, 1, 2, 1, 2};
        final MarginalSettings settings =
            Simulated.settings("y ~ arm + x + visit", VisitStructure.COMPOUND_SYMMETRY, true);
        for (final double offset : new double[] {0, 10, 1e4}) {
            final Simulated data = new Simulated(0, 0, 0, 1);
            for (int i = 0; i < y.length; i++) {
                final int subject = (i + 1) / 2;
                data.add("s" + subject, subject % 2 == 0 ? "a" : "b", visits[i], 0, w[i], offset + y[i]);
            }
            try {
                final ModelFit fit = Simulated.fit(settings, data.frame());
                assertEquals(-1, Simulated.parameter(fit, "rho"), 1e-6);
                assertEquals(1, Simulated.statistic(fit, "Singular"));
                assertTrue(Simulated.row(fit, "Singular").note().contains("on the boundary"));
            } catch (final ModelException e) {
                assertTrue(e.getMessage().contains("no maximum"), e.getMessage());
            }
        }
    }

    @Test
    void aLikelihoodWithoutAMaximum() {
        // 6 subjects, 8 visits: residuals span too few dimensions for 36 parameters
        fails(settings(VisitStructure.UNSTRUCTURED), new Simulated(6, 8, 0, 1).frame(), "no maximum", "6 subjects",
            "36 parameters");
        // every subject repeats itself exactly: correlation 1
        final Simulated data = data();
        for (int i = 0; i < data.y.size(); i++) {
            data.y.set(i, data.y.get(i - i % 3));
        }
        for (final VisitStructure structure : new VisitStructure[] {VisitStructure.AR1, VisitStructure.UNSTRUCTURED,
            VisitStructure.CONTINUOUS_AR1, VisitStructure.TOEPLITZ}) {
            fails(Simulated.settings("y ~ 1", structure, true), data.frame(), "no maximum", "\"" + structure + "\"");
        }
    }

    @Test
    void anIntegerVisitWithThousandsOfLevels() {
        final Simulated data = new Simulated(0, 1, 0, 0);
        for (int i = 0; i < 3000; i++) {
            data.add("s" + i % 50, "a", i, i, 0, Math.sin(i));
        }
        fails(layout(VisitStructure.AR1, "y ~ 1", "visit", null), data.frame(), "3000 levels",
            "\"AR(1) in continuous time\"");
    }

    @Test
    void aStructureWithoutTheColumnItGoesBy() {
        fails(layout(VisitStructure.CONTINUOUS_AR1, "y ~ 1", "visit", null), data().frame(), "time");
        fails(layout(VisitStructure.AR1, "y ~ 1", null, "time"), data().frame(), "visit");
        fails(MarginalSettings.of(Formula.parse("y ~ 1"), new Layout(null, "visit", null, null), VisitStructure.AR1),
            data().frame(), "subject");
    }

    @Test
    void compoundSymmetryAndIndependentNeedNoVisit() {
        for (final VisitStructure structure : new VisitStructure[] {VisitStructure.INDEPENDENT,
            VisitStructure.COMPOUND_SYMMETRY}) {
            final ModelFit without = Simulated.fit(layout(structure, "y ~ time", null, "time"), data().frame());
            final ModelFit with = Simulated.fit(layout(structure, "y ~ time", "visit", "time"), data().frame());
            assertEquals(Simulated.deviance(with), Simulated.deviance(without), 1e-8);
        }
    }

    @Test
    void twoRowsAtOneTime() {
        final Simulated data = data();
        data.add("s3", "b", 4, data.time.get(10), 0, 1);
        fails(layout(VisitStructure.CONTINUOUS_AR1, "y ~ 1", null, "time"), data.frame(), "\"s3\"", "time",
            "rows \"11\" and \"61\"");
    }

    @Test
    void oneRowASubject() {
        fails(settings(VisitStructure.COMPOUND_SYMMETRY), new Simulated(20, 1, 0, 1).frame(), "same value");
        fails(layout(VisitStructure.COMPOUND_SYMMETRY, "y ~ x", "visit", null), new Simulated(20, 1, 0, 1).frame(),
            "more than one row");
        fails(layout(VisitStructure.CONTINUOUS_AR1, "y ~ x", null, "time"), new Simulated(20, 1, 0, 1).frame(),
            "more than one row");
    }

    @Test
    void aGroupThatChangesWithinASubject() {
        final Simulated data = data();
        data.arm.set(4, "a");
        fails(Simulated.by(settings(VisitStructure.AR1), "arm"), data.frame(), "\"arm\"", "\"s1\"", "constant");
    }

    @Test
    void aConstantResponse() {
        final Simulated data = data();
        data.y.replaceAll(y -> 5.3);
        fails(settings(VisitStructure.AR1), data.frame(), "\"y\" is 5.3 in all rows");
        fails(layout(VisitStructure.CONTINUOUS_AR1, "y ~ x", null, "time"), data.frame(), "\"y\" is 5.3 in all rows");
    }

    @Test
    void aResponseThatTheMeanReproduces() {
        final Simulated data = data();
        for (int i = 0; i < data.y.size(); i++) {
            data.y.set(i, 3 + 2 * data.x.get(i));
        }
        fails(layout(VisitStructure.COMPOUND_SYMMETRY, "y ~ x", "visit", null), data.frame(),
            "The fixed effects reproduce the response \"y\" exactly");
    }

    @Test
    void combinationsThatDoNotExist() {
        final String ml = assertThrows(ModelException.class, () -> layout(VisitStructure.AR1, "y ~ visit", "visit", null)
            .withReml(false).withInference(i -> i.withDf(DfMethod.KENWARD_ROGER))).getMessage();
        assertTrue(ml.contains("REML"));
        final String sandwich = assertThrows(ModelException.class, () -> InferenceSettings.DEFAULT
            .withDf(DfMethod.KENWARD_ROGER_LINEAR).withFixedCovariance(FixedCovariance.CR2)).getMessage();
        assertTrue(sandwich.contains("CR2"));
        for (final double level : new double[] {0, 100, Double.NaN}) {
            assertThrows(ModelException.class, () -> InferenceSettings.DEFAULT.withConfidence(level));
        }
        fails(layout(VisitStructure.AR1, "y ~ visit + (1 | subject)", "visit", null), data().frame(), "random part");
    }

    /** A pairwise matrix of moments need not be positive definite; the start is moved inside. */
    @Test
    void startsThatAreNotPositiveDefiniteAreMended() {
        final Simulated data = new Simulated(0, 1, 0, 0);
        final Random random = new Random(5);
        for (int s = 0; s < 60; s++) {
            final double u = random.nextGaussian();
            final int skipped = 1 + s % 3;
            for (int v = 1; v <= 3; v++) {
                if (v != skipped) {
                    // pairs (1, 2) and (2, 3) alike, pair (1, 3) opposite
                    data.add("s" + s, "a", v, v, 0, (skipped == 2 && v == 3 ? -1 : 1) * u
                        + 0.1 * random.nextGaussian());
                }
            }
        }
        final ModelFit fit = Simulated.fit(settings(VisitStructure.UNSTRUCTURED), data.frame());
        assertTrue(Double.isFinite(Simulated.deviance(fit)));
    }

    @Test
    void cancelStopsTheFit() {
        final Progress cancelled = () -> {
            throw new CancellationException();
        };
        assertThrows(CancellationException.class, () -> MarginalModel.fit(settings(VisitStructure.AR1),
            data().frame(), cancelled, new Warnings()));
    }
}
