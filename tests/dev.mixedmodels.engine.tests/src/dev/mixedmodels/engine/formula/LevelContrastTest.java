package dev.mixedmodels.engine.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.ModelException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelContrastTest {
    private static Map<String, Double> weights(final String text) {
        final List<LevelContrast> contrasts = LevelContrast.parse(text);
        assertEquals(1, contrasts.size());
        return contrasts.get(0).weights();
    }

    @Test
    void sumsOfLevels() {
        assertEquals(Map.of("A", 1.0, "B", -1.0), weights("A - B"));
        assertEquals(Map.of("A", 0.5, "B", 0.5, "C", -1.0), weights("(A + B)/2 - C"));
        assertEquals(Map.of("A", 0.25, "B", -1.5), weights("0.25 * A - B * 1.5"));
        assertEquals(Map.of("A", -2.0, "B", 2.0), weights("-2*(A - (B))"));
        assertEquals(Map.of("A", 2.0), weights("A + A"));
    }

    @Test
    void namesOfLevels() {
        assertEquals(Map.of("4", 1.0, "dose 5", -1.0), weights("`4` - `dose 5`"));
        assertEquals(Map.of("active:4", 1.0, "pbo:4", -1.0), weights("active:`4` - `pbo:4`"));
        assertEquals(Map.of("a;b", 1.0, "c`d", -1.0), weights("`a;b` - `c\\`d`"));
    }

    @Test
    void severalWithNames() {
        final List<LevelContrast> contrasts = LevelContrast.parse("`both against C` = (A + B)/2 - C;\n\n A-B ;`x y` = A\n");
        assertEquals(List.of("both against C", "A-B", "x y"), contrasts.stream().map(LevelContrast::name).toList());
        assertEquals(List.of(), LevelContrast.parse(" \n;"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"A - | at the end, after \"A -\"", "(A + B | at the end, after \"(A + B\"",
        "A * B | after \"A\" and before \"* B\"", "A / B | Levels are divided by numbers", "A / 0 | Levels are divided",
        "1 - 2 | It names no level", "A:4 | A level is expected. A level that is a number",
        "A + 1 | A number is added", "A - A | All levels have the weight 0",
        "A B | after \"A\" and before \"B\"", "A - drug? | The character '?' has no meaning in a contrast", "`A | never closed"})
    void errorsSayWhere(final String text, final String part) {
        final String message = assertThrows(ModelException.class, () -> LevelContrast.parse(text)).getMessage();
        assertTrue(message.startsWith("The contrast cannot be used."), message);
        assertTrue(message.contains(part), message);
    }
}
