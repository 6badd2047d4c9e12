package dev.mixedmodels.knime.mixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.knime.empiricalbayes.EmpiricalBayesShrinkageNodeFactory;
import dev.mixedmodels.knime.longitudinal.LongitudinalMixedModelNodeFactory;
import dev.mixedmodels.knime.marginal.MarginalRepeatedMeasuresNodeFactory;
import dev.mixedmodels.knime.multilevel.MultilevelModelNodeFactory;
import dev.mixedmodels.knime.oneway.RandomInterceptAnovaNodeFactory;
import dev.mixedmodels.standin.run.NodeResult;
import dev.mixedmodels.standin.run.NodeRun;
import dev.mixedmodels.standin.run.TableBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.BufferedDataTable;
import org.knime.node.DefaultNodeFactory;

/** The table of fitted values is a choice, and nothing else depends on it. */
class FittedValuesTest {
    private static final int FITTED = 5;

    static Stream<DefaultNodeFactory> nodes() {
        return Stream.of(new RandomInterceptAnovaNodeFactory(), new LongitudinalMixedModelNodeFactory(),
            new MarginalRepeatedMeasuresNodeFactory(), new MultilevelModelNodeFactory(),
            new EmpiricalBayesShrinkageNodeFactory());
    }

    private static BufferedDataTable table() {
        final String[] subject = new String[32];
        final double[] time = new double[32];
        final double[] y = new double[32];
        final double[] se = new double[32];
        for (int i = 0; i < 32; i++) {
            subject[i] = "s" + i / 4;
            time[i] = i % 4 + 0.0;
            y[i] = 10 + i / 4 % 5 + 0.3 * (i % 4) + 7 * i % 5 / 3.0;
            se[i] = 1 + i % 3;
        }
        return new TableBuilder().strings("subject", subject).doubles("time", time).doubles("se", se).doubles("y", y)
            .build();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void noneLeavesTheTableEmptyAndAllElseAsItIs(final DefaultNodeFactory factory) {
        final NodeResult all = NodeRun.of(factory).input(table()).run();
        final NodeResult none = NodeRun.of(factory).input(table()).set("fittedValues", "NONE").run();
        assertTrue(all.isOk() && none.isOk(), () -> none.error().orElse(""));
        assertEquals(32, all.view(FITTED).rows());
        assertEquals(0, none.view(FITTED).rows());
        assertEquals(all.view(FITTED).columns(), none.view(FITTED).columns());
        for (int port = 0; port < all.tables().size(); port++) {
            if (port != FITTED) {
                assertEquals(all.view(port).rows(), none.view(port).rows());
                for (final String column : all.view(port).columns()) {
                    assertEquals(all.view(port).texts(column), none.view(port).texts(column));
                }
            }
        }
    }
}
