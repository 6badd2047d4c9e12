package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongitudinalMixedModelTest extends LocalSession {
    private static final String NODE = "longitudinal-mixed-model";
    private static final MadeData DATA = MadeData.courses();

    /** A subject has half of the rows; times of a subject come in any order, and some values are missing. */
    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "1 # response=y; subject=id; time=t; fixedEffects=arm; interactions=[{\"first\": \"t\", \"second\": \"arm\"}]",
        "5 # response=y; subject=id; time=t; fixedEffects=arm; interactions=[{\"first\": \"t\", \"second\": \"arm\"}]",
        "3 # modelSpecification=FORMULA; formula=y ~ ns(t, 3) + arm + (1 | id); time=t; method=ML; weights=w",
        "3 # response=y; subject=id; time=t; timeDegree=2; nominalColumns=centre; fixedEffects=centre; "
            + "randomCovariance=DIAGONAL; dfMethod=KENWARD_ROGER; fixedCovariance=MODEL"})
    void theTablesAreTheNodesInAnyNumberOfPartitions(final int partitions, final String changes) {
        final List<String> set = Arrays.stream(changes.split(";")).map(String::strip).toList();
        final NodeTables node = NodeTables.of(NODE, DATA.csv("courses"), set);
        try (FittedTables fitted = MixedModels.fit(DATA.table(spark, partitions), settings(NODE, set))) {
            node.assertSame(fitted);
        }
    }

    /** In local mode each likelihood takes a job. */
    @Test
    void whatSubjectsNeedStaysWithExecutors() {
        final List<String> set = List.of("response=y", "subject=id", "time=t", "fixedEffects=arm", "randomDegree=0",
            "randomTests=false", "varianceIntervals=WALD");
        final NodeTables node = NodeTables.of(NODE, DATA.csv("courses"), set);
        spark.conf().set(SparkParts.NEAR_BYTES, 0);
        try (FittedTables fitted = MixedModels.fit(DATA.table(spark, 3), settings(NODE, set))) {
            node.assertSame(fitted);
            assertEquals(40, fitted.model().model().units().get(0).rows().length);
        } finally {
            spark.conf().unset(SparkParts.NEAR_BYTES);
        }
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        final List<String> set = List.of("response=y", "subject=id", "time=t");
        for (final List<String> wrong : List.of(List.of("residualStructure=AR1", "independent"),
            List.of("subject=nobody", "no column \"nobody\""), List.of("time=arm", "not numeric"),
            List.of("meansOf=w", "\"w\""), List.of("subject=w", "cannot name groups"))) {
            final String[] change = wrong.get(0).split("=");
            final String message = assertThrows(ModelException.class, () -> MixedModels
                .fit(DATA.table(spark, 2), settings(NODE, set).set(change[0], change[1]))).getMessage();
            assertTrue(message.contains(wrong.get(1)), message);
        }
        final String dates = assertThrows(ModelException.class, () -> MixedModels.fit(DATA.table(spark, 2)
            .withColumn("day", functions.current_date()), settings(NODE, set).set("time", "day"))).getMessage();
        assertTrue(dates.contains("\"day\"") && dates.contains("type date"), dates);
    }
}
