package dev.mixedmodels.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Executors that are processes of their own. */
class ClusterTest {
    private static final String NODE = "random-intercept-anova";

    private static final MadeData DATA = MadeData.oneWay();

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = TestSpark.cluster();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Dataset<Row> table() {
        return DATA.table(spark, 4);
    }

    private static ModelSettings settings() {
        return ModelSettings.of(NODE).set("response", "y").set("group", "g");
    }

    private static List<ProcessHandle> executors() {
        return ProcessHandle.current().descendants().filter(process -> process.info().commandLine().orElse("")
            .contains("CoarseGrainedExecutorBackend")).toList();
    }

    /** Acts once, when the stage of a number has begun or ended. */
    private static final class AtStage extends SparkListener {
        private final AtomicInteger completed = new AtomicInteger();
        private final int begin;
        private final int end;
        private final Consumer<Integer> act;

        AtStage(final int begin, final int end, final Consumer<Integer> act) {
            this.begin = begin;
            this.end = end;
            this.act = act;
        }

        @Override
        public void onStageSubmitted(final SparkListenerStageSubmitted stage) {
            if (completed.get() == begin) {
                act.accept(begin);
            }
        }

        @Override
        public void onStageCompleted(final SparkListenerStageCompleted stage) {
            if (completed.incrementAndGet() == end) {
                act.accept(end);
            }
        }
    }

    private static void assertSurvives(final int stage, final Dataset<Row> table, final ModelSettings settings,
        final NodeTables node) {
        final AtomicInteger killed = new AtomicInteger();
        final AtStage killer = new AtStage(-1, stage, ended -> executors().stream().limit(1).forEach(executor -> {
            executor.destroyForcibly();
            killed.incrementAndGet();
        }));
        spark.sparkContext().addSparkListener(killer);
        try (FittedTables fitted = MixedModels.fit(table, settings)) {
            spark.sparkContext().removeSparkListener(killer);
            assertEquals(1, killed.get());
            node.assertSame(fitted);
        }
    }

    /** What it had kept, shuffled rows and sums, is computed again by others. */
    @Test
    void aFitSurvivesAnExecutorThatIsKilled() {
        assertSurvives(2, table(), settings(),
            NodeTables.of(NODE, DATA.csv("one-way"), List.of("response=y", "group=g")));
    }

    /** It had what half of the subjects need, in the middle of the search. */
    @Test
    void aSearchSurvivesAnExecutorThatIsKilled() {
        final List<String> set = List.of("response=y", "subject=id", "time=t", "randomDegree=0", "randomTests=false",
            "varianceIntervals=WALD");
        final ModelSettings settings = ModelSettings.of("longitudinal-mixed-model");
        set.forEach(setting -> settings.set(setting.split("=")[0], setting.split("=")[1]));
        final MadeData courses = MadeData.courses();
        spark.conf().set(SparkParts.NEAR_BYTES, 0);
        assertSurvives(20, courses.table(spark, 2), settings,
            NodeTables.of("longitudinal-mixed-model", courses.csv("courses"), set));
        spark.conf().unset(SparkParts.NEAR_BYTES);
    }

    @Test
    void aCancelledFitSaysSo() {
        final Dataset<Row> table = table();
        final AtStage canceller = new AtStage(1, -1,
            stage -> CompletableFuture.runAsync(() -> spark.sparkContext().cancelAllJobs()));
        spark.sparkContext().addSparkListener(canceller);
        final CancellationException cancelled =
            assertThrows(CancellationException.class, () -> MixedModels.fit(table, settings()));
        spark.sparkContext().removeSparkListener(canceller);
        assertTrue(cancelled.getMessage().contains("cancelled"));
        assertTrue(spark.sparkContext().getPersistentRDDs().isEmpty(), "what was kept is released");
    }
}
