package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.marginal.DenseKenwardRoger.Subject;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Parameters that the rows do not determine: a fit of all the others, and missing cells. */
class NeverTogetherTest {
    /** Visits 1 to 3, or some of them: subject s is seen at the visits of {@code patterns[s % patterns.length]}. */
    private static Simulated data(final int subjects, final long seed, final int[]... patterns) {
        final Simulated all = new Simulated(subjects, 4, 0, seed);
        final Simulated seen = new Simulated(0, 1, 0, 0);
        for (int i = 0; i < all.y.size(); i++) {
            for (final int visit : patterns[i / 4 % patterns.length]) {
                if (all.visit.get(i) == visit) {
                    seen.add(all.subject.get(i), all.arm.get(i), visit, all.time.get(i), all.x.get(i), all.y.get(i));
                }
            }
        }
        return seen;
    }

    private static MarginalSettings settings(final String formula, final VisitStructure structure,
        final DfMethod method, final VarianceIntervals intervals) {
        return Simulated.settings(formula, structure, true)
            .withInference(i -> i.withDf(method).withVariances(intervals, true));
    }

    private static CovarianceParameterRow parameter(final ModelFit fit, final String name) {
        return fit.tables().covarianceParameters().stream().filter(row -> row.parameter().equals(name)).findFirst()
            .orElseThrow();
    }

    private static void missing(final ModelFit fit, final String name) {
        final CovarianceParameterRow row = parameter(fit, name);
        for (final double value : new double[] {row.estimate(), row.stdError(), row.lower(), row.upper(),
            row.correlation()}) {
            assertEquals(Double.NaN, value, row::toString);
        }
    }

    private static final int[][] THREE = {{1, 2}, {1, 3}, {1, 2}, {1, 3}, {1}, {2}};
    private static final String[] FIVE = {"Var(1)", "Cov(1, 2)", "Cov(1, 3)", "Var(2)", "Var(3)"};

    private static List<Subject> subjects(final Simulated data) {
        final List<Subject> subjects = new ArrayList<>();
        for (int from = 0; from < data.y.size();) {
            int to = from;
            while (to < data.y.size() && data.subject.get(to).equals(data.subject.get(from))) {
                to++;
            }
            final int[] visits = new int[to - from];
            final double[][] x = new double[to - from][4];
            final double[] y = new double[to - from];
            for (int i = from; i < to; i++) {
                visits[i - from] = (int) (data.visit.get(i) - 1);
                x[i - from] = new double[] {1, data.arm.get(i).equals("b") ? 1 : 0, visits[i - from] == 1 ? 1 : 0,
                    visits[i - from] == 2 ? 1 : 0};
                y[i - from] = data.y.get(i);
            }
            subjects.add(new Subject(0, visits, new double[0], x, y));
            from = to;
        }
        return subjects;
    }

    private static double entry(final double[] eta, final int i, final int j) {
        return i == j ? eta[i == 0 ? 0 : 2 + i] : eta[Math.max(i, j)];
    }

    /** Against dense matrices in the five variances and covariances that some subject shows. */
    @Test
    void theFitIsThatOfTheOtherParameters() {
        final Simulated data = data(40, 61, THREE);
        final Warnings warnings = new Warnings();
        final ModelFit fit = MarginalModel.fit(settings("y ~ arm + visit", VisitStructure.UNSTRUCTURED,
            DfMethod.KENWARD_ROGER, VarianceIntervals.PROFILE), data.frame(), Progress.NONE, warnings);
        assertEquals(1, warnings.list().size(), warnings.list()::toString);
        assertTrue(warnings.list().get(0).contains("Cov(2, 3) and Corr(2, 3)"), warnings.list()::toString);
        missing(fit, "Cov(2, 3)");
        missing(fit, "Corr(2, 3)");
        final double[] eta = new double[FIVE.length];
        for (int k = 0; k < eta.length; k++) {
            eta[k] = parameter(fit, FIVE[k]).estimate();
        }
        final DenseKenwardRoger dense = new DenseKenwardRoger(subjects(data), (subject, at) -> {
            final int n = subject.visits().length;
            final double[][] v = new double[n][n];
            for (int i = 0; i < n * n; i++) {
                v[i / n][i % n] = entry(at, subject.visits()[i / n], subject.visits()[i % n]);
            }
            return v;
        }, eta);
        assertEquals(dense.minus2LogRestrictedLikelihood(), Simulated.deviance(fit), 1e-9);
        assertEquals(0, dense.steepest(), 1e-6);
        for (int j = 0; j < 4; j++) {
            final FixedEffectRow row = fit.tables().fixedEffects().get(j);
            assertEquals(dense.beta().getEntry(j), row.estimate(), 1e-7 * row.stdError());
            assertEquals(Math.sqrt(dense.adjusted(true).getEntry(j, j)), row.stdError(), 2e-6 * row.stdError());
            assertEquals(dense.df(j), row.df(), 2e-6 * row.df());
        }
        for (int k = 0; k < eta.length; k++) {
            final CovarianceParameterRow row = parameter(fit, FIVE[k]);
            assertEquals(dense.stdError(k), row.stdError(), 1e-5 * row.stdError(), FIVE[k]);
            assertTrue(row.lower() < row.estimate() && row.estimate() < row.upper(), row::toString);
        }
        assertEquals(5, Simulated.statistic(fit, "Covariance Structure"));
        assertEquals(Simulated.deviance(fit) + 2 * 9, Simulated.statistic(fit, "AIC"), 1e-9);
        assertEquals(1, Simulated.statistic(fit, "Converged"));
        assertEquals(0, Simulated.statistic(fit, "Singular"));
    }

