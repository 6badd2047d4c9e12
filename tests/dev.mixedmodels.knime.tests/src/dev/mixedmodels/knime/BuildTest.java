package dev.mixedmodels.knime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** The build itself: tests run inside the framework and find their data. */
final class BuildTest {

    @Test
    void testsFindTheirData() {
        assertTrue(Files.isDirectory(Path.of(System.getProperty("mixedmodels.tests"), "data")));
    }
}
