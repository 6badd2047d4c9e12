package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultilevelNodeTest extends LocalSession {
    private static final String NODE = "multilevel-model";
    private static final MadeData DATA = MadeData.levels();
    private static final String LEVELS =
        "levels=[{\"column\": \"s\", \"slopes\": [], \"covariance\": \"UNSTRUCTURED\"}, "
            + "{\"column\": \"k\", \"slopes\": [], \"covariance\": \"UNSTRUCTURED\"}]";

    /** Classes in schools, with a covariate that is split. */
    static final List<String> SPLIT = List.of("response=y", "fixedEffects=x", LEVELS, "weights=w",
        "centering=[{\"column\": \"x\", \"mode\": \"WITHIN_AND_BETWEEN\", \"level\": \"s\"}]");

    /** A school has a third of the rows; classes of several schools have the same number; some values are missing. */
    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "3 # modelSpecification=FORMULA; formula=y ~ x + (1 + x | s); influence=ONE_STEP; fixedCovariance=CR2",
        "4 # modelSpecification=FORMULA; formula=y ~ x + (1 | s/k) + (1 | j); method=ML; showSubject=school 7"})
    void theTablesAreTheNodesInAnyNumberOfPartitions(final int partitions, final String changes) {
        assertSame(partitions, Arrays.stream(changes.split(";")).map(String::strip).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void soAreThoseOfLevelsWithASplitCovariate(final int partitions) {
        assertSame(partitions, SPLIT);
    }

    private static void assertSame(final int partitions, final List<String> set) {
        final NodeTables node = NodeTables.of(NODE, DATA.csv(NODE), set);
        try (FittedTables fitted = MixedModels.fit(DATA.table(spark, partitions), settings(NODE, set))) {
            node.assertSame(fitted);
        }
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        final List<String> set = List.of("response=y", "fixedEffects=x", LEVELS);
        for (final List<String> wrong : List.of(List.of("varianceIntervals=BOOTSTRAP", "memory of one machine"),
            List.of("response=s", "not numeric"), List.of("levels=[]", "No level"),
            List.of("levels=[{\"column\": \"w\", \"slopes\": [], \"covariance\": \"UNSTRUCTURED\"}]", "cannot name groups"))) {
            final String[] setting = wrong.get(0).split("=", 2);
            final String message = assertThrows(ModelException.class, () -> MixedModels
                .fit(DATA.table(spark, 2), settings(NODE, set).set(setting[0], setting[1]))).getMessage();
            assertTrue(message.contains(wrong.get(1)), message);
        }
    }
}