    @Test
    void onlyPredictionsThatNeedWhatIsLeftOpenAreMissing() {
        final ModelFit fit = Simulated.fit(settings("y ~ arm + visit", VisitStructure.UNSTRUCTURED,
            DfMethod.SATTERTHWAITE, VarianceIntervals.NONE), data(40, 61, THREE).frame());
        for (final BlupRow row : fit.tables().blups()) {
            final int pattern = Integer.parseInt(row.level().substring(1)) % THREE.length;
            final boolean open = pattern < 4 || pattern == 5 && row.effect().equals("3");
            assertEquals(open, Double.isNaN(row.blup()), row::toString);
            assertEquals(open, Double.isNaN(row.stdError()), row::toString);
            assertEquals(open, Double.isNaN(row.reliability()), row::toString);
        }
        final long open = StreamSupport.stream(fit.tables().covarianceMatrices().spliterator(), false)
            .filter(row -> row.matrix().equals("V") && Double.isNaN(row.covariance()))
            .map(CovarianceEntryRow::toString).count();
        assertEquals(2, open);
    }

    /** Lag 2 never seen: what is left is AR(1), whose second lag nobody sees either. */
    @Test
    void aLagThatWasNeverSeenIsMissing() {
        final Simulated data = data(40, 62, new int[][] {{1, 2}, {2, 3}});
        final ModelFit toeplitz = Simulated.fit(settings("y ~ visit", VisitStructure.TOEPLITZ,
            DfMethod.KENWARD_ROGER, VarianceIntervals.PROFILE), data.frame());
        final ModelFit ar1 = Simulated.fit(settings("y ~ visit", VisitStructure.AR1, DfMethod.KENWARD_ROGER_LINEAR,
            VarianceIntervals.PROFILE), data.frame());
        missing(toeplitz, "rho2");
        assertEquals(Simulated.deviance(ar1), Simulated.deviance(toeplitz), 1e-9);
        final CovarianceParameterRow rho = parameter(ar1, "rho");
        final CovarianceParameterRow rho1 = parameter(toeplitz, "rho1");
        assertEquals(rho.estimate(), rho1.estimate(), 1e-7);
        assertEquals(rho.stdError(), rho1.stdError(), 1e-6);
        assertEquals(rho.lower(), rho1.lower(), 1e-4);
        assertEquals(rho.upper(), rho1.upper(), 1e-4);
        for (int j = 0; j < 3; j++) {
            assertEquals(ar1.tables().fixedEffects().get(j).stdError(),
                toeplitz.tables().fixedEffects().get(j).stdError(), 1e-7);
            assertEquals(ar1.tables().fixedEffects().get(j).df(), toeplitz.tables().fixedEffects().get(j).df(), 1e-5);
        }
        assertEquals(Simulated.statistic(ar1, "BIC"), Simulated.statistic(toeplitz, "BIC"), 1e-8);
    }

    /** The correlation of neighbours that nothing spans; that of neighbours which a further pair spans is determined. */
    @Test
    void neighboursThatNothingSpansAreMissing() {
        final ModelFit apart = Simulated.fit(settings("y ~ visit", VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE,
            DfMethod.KENWARD_ROGER, VarianceIntervals.WALD), data(40, 63, new int[][] {{1, 2}, {3}}).frame());
        missing(apart, "rho2");
        assertTrue(Double.isFinite(parameter(apart, "rho1").stdError()));
        final ModelFit spanned = Simulated.fit(settings("y ~ visit", VisitStructure.HETEROGENEOUS_ANTE_DEPENDENCE,
            DfMethod.KENWARD_ROGER, VarianceIntervals.WALD), data(40, 63, new int[][] {{1, 2}, {1, 3}}).frame());
        assertTrue(Double.isFinite(parameter(spanned, "rho2").stdError()));
    }

