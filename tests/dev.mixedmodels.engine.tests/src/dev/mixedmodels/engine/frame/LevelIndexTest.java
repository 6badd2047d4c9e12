package dev.mixedmodels.engine.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LevelIndexTest {
    @Test
    void textsAreNumberedAsTheyAppearAndOrderedNaturally() {
        final LevelIndex index = new LevelIndex();
        for (final String level : List.of("Week 12", "Week 2", " ", "Week 12", "")) {
            index.add(level);
        }
        assertEquals(List.of("Week 12", "Week 2", " ", ""), index.names());
        assertArrayEquals(new int[] {3, 2, 1, 0}, index.order());
        assertEquals(1, index.find("Week 2"));
        assertEquals(-1, index.find("Week 3"));
    }

    @Test
    void wholeNumbersAreOrderedByValue() {
        final LevelIndex index = new LevelIndex();
        for (int i = 0; i < 1000; i++) { // more than the smallest table holds
            assertEquals(i, index.add(500L - i));
        }
        assertEquals(0, index.add(500));
        assertEquals("-499", index.names().get(999));
        assertEquals(999, index.order()[0]);
        assertEquals(10, index.find(490));
        assertEquals(-1, index.find(501));
    }
}
