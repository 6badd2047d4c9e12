package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.CorrelationByFormula;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.marginal.DenseKenwardRoger.Subject;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Kenward-Roger in the natural parameters of each structure, as SAS DDFM=KR has them: against dense matrices with
 * differences in these parameters, and against the paired t test.
 */
class KenwardRogerTest {
    private static final String MEAN = "y ~ x + arm + visit";
    private static final int VISITS = 4;

    private static MarginalSettings with(final MarginalSettings settings, final DfMethod method) {
        return settings.withInference(i -> i.withDf(method).withVariances(VarianceIntervals.NONE, false));
    }

    private static List<Subject> subjects(final Simulated data, final boolean byArm) {
        final List<Subject> subjects = new ArrayList<>();
        for (int from = 0; from < data.y.size();) {
            int to = from;
            while (to < data.y.size() && data.subject.get(to).equals(data.subject.get(from))) {
                to++;
            }
            final int n = to - from;
            final int[] visits = new int[n];
            final double[] times = new double[n];
            final double[][] x = new double[n][3 + VISITS - 1];
            final double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                visits[i] = (int) (data.visit.get(from + i) - 1);
                times[i] = data.time.get(from + i);
                x[i][0] = 1;
                x[i][1] = data.x.get(from + i);
                x[i][2] = data.arm.get(from + i).equals("b") ? 1 : 0;
                if (visits[i] > 0) {
                    x[i][2 + visits[i]] = 1;
                }
                y[i] = data.y.get(from + i);
            }
            subjects.add(new Subject(byArm && x[0][2] == 1 ? 1 : 0, visits, times, x, y));
            from = to;
        }
        return subjects;
    }

    /** V_ij of two visits i <= j in the natural parameters from eta[at] on. */
    private static double entry(final VisitStructure structure, final int i, final int j, final double[] eta,
        final int at) {
        final int own = structure.homogeneous() ? 1 : VISITS;
        final double scale = structure.homogeneous() ? eta[at] : Math.sqrt(eta[at + i] * eta[at + j]);
        return switch (structure) {
            case INDEPENDENT, DIAGONAL -> i == j ? scale : 0;
            case COMPOUND_SYMMETRY -> i == j ? scale : eta[at + 1];
            case TOEPLITZ -> eta[at + j - i];
            case HETEROGENEOUS_COMPOUND_SYMMETRY -> i == j ? scale : scale * eta[at + own];
            case AR1, HETEROGENEOUS_AR1 -> scale * Math.pow(eta[at + own], j - i);
            case HETEROGENEOUS_TOEPLITZ -> i == j ? scale : scale * eta[at + own + j - i - 1];
            case ANTE_DEPENDENCE, HETEROGENEOUS_ANTE_DEPENDENCE -> {
                double product = scale;
                for (int k = i; k < j; k++) {
                    product *= eta[at + own + k];
                }
                yield product;
            }
            case ARMA11 -> eta[at] * (i == j ? 1 : eta[at + 2] * Math.pow(eta[at + 1], j - i - 1));
            case UNSTRUCTURED -> eta[at + j * (j + 1) / 2 + i];
            default -> throw new IllegalArgumentException(structure.name());
        };
    }

    private static DenseKenwardRoger.Covariance covariance(final VisitStructure structure, final int perGroup) {
        return (subject, eta) -> {
            final int n = subject.visits().length;
            final int at = subject.group() * perGroup;
            final double[][] v = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = i; j < n; j++) {
                    v[i][j] = structure.overPlaces() != null
                        ? eta[at] * CorrelationByFormula.of(structure.overPlaces(), Arrays.copyOfRange(eta, at + 1,
                            at + perGroup), new double[][] {subject.times()}, i, j)
                        : entry(structure, subject.visits()[i], subject.visits()[j], eta, at);
                    v[j][i] = v[i][j];
                }
            }
            return v;
        };
    }

    /** The natural parameters, read off the table of covariance parameters. */
    private static double[] natural(final VisitStructure structure, final ModelFit fit) {
        if (structure == VisitStructure.UNSTRUCTURED) {
            final double[] eta = new double[VISITS * (VISITS + 1) / 2];
            int entry = 0;
            for (final CovarianceEntryRow row : fit.tables().covarianceMatrices()) {
                if (row.matrix().equals("V")) {
                    final int i = entry % VISITS;
                    final int j = entry++ / VISITS;
                    if (i <= j) {
                        eta[j * (j + 1) / 2 + i] = row.covariance();
                    }
                }
            }
            return eta;
        }
        final List<CovarianceParameterRow> rows = fit.tables().covarianceParameters().stream()
            .filter(row -> structure != VisitStructure.COMPOUND_SYMMETRY || !row.parameter().matches("gamma|rho")).toList();
        final double[] eta = rows.stream().mapToDouble(CovarianceParameterRow::estimate).toArray();
        for (int k = 1; k < eta.length && structure == VisitStructure.TOEPLITZ; k++) {
            eta[k] *= eta[0];
        }
        return eta;
    }

    private static void agreesWithDenseMatrices(final VisitStructure structure, final boolean byArm) {
        final Simulated data = new Simulated(byArm ? 24 : 14, VISITS, 0.15, 41);
        MarginalSettings settings = Simulated.settings(MEAN, structure, true);
        settings = byArm ? Simulated.by(settings, "arm") : settings;
        final ModelFit fit = Simulated.fit(with(settings, DfMethod.KENWARD_ROGER), data.frame());
        final ModelFit linear = Simulated.fit(with(settings, DfMethod.KENWARD_ROGER_LINEAR), data.frame());
        final double[] eta = natural(structure, fit);
        final DenseKenwardRoger dense = new DenseKenwardRoger(subjects(data, byArm),
            covariance(structure, eta.length / (byArm ? 2 : 1)), eta);
        assertEquals(structure.linear(), dense.shareOfR() < 1e-6, () -> "share of R " + dense.shareOfR());
        for (int j = 0; j < fit.tables().fixedEffects().size(); j++) {
            final FixedEffectRow row = fit.tables().fixedEffects().get(j);
            final FixedEffectRow linearRow = linear.tables().fixedEffects().get(j);
            assertEquals(dense.beta().getEntry(j), row.estimate(), 1e-7 * row.stdError(), row.term());
            // second differences of the likelihood are good to about 1e-7
            assertEquals(Math.sqrt(dense.adjusted(true).getEntry(j, j)), row.stdError(), 2e-6 * row.stdError(),
                row.term());
            assertEquals(Math.sqrt(dense.adjusted(false).getEntry(j, j)), linearRow.stdError(),
                2e-6 * row.stdError(), row.term());
            assertEquals(dense.df(j), row.df(), 2e-6 * row.df(), row.term());
            if (structure.linear()) {
                assertEquals(linearRow.stdError(), row.stdError(), row.term());
            }
        }
    }

    @TestFactory
    List<DynamicTest> agreesWithDenseMatricesForEveryStructure() {
        return Arrays.stream(VisitStructure.values()).map(structure -> DynamicTest.dynamicTest(structure.name(),
            () -> agreesWithDenseMatrices(structure, false))).toList();
    }

    @TestFactory
    List<DynamicTest> agreesWithDenseMatricesForParametersByArm() {
        return List.of(VisitStructure.AR1, VisitStructure.HETEROGENEOUS_COMPOUND_SYMMETRY,
            VisitStructure.CONTINUOUS_AR1).stream().map(structure -> DynamicTest.dynamicTest(structure.name(),
                () -> agreesWithDenseMatrices(structure, true))).toList();
    }

    /** Student's sleep data: R's t.test(paired = TRUE), SAS DDFM=KR and lmerTest give these figures. */
    @Test
    void twoVisitsArePairedT() {
        final TestData data = TestData.read("sleep");
        final Frame frame = new Frame(20, List.of(new NumericColumn("extra", data.numbers("extra")),
            NominalColumn.of("group", Arrays.asList(data.strings("group"))),
            NominalColumn.of("ID", Arrays.asList(data.strings("ID")))));
        for (final VisitStructure structure : List.of(VisitStructure.UNSTRUCTURED,
            VisitStructure.COMPOUND_SYMMETRY, VisitStructure.TOEPLITZ)) {
            for (final DfMethod method : List.of(DfMethod.KENWARD_ROGER, DfMethod.KENWARD_ROGER_LINEAR)) {
                final ModelFit fit = Simulated.fit(with(MarginalSettings.of(Formula.parse("extra ~ group"),
                    new Layout("ID", "group", null, null), structure), method), frame);
                final FixedEffectRow row = fit.tables().fixedEffects().get(1);
                assertEquals(1.58, row.estimate(), 1e-9);
                assertEquals(0.388958723882, row.stdError(), 1e-9);
                assertEquals(9, row.df(), 1e-7);
                assertEquals(0.0028328902, row.pValue(), 1e-9);
            }
        }
    }

    /** All structures over two visits with one variance are one: V is linear in none of them but one. */
    @Test
    void theSecondDerivativesOfTwoVisitsVanishOnlyInLinearParameters() {
        final Simulated data = new Simulated(12, 2, 0.2, 42);
        final double linear = stdError(VisitStructure.COMPOUND_SYMMETRY, data);
        assertEquals(linear, stdError(VisitStructure.TOEPLITZ, data), 1e-9);
        assertTrue(Math.abs(stdError(VisitStructure.AR1, data) / linear - 1) > 1e-4);
    }

    /** rho at distance 1 of a unit a thousand times the usual gap: its second derivatives exceed everything. */
    @Test
    void aUnitOfTimeFarFromTheGapsIsSaid() {
        final Simulated data = new Simulated(12, VISITS, 0.1, 43);
        final MarginalSettings settings = with(Simulated.settings("y ~ arm", VisitStructure.CONTINUOUS_AR1, true),
            DfMethod.KENWARD_ROGER);
        for (final double unit : new double[] {1e-3, 1e-9}) {
            final Simulated far = new Simulated(0, 1, 0, 0);
            for (int i = 0; i < data.y.size(); i++) {
                far.add(data.subject.get(i), data.arm.get(i), data.visit.get(i), unit * data.time.get(i), 0,
                    data.y.get(i));
            }
            final Warnings warnings = new Warnings();
            String message;
            try {
                MarginalModel.fit(settings, far.frame(), Progress.NONE, warnings);
                message = warnings.list().toString();
            } catch (final ModelException e) {
                message = e.getMessage();
            }
            assertTrue(message.contains("unit of the time"), message);
            assertTrue(Simulated.fit(with(settings, DfMethod.KENWARD_ROGER_LINEAR), far.frame()).tables()
                .fixedEffects().get(1).stdError() > 0);
        }
    }

    private static double stdError(final VisitStructure structure, final Simulated data) {
        return Simulated.fit(with(Simulated.settings("y ~ arm", structure, true), DfMethod.KENWARD_ROGER),
            data.frame()).tables().fixedEffects().get(1).stdError();
    }
}
