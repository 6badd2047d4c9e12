package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How structures contain one another, and closed forms of special cases. */
class StructureRelationsTest {
    private static final String MEAN = "y ~ x + arm * visit";

    private static Map<VisitStructure, Double> deviances(final Simulated data, final boolean reml) {
        final Map<VisitStructure, Double> deviances = new EnumMap<>(VisitStructure.class);
        for (final VisitStructure structure : VisitStructure.values()) {
            if (structure.leastVisits() > data.visits()) {
                continue;
            }
            deviances.put(structure,
                Simulated.deviance(Simulated.fit(Simulated.settings(MEAN, structure, reml), data.frame())));
        }
        return deviances;
    }

    private static void contains(final Map<VisitStructure, Double> deviances, final VisitStructure larger,
        final VisitStructure smaller) {
        assertTrue(deviances.get(larger) <= deviances.get(smaller) + 1e-8, larger + " contains " + smaller);
    }

    @Test
    void aStructureFitsNoWorseThanOneItContains() {
        for (final boolean reml : new boolean[] {true, false}) {
            final Map<VisitStructure, Double> d = deviances(new Simulated(40, 4, 0.2, 11), reml);
            for (final VisitStructure structure : VisitStructure.values()) {
                contains(d, structure, VisitStructure.INDEPENDENT);
                if (!structure.homogeneous()) {
                    contains(d, structure, VisitStructure.DIAGONAL);
                }
                if (structure.overPlaces() == null) {
                    contains(d, VisitStructure.UNSTRUCTURED, structure);
                }
            }
            contains(d, VisitStructure.HETEROGENEOUS_COMPOUND_SYMMETRY, VisitStructure.COMPOUND_SYMMETRY);
            contains(d, VisitStructure.HETEROGENEOUS_AR1, VisitStructure.AR1);
            contains(d, VisitStructure.TOEPLITZ, VisitStructure.COMPOUND_SYMMETRY);
            contains(d, VisitStructure.TOEPLITZ, VisitStructure.AR1);
            contains(d, VisitStructure.ANTE_DEPENDENCE, VisitStructure.AR1);
            contains(d, VisitStructure.ARMA11, VisitStructure.AR1);
            contains(d, VisitStructure.TOEPLITZ, VisitStructure.ARMA11);
            contains(d, VisitStructure.SPATIAL_EXPONENTIAL_NUGGET, VisitStructure.SPATIAL_EXPONENTIAL);
            contains(d, VisitStructure.SPATIAL_GAUSSIAN_NUGGET, VisitStructure.SPATIAL_GAUSSIAN);
            contains(d, VisitStructure.SPATIAL_SPHERICAL_NUGGET, VisitStructure.SPATIAL_SPHERICAL);
            assertEquals(d.get(VisitStructure.CONTINUOUS_AR1), d.get(VisitStructure.SPATIAL_EXPONENTIAL), 1e-8);
            contains(d, VisitStructure.HETEROGENEOUS_TOEPLITZ, VisitStructure.TOEPLITZ);
            contains(d, VisitStructure.HETEROGENEOUS_TOEPLITZ, VisitStructure.HETEROGENEOUS_AR1);
            contains(d, VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE, VisitStructure.ANTE_DEPENDENCE);
        }
    }

    @Test
    void twoVisitsMakeOneCorrelationWhateverItIsCalled() {
        final Map<VisitStructure, Double> d = deviances(new Simulated(50, 2, 0.1, 12), true);
        final double homogeneous = d.get(VisitStructure.AR1);
        for (final VisitStructure structure : List.of(VisitStructure.COMPOUND_SYMMETRY, VisitStructure.TOEPLITZ,
            VisitStructure.ANTE_DEPENDENCE)) {
            assertEquals(homogeneous, d.get(structure), 1e-8);
        }
        final double heterogeneous = d.get(VisitStructure.UNSTRUCTURED);
        for (final VisitStructure structure : List.of(VisitStructure.HETEROGENEOUS_COMPOUND_SYMMETRY,
            VisitStructure.HETEROGENEOUS_AR1, VisitStructure.HETEROGENEOUS_TOEPLITZ,
            VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE)) {
            assertEquals(heterogeneous, d.get(structure), 1e-8);
        }
    }