    @Test
    void theGroupWhoseVisitsWereNeverTogetherIsNamed() {
        final Simulated data = data(60, 64, new int[][] {{1, 2}, {1, 2, 3}, {1, 3}, {1, 2, 3}});
        final Warnings warnings = new Warnings(); // even subjects are in arm a
        MarginalModel.fit(Simulated.by(settings("y ~ visit", VisitStructure.UNSTRUCTURED, DfMethod.SATTERTHWAITE,
            VarianceIntervals.NONE), "arm"), data.frame(), Progress.NONE, warnings);
        assertTrue(warnings.list().toString().contains("determine a: Cov(2, 3) and a: Corr(2, 3)"),
            warnings.list()::toString);
    }

    @Test
    void manyPairsNeverTogetherConvergeWhateverTheOrderOfTheRows() {
        int inside = 0;
        for (int seed = 0; seed < 25; seed++) {
            final Simulated data = data(60, seed, new int[][] {{1, 2}, {1, 3}, {1, 4}, {2, 3}});
            final MarginalSettings settings = settings("y ~ arm + visit", VisitStructure.UNSTRUCTURED,
                DfMethod.SATTERTHWAITE, VarianceIntervals.NONE);
            final ModelFit a = fitUnlessSingular(settings, data.frame());
            final ModelFit b = fitUnlessSingular(settings, data.shuffled(seed));
            assertEquals(a == null, b == null);
            if (a == null) {
                continue;
            }
            assertEquals(1, Simulated.statistic(a, "Converged"));
            inside++;
            assertEquals(Simulated.deviance(a), Simulated.deviance(b), 1e-9);
            assertEquals(8, Simulated.statistic(a, "Covariance Structure"));
            for (int j = 0; j < 5; j++) {
                final FixedEffectRow row = a.tables().fixedEffects().get(j);
                assertEquals(row.stdError(), b.tables().fixedEffects().get(j).stdError(), 1e-7 * row.stdError());
                assertEquals(row.df(), b.tables().fixedEffects().get(j).df(), 1e-5 * row.df());
            }
        }
        assertTrue(inside >= 20, () -> "too few seeds with an inner maximum");
    }

    /** Null if the likelihood rises towards a singular V, where a search stops at such a V or on its way to it. */
    private static ModelFit fitUnlessSingular(final MarginalSettings settings, final Frame frame) {
        try {
            final ModelFit fit = Simulated.fit(settings, frame);
            return Simulated.statistic(fit, "Singular") == 1 ? null : fit;
        } catch (final ModelException e) {
            assertTrue(e.getMessage().contains("nearer the covariance matrix V is to a singular one"), e.getMessage());
            return null;
        }
    }

    /** One subject, or a fixed effect that tells subjects apart: the mean takes up what would show c. */
    @Test
    void aCovarianceThatTheMeanTakesUpIsRefused() {
        final Simulated data = new Simulated(8, 4, 0, 65);
        for (int i = 0; i < data.y.size(); i++) {
            data.arm.set(i, "name of " + data.subject.get(i));
        }
        for (final VisitStructure structure : List.of(VisitStructure.COMPOUND_SYMMETRY, VisitStructure.TOEPLITZ,
            VisitStructure.UNSTRUCTURED)) {
            refused(settings("y ~ arm", structure, DfMethod.SATTERTHWAITE, VarianceIntervals.PROFILE), data,
                "between subjects", "\"arm\" tells apart", structure.toString());
        }
        refused(settings("y ~ 1", VisitStructure.COMPOUND_SYMMETRY, DfMethod.SATTERTHWAITE, VarianceIntervals.NONE),
            new Simulated(1, 4, 0, 65), "only one subject", "\"subject\"");
        // three of eight subjects with coefficients of their own leave five
        data.arm.replaceAll(arm -> arm.compareTo("name of s3") < 0 ? arm : "other");
        assertEquals(1, Simulated.statistic(Simulated.fit(settings("y ~ arm", VisitStructure.COMPOUND_SYMMETRY,
            DfMethod.SATTERTHWAITE, VarianceIntervals.NONE), data.frame()), "Converged"));
    }

    private static void refused(final MarginalSettings settings, final Simulated data, final String... parts) {
        final String message =
            assertThrows(ModelException.class, () -> Simulated.fit(settings, data.frame())).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
