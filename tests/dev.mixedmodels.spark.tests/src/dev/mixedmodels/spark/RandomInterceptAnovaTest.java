package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomInterceptAnovaTest extends LocalSession {
    private static final String NODE = "random-intercept-anova";

    private static final MadeData DATA = MadeData.oneWay();

    private static Path file;

    @BeforeAll
    static void start() {
        file = DATA.csv("one-way");
    }

    private static ModelSettings settings() {
        return ModelSettings.of(NODE).set("response", "y").set("group", "g");
    }

    /** One group has half of the rows, and of twenty partitions two are empty. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void theTablesAreTheNodesInAnyNumberOfPartitions(final int partitions) {
        final NodeTables node = NodeTables.of(NODE, file, List.of("response=y", "group=g"));
        try (FittedTables fitted = MixedModels.fit(DATA.table(spark, partitions), settings())) {
            node.assertSame(fitted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights=w,method=ML,varianceIntervals=WALD", "influence=ONE_STEP,dfMethod=KENWARD_ROGER",
        "method=ANOVA,randomTests=false"})
    void otherSettingsGiveTheNodesTablesToo(final String changes) {
        final List<String> set = new ArrayList<>(List.of("response=y", "group=k"));
        set.addAll(List.of(changes.split(",")));
        final ModelSettings settings = ModelSettings.of(NODE);
        set.forEach(setting -> settings.set(setting.split("=")[0], setting.split("=")[1]));
        final NodeTables node = NodeTables.of(NODE, file, set);
        try (FittedTables fitted = MixedModels.fit(DATA.table(spark, 3), settings)) {
            node.assertSame(fitted);
        }
    }

    @Test
    void fittedValuesAreWrittenWhereTheyAreWanted() {
        try (FittedTables fitted = MixedModels.fit(DATA.table(spark, 2), settings().set("fittedValues", "NONE"))) {
            assertEquals(0, fitted.table("Fitted values").count());
            assertEquals(6, fitted.table("Fitted values").columns().length);
        }
    }

    private static void assertRefused(final ModelSettings settings, final String... words) {
        final ModelException refusal = assertThrows(ModelException.class, () -> MixedModels.fit(DATA.table(spark, 2), settings));
        for (final String word : words) {
            assertTrue(refusal.getMessage().contains(word), refusal::getMessage);
        }
    }

    @Test
    void whatCannotBeIsRefusedInWords() {
        assertRefused(settings().set("response", "nobody"), "no column \"nobody\"", "response");
        assertRefused(settings().set("response", ""), "No column is chosen as response");
        assertRefused(settings().set("response", "g"), "\"g\"", "not numeric");
        assertRefused(settings().set("group", "w"), "\"w\"", "cannot name groups");
        assertRefused(settings().set("group", "y"), "\"y\"");
        assertRefused(settings().set("method", "GUESS"), "\"method\"", "REML, ML, ANOVA");
        assertRefused(settings().set("confidenceLevel", 0.95), "Write 95 instead of 0.95");
        assertRefused(settings().set("missingValues", "FAIL"), "Row \"Row", "no value in column");
        assertRefused(settings().set("weights", "z"), "weight in column \"z\" is -1 in row \"Row7\"");
        assertThrows(ModelException.class, () -> settings().set("respones", "y"));
        assertRefused(ModelSettings.of(MixedModels.PREDICTOR), "fits no model");
    }
}
