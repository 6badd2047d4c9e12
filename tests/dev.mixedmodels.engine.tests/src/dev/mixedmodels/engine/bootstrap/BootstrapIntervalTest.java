package dev.mixedmodels.engine.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What replicates say of a parameter. */
class BootstrapIntervalTest {
    @Test
    void quantilesAreThoseOfR() {
        // quantile(c(3, 1, 4, 1, 5, 9, 2, 6), c(0.1, 0.9)) = 1.0 6.9
        final BootstrapInterval found = BootstrapInterval.of(new double[] {3, 1, 4, 1, 5, 9, 2, 6}, 0.8);
        assertEquals(1, found.lower(), 1e-15);
        assertEquals(6.9, found.upper(), 1e-14);
        assertEquals(31.0 / 8, found.mean(), 1e-15);
        assertEquals(2.748376143938713, found.stdError(), 1e-14); // sd()
        assertEquals(8, found.used());
    }

    /** 0, 1, 4, 9 ...: the first ones lie closest to one another. */
    @Test
    void theShortestIntervalIsWhereReplicatesAreDense() {
        final double[] squares = IntStream.range(0, 20).mapToDouble(i -> i * i).toArray();
        final BootstrapInterval found = BootstrapInterval.of(squares, 0.5);
        assertEquals(0, found.shortestLower());
        assertEquals(81, found.shortestUpper());
    }

    @Test
    void manyReplicatesAtTheBoundAreHeldByBoth() {
        final double[] values = IntStream.range(0, 100).mapToDouble(i -> Math.max(0, i - 60)).toArray();
        final BootstrapInterval found = BootstrapInterval.of(values, 0.95);
        assertEquals(0, found.lower());
        assertEquals(0, found.shortestLower());
        assertEquals(34, found.shortestUpper());
        final BootstrapInterval all = BootstrapInterval.of(new double[10], 0.95);
        assertEquals(0, all.upper());
        assertEquals(0, all.shortestUpper());
        assertEquals(0, all.stdError());
    }

    @Test
    void replicatesWithoutTheParameterAreLeftOut() {
        final BootstrapInterval found = BootstrapInterval.of(new double[] {Double.NaN, 1, 2, Double.NaN}, 0.5);
        assertEquals(2, found.used());
        assertEquals(1.5, found.mean());
        final BootstrapInterval one = BootstrapInterval.of(new double[] {Double.NaN, 1}, 0.5);
        assertEquals(1, one.used());
        assertTrue(Double.isNaN(one.lower()) && Double.isNaN(one.shortestUpper()) && Double.isNaN(one.stdError()));
    }

    @Test
    void aLargeCommonPartLeavesTheSpread() {
        final double[] values = IntStream.range(0, 100).mapToDouble(i -> 1e12 + i % 10).toArray();
        final double[] near = IntStream.range(0, 100).mapToDouble(i -> i % 10).toArray();
        assertEquals(BootstrapInterval.of(near, 0.9).stdError(), BootstrapInterval.of(values, 0.9).stdError(), 1e-12);
    }
}
