package dev.mixedmodels.spark;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;

/** Tests in Spark's local mode. */
abstract class LocalSession {
    static SparkSession spark;

    @BeforeAll
    static void startSession() {
        RunNode.start(); // meanwhile
        spark = TestSpark.local();
    }

    /** Settings of a node, each as KEY=VALUE. */
    static ModelSettings settings(final String node, final List<String> set) {
        final ModelSettings settings = ModelSettings.of(node);
        set.forEach(setting -> settings.set(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        return settings;
    }
}