    @Test
    void continuousAutoregressionOverVisitNumbersIsAutoregressionOverVisits() {
        final Simulated data = new Simulated(40, 5, 0.3, 13);
        for (int i = 0; i < data.time.size(); i++) {
            data.time.set(i, data.visit.get(i) * 7);
        }
        final ModelFit overTime =
            Simulated.fit(Simulated.settings(MEAN, VisitStructure.CONTINUOUS_AR1, true), data.frame());
        final ModelFit overVisits =
            Simulated.fit(Simulated.settings(MEAN, VisitStructure.AR1, true), data.frame());
        assertEquals(Simulated.deviance(overVisits), Simulated.deviance(overTime), 1e-8);
        assertEquals(Simulated.parameter(overVisits, "rho"), Math.pow(Simulated.parameter(overTime, "rho"), 7), 1e-7);
        for (int i = 0; i < overTime.tables().fixedEffects().size(); i++) {
            final FixedEffectRow a = overVisits.tables().fixedEffects().get(i);
            final FixedEffectRow b = overTime.tables().fixedEffects().get(i);
            assertEquals(a.stdError(), b.stdError(), 1e-7 * a.stdError());
            assertEquals(a.df(), b.df(), 1e-5 * a.df());
        }
    }

    /** With very many subjects the search begins with some of them. Longitudinal's search has nothing of the kind. */
    @Test
    void theMinimumOfVeryManySubjectsIsThatOfTheModelWithoutRandomEffects() {
        final Simulated data = new Simulated(2_100, 3, 0.1, 23);
        for (int i = 0; i < data.time.size(); i++) {
            data.time.set(i, data.visit.get(i) + 0.4 * Math.sin(i)); // no two subjects have the same times
        }
        final ModelFit fit = Simulated.fit(Simulated.settings("y ~ x + arm", VisitStructure.CONTINUOUS_AR1, true), data.frame());
        final LongitudinalFit other = LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse("y ~ x + arm"))
            .withResidual(ResidualStructure.CONTINUOUS_AR1, "time", "subject"), data.frame(), Progress.NONE, new Warnings());
        assertEquals(1, Simulated.statistic(fit, "Converged"));
        assertEquals(other.criterion(), Simulated.deviance(fit), 1e-10 * Math.abs(other.criterion()));
    }

    /** Every covariate by visit: least squares per visit, V = E'E / N and E'E / (N - q). */
    @Test
    void unstructuredOnCompleteDataIsMultivariateRegression() {
        final int n = 30;
        final int visits = 4;
        final Simulated data = new Simulated(n, visits, 0, 14);
        final double[][] residuals = perVisitResiduals(data, n, visits);
        for (final boolean reml : new boolean[] {true, false}) {
            final ModelFit fit = Simulated.fit(
                Simulated.settings("y ~ 0 + visit + visit:x + visit:arm", VisitStructure.UNSTRUCTURED, reml),
                data.frame());
            int entry = 0;
            for (final CovarianceEntryRow row : fit.tables().covarianceMatrices()) {
                if (row.matrix().equals("V")) {
                    final int j = entry / visits;
                    final int k = entry++ % visits;
                    double sum = 0;
                    for (int s = 0; s < n; s++) {
                        sum += residuals[s][j] * residuals[s][k];
                    }
                    assertEquals(sum / (reml ? n - 3 : n), row.covariance(), 1e-8);
                }
            }
            for (final FixedEffectRow row : fit.tables().fixedEffects()) {
                assertEquals(row.naiveEstimate(), row.estimate(), 1e-9 * row.stdError(), row.term());
            }
        }
    }

    /** Residuals of regressions of each visit on 1, x and arm, by Gram-Schmidt. */
    private static double[][] perVisitResiduals(final Simulated data, final int n, final int visits) {
        final double[][] basis = new double[3][n];
        for (int s = 0; s < n; s++) {
            basis[0][s] = 1;
            basis[1][s] = data.x.get(s * visits);
            basis[2][s] = s % 2;
        }
        final double[][] residuals = new double[n][visits];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < i; j++) {
                remove(basis[i], basis[j]);
            }
        }
        for (int v = 0; v < visits; v++) {
            final double[] y = new double[n];
            for (int s = 0; s < n; s++) {
                y[s] = data.y.get(s * visits + v);
            }
            for (final double[] b : basis) {
                remove(y, b);
            }
            for (int s = 0; s < n; s++) {
                residuals[s][v] = y[s];
            }
        }
        return residuals;
    }

    private static void remove(final double[] from, final double[] along) {
        double product = 0;
        double norm = 0;
        for (int i = 0; i < from.length; i++) {
            product += from[i] * along[i];
            norm += along[i] * along[i];
        }
        for (int i = 0; i < from.length; i++) {
            from[i] -= product / norm * along[i];
        }
    }

    @Test
    void independentIsOrdinaryLeastSquares() {
        final Simulated data = new Simulated(25, 4, 0.2, 15);
        final ModelFit fit =
            Simulated.fit(Simulated.settings(MEAN, VisitStructure.INDEPENDENT, true), data.frame());
        for (final FixedEffectRow row : fit.tables().fixedEffects()) {
            assertEquals(row.naiveEstimate(), row.estimate(), 1e-12 * row.stdError());
            assertEquals(row.naiveStdError(), row.stdError(), 1e-12 * row.stdError());
            assertEquals(data.y.size() - 9, row.df(), 1e-8 * row.df()); // x, arm, visit, arm:visit and intercept
            assertEquals(1, row.designEffect(), 1e-11);
        }
    }

    /** Each subject's rows sum to nearly nothing beside their differences: no random intercept gives that. */
    @Test
    void compoundSymmetryFindsANegativeCovariance() {
        final Simulated data = new Simulated(30, 4, 0, 16);
        for (int i = 0; i < data.y.size(); i += 4) {
            double mean = 0;
            for (int j = 0; j < 4; j++) {
                mean += data.y.get(i + j) / 4;
            }
            for (int j = 0; j < 4; j++) {
                data.y.set(i + j, data.y.get(i + j) - 0.9 * mean);
            }
        }
        final ModelFit fit = Simulated.fit(
            Simulated.settings("y ~ visit", VisitStructure.COMPOUND_SYMMETRY, true), data.frame());
        final double c = Simulated.parameter(fit, "c");
        final double gamma = Simulated.parameter(fit, "gamma");
        final double v = Simulated.parameter(fit, "Var(Residual)");
        assertTrue(c < 0 && c > -gamma / 4);
        assertEquals(v, c + gamma, 1e-12 * v);
        assertEquals(c / v, Simulated.parameter(fit, "rho"), 1e-12);
        // balanced: between and within mean squares give the eigenvalues gamma + 4 c and gamma
        final double[] mean = new double[4];
        for (int i = 0; i < data.y.size(); i++) {
            mean[i % 4] += data.y.get(i) / 30;
        }
        double between = 0;
        double within = 0;
        for (int s = 0; s < 30; s++) {
            final double[] e = new double[4];
            double total = 0;
            for (int j = 0; j < 4; j++) {
                e[j] = data.y.get(4 * s + j) - mean[j];
                total += e[j];
            }
            between += total * total / 4;
            for (int j = 0; j < 4; j++) {
                within += Math.pow(e[j] - total / 4, 2);
            }
        }
        assertEquals(between / 29, gamma + 4 * c, 1e-7 * gamma);
        assertEquals(within / 87, gamma, 1e-7 * gamma);
    }

    @Test
    void groupsWithParametersOfTheirOwnAreSeparateFitsWhenTheMeanIsSeparateToo() {
        final Simulated data = new Simulated(60, 3, 0.15, 17);
        for (final VisitStructure structure : List.of(VisitStructure.UNSTRUCTURED, VisitStructure.AR1,
            VisitStructure.CONTINUOUS_AR1, VisitStructure.TOEPLITZ)) {
            final ModelFit both = Simulated.fit(Simulated.by(Simulated.settings("y ~ 0 + arm:visit", structure,
                true), "arm"), data.frame());
            double sum = 0;
            for (final String arm : List.of("a", "b")) {
                final Simulated part = new Simulated(0, 1, 0, 0);
                for (int i = 0; i < data.y.size(); i++) {
                    if (data.arm.get(i).equals(arm)) {
                        part.add(data.subject.get(i), arm, data.visit.get(i), data.time.get(i), 0, data.y.get(i));
                    }
                }
                sum += Simulated.deviance(Simulated.fit(Simulated.settings("y ~ visit", structure, true),
                    part.frame()));
            }
            // log|X'V^-1X| is that of cell means here and of contrasts there; both have determinant 1 between them
            assertEquals(sum, Simulated.deviance(both), 1e-6, structure.name());
        }
    }

    @Test
    void tenVisitsUnstructuredConvergeFromPlainStarts() {
        final Simulated data = new Simulated(60, 10, 0.25, 18);
        final Frame frame = data.frame();
        final ModelFit fit =
            Simulated.fit(Simulated.settings(MEAN, VisitStructure.UNSTRUCTURED, true), frame);
        assertEquals(1, Simulated.statistic(fit, "Converged"));
        assertEquals(0, Simulated.statistic(fit, "Singular"));
        assertTrue(Simulated.statistic(fit, "Iterations") < 30);
        assertEquals(55, Simulated.statistic(fit, "Covariance Structure"));
    }

    /** 66 parameters from 16 rats whose weights correlate by .95 to .998; and all other structures on the same rows. */
    @Test
    void almostCollinearVisitsConverge() {
        for (final VisitStructure structure : VisitStructure.values()) {
            final ModelFit fit = Simulated.fit(MarginalSettings.of(Formula.parse("weight ~ Diet"),
                new MarginalSettings.Layout("Rat", "Time", structure.overPlaces() != null ? "agec" : null,
                    structure.spatial() ? List.of("agec") : List.of(), null), structure)
                .withInference(i -> Simulated.settings("y ~ 1", structure, true).inference()),
                Reference.frame("bodyweight", "Time"));
            assertEquals(1, Simulated.statistic(fit, "Converged"), structure.name());
        }
    }
}
