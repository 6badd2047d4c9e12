package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.testing.Figures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Predictions of unobserved visits, with and without a row in the table. */
class PredictionTest {
    private static Map<String, BlupRow> blups(final ModelFit fit) {
        final Map<String, BlupRow> rows = new HashMap<>();
        fit.tables().blups().forEach(row -> rows.put(row.level() + "/" + row.effect(), row));
        return rows;
    }

    /** A visit without a row is predicted as one whose response is missing. */
    @Test
    void aVisitNeedsNoRowToBePredicted() {
        final Simulated gaps = new Simulated(30, 4, 0.25, 41);
        final Simulated filled = new Simulated(30, 4, 0.25, 41);
        final List<String> added = new ArrayList<>();
        for (int s = 0; s < 30; s++) {
            for (int v = 1; v <= 4; v++) {
                boolean seen = false;
                int own = -1;
                for (int i = 0; i < gaps.y.size(); i++) {
                    if (gaps.subject.get(i).equals("s" + s)) {
                        own = i;
                        seen |= gaps.visit.get(i) == v;
                    }
                }
                if (!seen && own >= 0) {
                    filled.add("s" + s, gaps.arm.get(own), v, v, gaps.x.get(own), Double.NaN);
                    added.add("s" + s + "/" + v);
                }
            }
        }
        for (final VisitStructure structure : List.of(VisitStructure.UNSTRUCTURED, VisitStructure.COMPOUND_SYMMETRY,
            VisitStructure.HETEROGENEOUS_AR1, VisitStructure.DIAGONAL, VisitStructure.INDEPENDENT)) {
            final MarginalSettings settings = Simulated.settings("y ~ x + arm * visit", structure, true);
            final Map<String, BlupRow> without = blups(Simulated.fit(settings, gaps.frame()));
            final Map<String, BlupRow> with = blups(Simulated.fit(settings, filled.frame()));
            assertEquals(added.size(), without.size());
            assertEquals(without.keySet(), with.keySet());
            for (final String key : added) {
                assertEquals(with.get(key).blup(), without.get(key).blup(), 1e-9);
                assertEquals(with.get(key).stdError(), without.get(key).stdError(), 1e-9);
                assertTrue(with.get(key).stdError() > with.get(key).conditionalStdDev());
            }
        }
    }

    /** The time of a visit without a row is that of the visit, if all subjects have it. */
    @Test
    void predictionsOverTimesThatGoWithVisitsAreThoseOverVisits() {
        final Simulated data = new Simulated(30, 4, 0.25, 45);
        for (int i = 0; i < data.time.size(); i++) {
            data.time.set(i, data.visit.get(i) * 7);
        }
        final Map<String, BlupRow> overVisits = blups(Simulated.fit(
            Simulated.settings("y ~ visit", VisitStructure.AR1, true), data.frame()));
        final Map<String, BlupRow> overTimes = blups(Simulated.fit(
            Simulated.settings("y ~ visit", VisitStructure.CONTINUOUS_AR1, true), data.frame()));
        assertEquals(overVisits.keySet(), overTimes.keySet());
        overVisits.forEach((key, row) -> {
            assertEquals(row.blup(), overTimes.get(key).blup(), 1e-6);
            assertEquals(row.stdError(), overTimes.get(key).stdError(), 1e-6);
        });
        assertTrue(blups(Simulated.fit(Simulated.settings("y ~ visit", VisitStructure.CONTINUOUS_AR1, true),
            new Simulated(30, 4, 0.25, 45).frame())).isEmpty(), "times of their own are not known where there is no row");
    }

    /** The conditional variance is the reciprocal of the diagonal of V^-1 when all other visits were seen. */
    @Test
    void theLastOneMissingIsPredictedByTheInverseOfV() {
        final Simulated data = new Simulated(40, 3, 0, 42);
        data.y.set(5, Double.NaN); // subject s1, visit 3
        final ModelFit fit = Simulated.fit(Simulated.settings("y ~ visit", VisitStructure.UNSTRUCTURED, true),
            data.frame());
        final double[][] v = new double[3][3];
        int entry = 0;
        for (final CovarianceEntryRow row : fit.tables().covarianceMatrices()) {
            if (row.matrix().equals("V")) {
                v[entry / 3][entry++ % 3] = row.covariance();
            }
        }
        final double determinant = v[0][0] * v[1][1] - v[0][1] * v[0][1];
        final double first = (v[2][0] * v[1][1] - v[2][1] * v[0][1]) / determinant;
        final double second = (v[2][1] * v[0][0] - v[2][0] * v[0][1]) / determinant;
        final BlupRow blup = blups(fit).get("s1/3");
        assertEquals(v[2][2] - first * v[2][0] - second * v[2][1], Math.pow(blup.conditionalStdDev(), 2), 1e-9);
        assertEquals(1 - Math.pow(blup.conditionalStdDev(), 2) / v[2][2], blup.reliability(), 1e-9);
        final FittedRow one = Figures.fittedValues(fit).apply(3);
        final FittedRow two = Figures.fittedValues(fit).apply(4);
        final FittedRow three = Figures.fittedValues(fit).apply(5);
        assertEquals(three.marginal() + first * one.residual() + second * two.residual(), blup.blup(), 1e-9);
        assertEquals(blup.blup(), three.conditional());
        assertTrue(Double.isNaN(three.residual()) && Double.isNaN(one.conditional()));
    }

    @Test
    void aSubjectNeverObservedIsPredictedByTheMean() {
        final Simulated data = new Simulated(30, 3, 0, 43);
        data.add("new", "b", 2, 2, 0.5, Double.NaN);
        for (final VisitStructure structure : List.of(VisitStructure.UNSTRUCTURED, VisitStructure.CONTINUOUS_AR1)) {
            final ModelFit fit =
                Simulated.fit(Simulated.settings("y ~ x + arm * visit", structure, true), data.frame());
            final FittedRow fitted = Figures.fittedValues(fit).apply(data.y.size() - 1);
            final BlupRow blup = blups(fit).get("new/2");
            assertEquals(fitted.marginal(), blup.blup(), 1e-12);
            assertEquals(fitted.marginal(), fitted.conditional());
            assertEquals(0, blup.n());
            assertEquals(0, blup.reliability());
        }
    }

    /** A covariate that changes within subjects is not known where there is no row. */
    @Test
    void nothingIsInventedForCovariatesThatChange() {
        final Simulated data = new Simulated(30, 4, 0.25, 44);
        for (int i = 0; i < data.x.size(); i++) {
            data.x.set(i, Math.sin(i));
        }
        final ModelFit fit = Simulated.fit(Simulated.settings("y ~ x + visit", VisitStructure.AR1, true),
            data.frame());
        assertTrue(blups(fit).isEmpty());
    }
}
