package dev.mixedmodels.engine.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.weights.Weighted.Fit;
import dev.mixedmodels.engine.weights.Weighted.How;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold of weights whatever the data. */
class WeightInvarianceTest {
    /** Rounding of two searches that end at the same maximum. */
    private static final double SAME = 1e-7;
    private static final double C = 1 << 20; // no power of the response's own size

    private enum Model {
        ONE_WAY, MOMENTS, SLOPES, AUTOREGRESSION, NESTED, CROSSED, UNSTRUCTURED, SANDWICH, CONTINUOUS, BETWEEN_WITHIN;

        Fit fit(final IntToDoubleFunction weight) {
            final How how = new How(true, DfMethod.SATTERTHWAITE, VarianceIntervals.PROFILE);
            final DesignOptions plain = DesignOptions.DEFAULT;
            final Frame orthodont = Weighted.frame("orthodont", Set.of(), weight);
            return switch (this) {
                case ONE_WAY -> Weighted.oneway(Weighted.frame("pastes_unbalanced", Set.of(), weight), "strength", "batch", how,
                    Method.REML);
                case MOMENTS -> Weighted.oneway(Weighted.frame("pastes_unbalanced", Set.of(), weight), "strength", "batch", how,
                    Method.ANOVA);
                case SLOPES -> Weighted.longitudinal(Weighted.frame("sleepstudy", Set.of("Subject"), weight),
                    "Reaction ~ Days + (Days | Subject)", plain, how.with(DfMethod.KENWARD_ROGER));
                case AUTOREGRESSION -> Weighted.longitudinal(orthodont, "distance ~ age * Sex + (1 | Subject)", plain, how,
                    ResidualStructure.AR1, "age", null, "Sex");
                case NESTED -> Weighted.multilevel(Weighted.frame("pastes", Set.of(), weight),
                    "strength ~ 1 + (1 | batch / cask)", plain, how.with(DfMethod.KENWARD_ROGER));
                case CROSSED -> Weighted.multilevel(Weighted.frame("penicillin", Set.of(), weight),
                    "diameter ~ 1 + (1 | plate) + (1 | sample)", plain, how);
                case UNSTRUCTURED, BETWEEN_WITHIN -> Weighted.marginal(orthodont, "distance ~ age * Sex", plain,
                    this == UNSTRUCTURED ? how : how.with(DfMethod.BETWEEN_WITHIN), VisitStructure.UNSTRUCTURED,
                    new Layout("Subject", "age", null, null), FixedCovariance.MODEL);
                case SANDWICH -> Weighted.marginal(orthodont, "distance ~ age * Sex", plain, how,
                    VisitStructure.COMPOUND_SYMMETRY, new Layout("Subject", "age", null, null), FixedCovariance.CR2);
                case CONTINUOUS -> Weighted.marginal(Weighted.frame("bodyweight", Set.of("Rat", "Diet"), weight),
                    "weight ~ Time * Diet", plain, how, VisitStructure.CONTINUOUS_AR1, new Layout("Rat", null, "Time", null),
                    FixedCovariance.MODEL);
            };
        }

        /** Whether a variance or covariance is one of residuals. */
        boolean isResidual(final CovarianceParameterRow row) {
            return !row.parameter().startsWith("Corr") && !row.parameter().contains("rho")
                && (row.group().equals("Residual") || ordinal() >= UNSTRUCTURED.ordinal());
        }
    }

    private static void near(final double expected, final double actual, final double scale, final String what) {
        near(expected, actual, SAME, scale, what);
    }

    /** Missing must be missing. */
    private static void near(final double expected, final double actual, final double tolerance, final double scale,
        final String what) {
        assertEquals(expected, actual, Double.isNaN(expected) ? 0 : tolerance * Math.max(Math.max(scale, Double.MIN_NORMAL),
            Math.abs(expected)), what);
    }

