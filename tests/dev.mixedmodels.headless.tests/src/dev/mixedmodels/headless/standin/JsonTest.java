package dev.mixedmodels.headless.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mixedmodels.standin.settings.Json;

class JsonTest {

    @Test
    void everyKindOfValueIsRead() {
        assertEquals(Map.of("a", Arrays.asList(1L, -2.5e3, true, false, null), "b", Map.of(), "c", List.of(), "d",
            "\"\\/\b\f\n\r\t\u03b1é"),
            Json.parse(" {\"a\": [1, -2.5e3, true, false, null],\n\"b\": {}, \"c\" : [ ], "
                + "\"d\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u03b1é\"} "));
        assertEquals(12345678901234567890.0, Json.parse("12345678901234567890"));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        final String text = "{\"a\": [1, 2.5, true, null, \"x\\n\\\"\\\\\\u0001é\"], \"b\": {}, \"c\": []}";
        assertEquals(text, Json.write(Json.parse(text)));
        assertEquals("\"NaN\"", Json.write(Double.NaN));
    }

    record Mark(String name, double[] values, Kind kind, Mark inner) {
        /** Not a component, so not written. */
        public int size() {
            return values.length;
        }
    }

    enum Kind {
        FIRST
    }

    @Test
    void recordsAreObjectsOfTheirComponentsAsJacksonWritesThem() {
        assertEquals("{\"name\": \"a\", \"values\": [1.0, \"NaN\", \"-Infinity\"], \"kind\": \"FIRST\", "
            + "\"inner\": null}", Json.write(new Mark("a", new double[] {1, Double.NaN, Double.NEGATIVE_INFINITY},
                Kind.FIRST, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{a: 1}", "01", "1 2", "\"a", "\"\\x\"", "\"\\u12\"", "nul", "[1 2]", "'a'",
        "{\"a\": 1, \"a\": 2}", "\"\n\"", "+1", ".5"})
    void anythingElseIsRefused(final String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
    }

    @Test
    void theMessageNamesThePlace() {
        assertEquals("Not JSON: expected ']' at character 4 of: [1 2]",
            assertThrows(IllegalArgumentException.class, () -> Json.parse("[1 2]")).getMessage());
    }
}
