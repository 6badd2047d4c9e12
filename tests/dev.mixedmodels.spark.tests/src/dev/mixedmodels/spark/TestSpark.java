package dev.mixedmodels.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Spark on this machine, in this process or with executors of their own. */
final class TestSpark {
    static final Path ROOT = Path.of(System.getProperty("mixedmodels.root")).toAbsolutePath().normalize();
    static final Path SCRATCH = Path.of(System.getProperty("mixedmodels.scratch")).toAbsolutePath();

    private TestSpark() {
    }

    /** The session of this process, if another test has left it there. */
    static SparkSession local() {
        return session("local[2]");
    }

    /** Two executors, each a process with one core and a gigabyte, which take their jars from SPARK_HOME. */
    static SparkSession cluster() {
        try {
            home(Path.of(System.getenv("SPARK_HOME")));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final Option<SparkSession> other = SparkSession.getDefaultSession();
        if (other.isDefined()) {
            other.get().stop(); // a process has one
        }
        return session("local-cluster[2,1,1024]");
    }

    private static SparkSession session(final String master) {
        return SparkSession.builder().master(master).appName("test").config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1").config("spark.sql.shuffle.partitions", 2)
            .config("spark.shuffle.io.maxRetries", 1).config("spark.shuffle.io.retryWait", "100ms") // of the dead
            // many small tables: code that is made for each takes longer than all of its rows
            .config("spark.sql.codegen.wholeStage", false).config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
            .config("spark.sql.warehouse.dir", SCRATCH.resolve("warehouse").toString()).getOrCreate();
    }

    /** What Spark takes for an installation of itself. */
    static void home(final Path home) throws IOException {
        final Path jars = Files.createDirectories(home.resolve("jars"));
        Files.writeString(home.resolve("RELEASE"), "of the tests\n");
        for (final String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            final Path jar = Path.of(entry).toAbsolutePath();
            final Path link = jars.resolve(jar.getFileName());
            if (entry.endsWith(".jar")) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, jar);
            }
        }
    }
}