    /** All weights equal to c: the same model, whose residual variance is c times that without weights. */
    @ParameterizedTest
    @EnumSource
    void equalWeightsChangeTheResidualVarianceOnly(final Model model) {
        final Fit plain = model.fit(null);
        final Fit weighted = model.fit(i -> C);
        final List<FixedEffectRow> effects = plain.tables().fixedEffects();
        for (int k = 0; k < effects.size(); k++) {
            final FixedEffectRow e = effects.get(k);
            final FixedEffectRow a = weighted.tables().fixedEffects().get(k);
            near(e.estimate(), a.estimate(), e.stdError(), e.term());
            near(e.stdError(), a.stdError(), 0, e.term());
            near(e.df(), a.df(), 1e-5, 0, e.term());
            near(e.naiveEstimate(), a.naiveEstimate(), e.naiveStdError(), e.term());
            near(e.naiveStdError(), a.naiveStdError(), 0, e.term());
        }
        covariances(model, plain, weighted);
        final Iterator<BlupRow> blups = weighted.tables().blups().iterator();
        for (final BlupRow e : plain.tables().blups()) {
            final BlupRow a = blups.next();
            near(e.blup(), a.blup(), e.stdError(), e.level());
            near(e.stdError(), a.stdError(), 0, e.level());
            assertEquals(e.n(), a.n());
        }
        for (int i = 0; i < plain.rows().size(); i++) {
            final FittedRow e = plain.rows().get(i);
            final FittedRow a = weighted.rows().get(i);
            near(e.conditional(), a.conditional(), 1, "conditional");
            near(e.marginal(), a.marginal(), 1, "marginal");
            near(e.pearson(), a.pearson(), 1, "pearson");
            near(e.normalized(), a.normalized(), 1, "normalized");
        }
        tests(plain, weighted);
    }

    private static void covariances(final Model model, final Fit plain, final Fit weighted) {
        final List<CovarianceParameterRow> rows = plain.tables().covarianceParameters();
        for (int k = 0; k < rows.size(); k++) {
            final CovarianceParameterRow e = rows.get(k);
            final CovarianceParameterRow a = weighted.tables().covarianceParameters().get(k);
            final double factor = model.isResidual(e) ? C : 1;
            near(factor * e.estimate(), a.estimate(), factor * e.stdError(), e.parameter());
            near(factor * e.stdError(), a.stdError(), 1e-5, 0, e.parameter());
            if (!e.parameter().startsWith("Corr")) {
                near(factor * e.lower(), a.lower(), 1e-5, factor * Math.abs(e.estimate()), e.parameter());
                near(factor * e.upper(), a.upper(), 1e-5, factor * Math.abs(e.estimate()), e.parameter());
            }
        }
        final Iterator<CovarianceEntryRow> entries = weighted.tables().covarianceMatrices().iterator();
        for (final CovarianceEntryRow e : plain.tables().covarianceMatrices()) {
            final CovarianceEntryRow a = entries.next();
            if (List.of("D", "Fixed effects").contains(e.matrix())) {
                near(e.covariance(), a.covariance(), 1e-3, e.matrix());
            }
        }
    }

    /** Likelihood and tests; not what rests on the share of a residual of weight 1. */
    private static void tests(final Fit plain, final Fit weighted) {
        for (final FitStatisticRow e : plain.tables().modelFit()) {
            final boolean compared = e.category() == FitStatisticRow.Category.TEST && !e.statistic().startsWith("Exact")
                && !e.statistic().contains("Mauchly") && !e.statistic().contains("Epsilon")
                && !e.statistic().startsWith("Greenhouse") && !e.statistic().startsWith("Huynh")
                || List.of("-2 Log Likelihood", "AIC", "BIC", "Rows Used").contains(e.statistic());
            for (final FitStatisticRow a : weighted.tables().modelFit()) {
                if (compared && a.category() == e.category() && a.statistic().equals(e.statistic())) {
                    near(e.value(), a.value(), 1e-6, 1, e.statistic());
                    assertEquals(e.numDf(), a.numDf(), e.statistic());
                    near(e.denDf(), a.denDf(), 1e-5, 1, e.statistic());
                }
            }
        }
    }

    /** A weight of 2 halves a row's residual variance; two equal rows are two observations with more degrees of freedom. */
    @Test
    void weightsDoNotCountRows() {
        final Frame once = Weighted.frame("sleepstudy", Set.of("Subject"), i -> 1 + i % 2);
        final Fit weighted = Weighted.longitudinal(once, "Reaction ~ Days + (1 | Subject)", DesignOptions.DEFAULT,
            How.of(true).with(DfMethod.RESIDUAL));
        assertEquals(180, statistic(weighted, "Rows Used"));
        assertEquals(178, weighted.tables().fixedEffects().get(1).df());
        assertNotEquals(statistic(Weighted.longitudinal(Weighted.frame("sleepstudy", Set.of("Subject"), null),
            "Reaction ~ Days + (1 | Subject)", DesignOptions.DEFAULT, How.of(true)), "-2 Log Likelihood"),
            statistic(weighted, "-2 Log Likelihood"), 1);
    }

    private static double statistic(final Fit fit, final String name) {
        return fit.tables().modelFit().stream().filter(r -> r.statistic().equals(name)).findFirst().orElseThrow().value();
    }

