package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every tail against high precision arithmetic (tests/reference/tails.csv), from the middle to probabilities of 1e-320,
 * for shapes from 1e-300 to 1e16.
 */
class ReferenceTailTest {
    private static final double EPSILON = 2.2e-16;

    private static List<String[]> lines() throws IOException {
        return Files.readAllLines(TestData.folder().resolve("reference/tails.csv")).stream()
            .filter(line -> !line.startsWith("#") && !line.startsWith("distribution"))
            .map(line -> line.split(",")).toList();
    }

    private static double number(final String[] line, final int index) {
        return line[index].isEmpty() ? 0 : Double.parseDouble(line[index]);
    }

    private static double tail(final String[] line) {
        final double a = number(line, 1);
        final double b = number(line, 2);
        final double c = number(line, 3);
        return switch (line[0]) {
            case "normal" -> Tail.normal(a);
            case "chi-square" -> Tail.chiSquare(a, b);
            case "gamma lower" -> IncompleteGamma.lower(a, b);
            case "gamma upper" -> IncompleteGamma.upper(a, b);
            case "t" -> Tail.tTwoSided(a, b);
            case "F" -> Tail.f(a, b, c);
            case "beta" -> IncompleteBeta.ratio(a, b, c);
            default -> throw new IllegalArgumentException(line[0]);
        };
    }

    /** How far the last bit of an argument moves a tail, relative to it: the density of its logarithm. */
    private static double condition(final String[] line) {
        return switch (line[0]) {
            case "F" -> Math.sqrt(Math.min(number(line, 2), number(line, 3)));
            case "chi-square" -> Math.sqrt(number(line, 2));
            case "gamma lower", "gamma upper" -> Math.sqrt(number(line, 1));
            case "beta" -> Math.sqrt(Math.min(number(line, 1), number(line, 2)));
            default -> 0;
        };
    }

    @Test
    void tailsAgreeWithHighPrecisionArithmetic() throws IOException {
        int checked = 0;
        for (final String[] line : lines()) {
            final double expected = number(line, 4);
            // a logarithm is rounded before it is taken back; below 1e-300 doubles lose digits
            final double tolerance = expected < 1e-300 ? 1e-8
                : EPSILON * (8 + 4 * Math.abs(Math.log(expected)) + condition(line));
            assertEquals(1, tail(line) / expected, tolerance, String.join(",", line));
            checked++;
        }
        assertTrue(checked > 100, checked + " lines");
    }

    @Test
    void bothTailsAddUpToOne() throws IOException {
        for (final String[] line : lines()) {
            final double a = number(line, 1);
            final double b = number(line, 2);
            final double odds = number(line, 3);
            if (line[0].equals("beta")) {
                assertEquals(1, IncompleteBeta.ratio(a, b, odds) + IncompleteBeta.ratio(b, a, 1 / odds),
                    8 * EPSILON * (1 + condition(line)), String.join(",", line));
            } else if (line[0].startsWith("gamma")) {
                assertEquals(1, IncompleteGamma.lower(a, b) + IncompleteGamma.upper(a, b), 8 * EPSILON);
            }
        }
    }

