package dev.mixedmodels.engine.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NaturalOrderTest {
    private static final List<String> ORDERED = List.of("-100000000000000000000", "-12", "-2", "-0", "0", "01", "1",
        "9", "10", "100000000000000000000", "", " ", "-", "2a", "10a", "A2", "A10", "Week", "Week 02", "Week 2",
        "Week 2b", "Week 12", "Week 12.5", "a", "a 1 b 2", "a 1 b 10", "b", "b\n2", "ä", "\uD83D\uDE00");

    @Test
    void levelsStandInNaturalOrderWhateverTheOrderOfTheirArrival() {
        final List<String> shuffled = new ArrayList<>(ORDERED);
        final Random random = new Random(1);
        final Locale locale = Locale.getDefault();
        try {
            for (final Locale other : List.of(Locale.ROOT, new Locale("tr"), new Locale("da"))) {
                Locale.setDefault(other);
                Collections.shuffle(shuffled, random);
                shuffled.sort(NaturalOrder.INSTANCE);
                assertEquals(ORDERED, shuffled);
            }
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void theOrderIsTotal() {
        for (final String a : ORDERED) {
            for (final String b : ORDERED) {
                final int ab = Integer.signum(NaturalOrder.INSTANCE.compare(a, b));
                assertEquals(-ab, Integer.signum(NaturalOrder.INSTANCE.compare(b, a)));
                assertEquals(a.equals(b), ab == 0);
                for (final String c : ORDERED) {
                    if (ab < 0 && NaturalOrder.INSTANCE.compare(b, c) < 0) {
                        assertEquals(-1, Integer.signum(NaturalOrder.INSTANCE.compare(a, c)), a + ", " + b + ", " + c);
                    }
                }
            }
        }
    }
}