    /** A group's rows with weights say of its effect what their weighted mean says with the sum of weights. */
    @Test
    void oneWayDependsOnWeightedMeansAndScatterOnly() {
        final Frame frame = Weighted.frame("pastes_unbalanced", Set.of(), Weighted::reference);
        final Fit oneway = Weighted.oneway(frame, "strength", "batch", How.of(true).with(VarianceIntervals.PROFILE), Method.REML);
        final Fit other = Weighted.multilevel(frame, "strength ~ 1 + (1 | batch)", DesignOptions.DEFAULT,
            How.of(true).with(VarianceIntervals.PROFILE));
        for (int k = 0; k < 2; k++) {
            final CovarianceParameterRow e = other.tables().covarianceParameters().get(k);
            final CovarianceParameterRow a = oneway.tables().covarianceParameters().get(k);
            near(e.estimate(), a.estimate(), 0, e.parameter());
            assertEquals(e.lower(), a.lower(), 1e-5 * e.estimate());
            assertEquals(e.upper(), a.upper(), 1e-5 * e.upper());
        }
        final Iterator<BlupRow> blups = oneway.tables().blups().iterator();
        for (final BlupRow e : other.tables().blups()) {
            final BlupRow a = blups.next();
            near(e.blup(), a.blup(), 1, e.level());
            near(e.stdError(), a.stdError(), 0, e.level());
            near(e.conditionalStdDev(), a.conditionalStdDev(), 0, e.level());
            near(e.reliability(), a.reliability(), 0, e.level());
            near(e.coefficientStdError(), a.coefficientStdError(), 0, e.level());
        }
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        final Frame frame = Weighted.frame("pastes", Set.of(), Weighted::reference);
        final Fit forward = Weighted.multilevel(frame, "strength ~ 1 + (1 | batch / cask)", DesignOptions.DEFAULT, How.of(true));
        final Fit backward = Weighted.multilevel(reversed(frame), "strength ~ 1 + (1 | batch / cask)", DesignOptions.DEFAULT,
            How.of(true));
        assertEquals(statistic(forward, "-2 Log Likelihood"), statistic(backward, "-2 Log Likelihood"), 1e-10);
        assertEquals(forward.tables().fixedEffects().get(0).estimate(), backward.tables().fixedEffects().get(0).estimate(), 1e-10);
    }

    private static Frame reversed(final Frame frame) {
        final dev.mixedmodels.engine.frame.FrameBuilder builder = new dev.mixedmodels.engine.frame.FrameBuilder(frame.rows());
        final List<String> names = frame.names();
        names.forEach(name -> {
            if (frame.column(name).numeric()) {
                builder.addNumeric(name);
            } else {
                builder.addNominal(name);
            }
        });
        for (int i = frame.rows() - 1; i >= 0; i--) {
            for (int c = 0; c < names.size(); c++) {
                if (frame.column(names.get(c)).numeric()) {
                    builder.number(c, frame.column(names.get(c)).value(i));
                } else {
                    builder.text(c, ((dev.mixedmodels.engine.frame.NominalColumn) frame.column(names.get(c))).text(i));
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** V of a subject: residual variances divided by the weights of its rows. */
    @Test
    void theShownCovarianceIsThatOfTheWeightedRows() {
        final Frame frame = Weighted.frame("orthodont", Set.of(), Weighted::reference);
        final Fit fit = Weighted.multilevel(frame, "distance ~ age + (1 | Subject)", DesignOptions.DEFAULT, How.of(true));
        final Fit same = Weighted.longitudinal(frame, "distance ~ age + (1 | Subject)", DesignOptions.DEFAULT, How.of(true));
        final List<CovarianceParameterRow> parameters = fit.tables().covarianceParameters();
        final double sigma2 = parameters.get(1).estimate();
        final List<Double> diagonal = new ArrayList<>();
        fit.tables().covarianceMatrices().forEach(entry -> {
            if (entry.matrix().equals("V") && entry.row().equals(entry.column())) {
                diagonal.add(entry.covariance());
            }
        });
        assertEquals(4, diagonal.size());
        final int first = firstRow(frame);
        for (int i = 0; i < 4; i++) {
            near(parameters.get(0).estimate() + sigma2 / Weighted.reference(first + i), diagonal.get(i), 0, "V");
        }
        same.tables().covarianceMatrices().forEach(entry -> {
            if (entry.matrix().equals("Sigma") && entry.row().equals("8") && entry.column().equals("8")) {
                assertTrue(Math.abs(entry.covariance() - sigma2) > 0.01); // of its weight, which is not 1
            }
        });
    }

    /** Of the first subject in the order of levels. */
    private static int firstRow(final Frame frame) {
        final var subjects = dev.mixedmodels.engine.frame.Factor.of(frame.column("Subject"),
            dev.mixedmodels.engine.frame.Rows.all(frame.rows()), LevelOrder.NATURAL);
        int row = 0;
        while (subjects.code(row) != 0) {
            row++;
        }
        return row;
    }
}