    @Test
    void argumentsAtTheEndsOfTheRangeGiveTheLimits() {
        final double infinity = Double.POSITIVE_INFINITY;
        for (final double shape : new double[] {1e-300, 0.5, 1, 30, 1e5, 1e16}) {
            for (final double x : new double[] {1e300, Double.MAX_VALUE, infinity}) {
                assertEquals(0, IncompleteGamma.upper(shape, x));
                assertEquals(1, IncompleteGamma.lower(shape, x));
                assertEquals(0, Tail.chiSquare(x, 2 * shape));
            }
            assertEquals(1, IncompleteGamma.upper(shape, 0));
            assertEquals(0, IncompleteGamma.lower(shape, -infinity));
            assertEquals(0, Tail.tTwoSided(infinity, shape));
            assertEquals(1, Tail.tTwoSided(0, shape));
            assertEquals(0, Tail.f(infinity, 3, shape));
            assertEquals(1, Tail.f(0, shape, 3));
        }
        assertEquals(0, Tail.normal(infinity));
        assertEquals(1, Tail.normal(-infinity));
        assertEquals(2 * Tail.normal(2), Tail.tTwoSided(-2, infinity));
        assertEquals(Tail.chiSquare(6, 3), Tail.f(2, 3, infinity));
        assertEquals(1 - Tail.chiSquare(2, 4), Tail.f(2, infinity, 4), 1e-15);
        assertEquals(1, Tail.f(0.9, infinity, infinity));
        assertEquals(0, Tail.f(1.1, infinity, infinity));
        for (final double none : new double[] {Double.NaN, -1, infinity}) {
            assertTrue(Double.isNaN(Tail.chiSquare(1, none)));
        }
        assertTrue(Double.isNaN(Tail.normal(Double.NaN)));
        assertTrue(Double.isNaN(Tail.tTwoSided(Double.NaN, 3)));
        assertTrue(Double.isNaN(Tail.tTwoSided(1, 0)));
    }

    @Test
    void quantilesBeyondTheRangeOfDoublesAreItsEnds() {
        assertEquals(0, Tail.chiSquareQuantile(0.975, 1e-4));
        assertEquals(Double.POSITIVE_INFINITY, Tail.tQuantile(0.025, 1e-4));
        assertEquals(Double.NEGATIVE_INFINITY, Tail.tQuantile(0.975, 1e-4));
        assertEquals(Tail.normalQuantile(0.025), Tail.tQuantile(0.025, Double.POSITIVE_INFINITY));
        assertEquals(0, IncompleteGamma.quantile(1e-9, 0.5));
        assertEquals(0, IncompleteBeta.quantile(1e-9, 1, 0.5));
        assertEquals(Double.POSITIVE_INFINITY, IncompleteBeta.quantile(1, 1e-9, 0.5));
    }

    @Test
    void quantilesInvertTailsOfEveryShape() {
        for (final double df : new double[] {0.02, 1, 7.5, 3e3, 2e5, 1e9, 1e13}) {
            for (final double p : new double[] {1e-250, 1e-12, 0.025, 0.4, 0.6, 0.975}) {
                final double x = Tail.chiSquareQuantile(p, df);
                if (x > 1e-300) {
                    final double slope = Math.abs(x - df) / 2 + Math.sqrt(df); // of log p in log x, whose digits count
                    assertEquals(1, Tail.chiSquare(x, df) / p, 4e-15 * (1 + Math.abs(Math.log(x))) * (10 + slope),
                        df + " " + p);
                }
                final double t = Tail.tQuantile(p, df);
                if (Math.abs(t) < 1e300) {
                    final double tail = Tail.tTwoSided(t, df) / 2;
                    assertEquals(1, (t > 0 ? tail : 1 - tail) / p, 1e-12, df + " " + p);
                }
            }
        }
    }

    @Test
    void theRiseOfTheLogGammaFunctionIsExactForShortSteps() {
        // mpmath: loggamma(z + h) - loggamma(z)
        final double[][] expected = {{11_000, 1e-9, 9.3056050965463939e-9}, {1e9, 1e-5, 2.0723265836446418e-4},
            {1, 0.01, -0.0056903079460696456}, {2, 1e-12, 4.227843350987896e-13}, {0.1, 1, Math.log(0.1)}};
        for (final double[] e : expected) {
            assertEquals(1, Stirling.rise(e[0], e[1]) / e[2], 2e-14, e[0] + " " + e[1]);
        }
    }

    @Test
    void rootsAreMissingWhereTheFunctionIs() {
        assertTrue(Double.isNaN(Roots.find(x -> x > 1 ? Double.NaN : -1, 0, 3)));
        assertTrue(Double.isNaN(Roots.find(x -> Math.abs(x) < 1 ? Double.NaN : x, -3, 3)));
        assertTrue(Double.isNaN(Roots.falsePosition(x -> Math.abs(x) < 1 ? Double.NaN : x, -3, -3, 2.5, 2.5, 1e-9)));
    }
}
