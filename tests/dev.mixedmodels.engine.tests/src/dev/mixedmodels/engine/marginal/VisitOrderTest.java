package dev.mixedmodels.engine.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.marginal.MarginalSettings.Layout;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.testing.TestData;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order of visits whose names say nothing about it is said where it matters. */
class VisitOrderTest {
    /** Mean reactions over days 0 to 3, 4 to 7, 8 and 9 of sleepstudy, the three visits under the given names. */
    private static Frame frame(final String first, final String second, final String third) {
        final TestData data = TestData.read("sleepstudy");
        final Map<List<String>, DoubleSummaryStatistics> means = new LinkedHashMap<>();
        for (int i = 0; i < data.rows(); i++) {
            final double day = data.numbers("Days")[i];
            means.computeIfAbsent(List.of(data.strings("Subject")[i], day < 4 ? first : day < 8 ? second : third),
                key -> new DoubleSummaryStatistics()).accept(data.numbers("Reaction")[i]);
        }
        final List<List<String>> keys = List.copyOf(means.keySet());
        return new Frame(keys.size(), List.of(NominalColumn.of("Subject", keys.stream().map(k -> k.get(0)).toList()),
            NominalColumn.of("vis", keys.stream().map(k -> k.get(1)).toList()),
            new NumericColumn("Reaction", keys.stream().mapToDouble(k -> means.get(k).getAverage()).toArray())));
    }

    private static MarginalSettings settings(final VisitStructure structure) {
        return MarginalSettings.of(Formula.parse("Reaction ~ vis"), new Layout("Subject", "vis", null, null), structure);
    }

    private static List<String> warnings(final MarginalSettings settings, final Frame frame) {
        final Warnings warnings = new Warnings();
        MarginalModel.fit(settings, frame, Progress.NONE, warnings);
        return warnings.list();
    }

    @Test
    void alphabeticalOrderIsSaidUnderAStructureThatDependsOnIt() {
        final Frame frame = frame("Baseline", "Interim", "Final");
        for (final VisitStructure structure : VisitStructure.values()) {
            if (structure.overPlaces() == null) {
                final List<String> warnings = warnings(settings(structure), frame);
                // three visits leave next to nothing to tell ARMA(1,1) from its bounds
                assertEquals(structure == VisitStructure.ARMA11 ? 2 : structure.ordered() ? 1 : 0, warnings.size(),
                    warnings::toString);
                if (structure.ordered()) {
                    assertTrue(warnings.get(0).contains("\"Baseline\", \"Final\" and \"Interim\"")
                        && warnings.get(0).contains("\"Order of visits\"")
                        && warnings.get(0).contains("\"" + structure + "\""), warnings::toString);
                }
            }
        }
        assertEquals(1, warnings(settings(VisitStructure.UNSTRUCTURED).withComparison(List.of(VisitStructure.AR1)),
            frame).size());
    }

    /** Figures of an independent fit: rho .73778, -2RLL 521.398 in the order of time; rho .5747 in that of the alphabet. */
    @Test
    void aGivenOrderIsTakenWithoutAWord() {
        final Frame frame = frame("Baseline", "Interim", "Final");
        final MarginalSettings given = settings(VisitStructure.AR1).withOptions(DesignOptions.DEFAULT.withOrder("vis",
            LevelOrder.explicit(List.of("Baseline", "Interim", "Final"))));
        assertEquals(List.of(), warnings(given, frame));
        final ModelFit inTime = Simulated.fit(given, frame);
        assertEquals(0.73778, Simulated.parameter(inTime, "rho"), 5e-6);
        assertEquals(521.398, Simulated.deviance(inTime), 5e-4);
        assertEquals(0.5747, Simulated.parameter(Simulated.fit(settings(VisitStructure.AR1), frame), "rho"), 5e-5);
    }

    @Test
    void numbersInTheNamesGiveTheOrder() {
        assertEquals(List.of(), warnings(settings(VisitStructure.AR1), frame("Week 2", "Week 4", "Week 12")));
        assertEquals(List.of(), warnings(settings(VisitStructure.AR1), frame("Baseline", "Week 4", "Week 12")));
        assertEquals(1, warnings(settings(VisitStructure.AR1), frame("Month 1", "Month 2", "Unscheduled")).size());
    }
}
