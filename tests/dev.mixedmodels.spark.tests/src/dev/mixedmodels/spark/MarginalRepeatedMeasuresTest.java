package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarginalRepeatedMeasuresTest extends LocalSession {
    private static final String NODE = "marginal-repeated-measures";
    private static final MadeData DATA = MadeData.trial();

    /** The model of clinical trials. */
    static final List<String> TRIAL = List.of("response=y", "subject=p", "visit=v", "structure=UNSTRUCTURED",
        "fixedEffects=b,arm,v", "interactions=[{\"first\": \"arm\", \"second\": \"v\"}]");

    /**
     * Rows come in no order; visits are missed, of some the response is unknown, and of one subject of all. Of twenty
     * partitions one is empty.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void theTablesAreTheNodesInAnyNumberOfPartitions(final int partitions) {
        assertSame(DATA, partitions, TRIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "modelSpecification=FORMULA; formula=y ~ arm + v; structure=HETEROGENEOUS_AR1; visit=v2; structureBy=arm; "
            + "weights=w; nominalColumns=v2; showSubject=P7; dfMethod=BETWEEN_WITHIN",
        "modelSpecification=FORMULA; formula=y ~ arm * v2; structure=COMPOUND_SYMMETRY; method=ML; "
            + "compareStructures=DIAGONAL,UNSTRUCTURED; visit=v; visitOrder=Week 12,Week 3,Week 6,Week 9",
        "modelSpecification=FORMULA; formula=y ~ arm + b; structure=COMPOUND_SYMMETRY; time=v2; visit=; "
            + "dfMethod=KENWARD_ROGER"})
    void otherSettingsGiveTheNodesTablesToo(final String changes) {
        assertSame(DATA, 4, Stream.concat(Stream.of("subject=p"), Arrays.stream(changes.split(";")).map(String::strip))
            .toList());
    }

    /** A subject has half of the rows, and there are more in its block than in any other. */
    @Test
    void skewOfIndependentRows() {
        assertSame(MadeData.courses(), 3, List.of("modelSpecification=FORMULA", "formula=y ~ arm * t", "subject=id",
            "time=t", "visit=", "structure=INDEPENDENT"));
    }

    private static void assertSame(final MadeData data, final int partitions, final List<String> set) {
        final NodeTables node = NodeTables.of(NODE, data.csv(NODE), set);
        try (FittedTables fitted = MixedModels.fit(data.table(spark, partitions), settings(NODE, set))) {
            node.assertSame(fitted);
        }
    }

    private static String refusal(final String key, final Object value) {
        return assertThrows(ModelException.class, () -> MixedModels
            .fit(DATA.table(spark, 2), settings(NODE, TRIAL).set(key, value))).getMessage();
    }

    @ParameterizedTest
    @CsvSource({"fixedCovariance, CR2, all rows at once", "influence, ONE_STEP, all rows at once",
        "structure, CONTINUOUS_AR1, no time column", "structure, SPATIAL_GAUSSIAN, coordinates",
        "compareStructures, CONTINUOUS_AR1, over times or places", "visit, b, cannot name groups",
        "subject, nobody, no column", "showSubject, P40, does not occur", "showSubject, nobody, does not occur",
        "missingValues, FAIL, Row \"Row"})
    void whatCannotBeIsRefusedInWords(final String key, final String value, final String words) {
        final String message = refusal(key, value);
        assertTrue(message.contains(words), message);
    }

    /** Subjects travel as numbers, and are called by their names where something is wrong. */
    @Test
    void rowsThatDoNotFitTogetherAreNamed() {
        final String groups = refusal("structureBy", "v2");
        assertTrue(groups.matches("Subject \"P\\d+\" has rows with \"\\d\" and \"\\d\" in column \"v2\".*"), groups);
        final Dataset<Row> twice = DATA.table(spark, 2).union(DATA.table(spark, 3).filter("p = 'P3' and v2 = 2"));
        final int row = IntStream.range(0, DATA.rows().size()).filter(i -> DATA.rows().get(i).get(1).equals("P3")
            && DATA.rows().get(i).get(4).equals(2)).findFirst().orElseThrow();
        assertEquals("Subject \"P3\" has two rows for visit \"Week 6\" (rows \"Row" + row + "\" and \"Row"
            + DATA.rows().size() + "\"). A visit may occur once for each subject: remove or average duplicates, or "
            + "check the subject and visit columns.", assertThrows(ModelException.class,
                () -> MixedModels.fit(twice, settings(NODE, TRIAL))).getMessage());
    }
}
