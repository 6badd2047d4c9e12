package dev.mixedmodels.engine.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.picture.RowSample.Ranked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSampleTest {
    private static final int MANY = 200_000;
    private static final int DRAWN = 2_000;
    private static final int ENDS = 100;

    private static RowSample<Integer> of(final List<Integer> rows) {
        final RowSample<Integer> sample = new RowSample<>(Integer::doubleValue, null);
        rows.forEach(sample::add);
        return sample;
    }

    private static List<Integer> shuffled(final int rows) {
        final List<Integer> values = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
        Collections.shuffle(values, new Random(7));
        return values;
    }

    private static List<Integer> drawn(final RowSample<Integer> sample) {
        return sample.thinned(DRAWN).stream().map(Ranked::row).toList();
    }

    @Test
    void fewRowsAreAllDrawnInTheOrderOfTheirKeysWithTheirExactRanks() {
        final List<Ranked<Integer>> drawn = of(shuffled(50)).thinned(DRAWN);
        for (int i = 0; i < 50; i++) {
            assertEquals(new Ranked<>(i, (i + 0.5) / 50), drawn.get(i));
        }
        assertEquals(50, drawn.size());
    }

    @Test
    void ofRowsThatAreAllKeptTheExtremesAreDrawnAndTheRestEvenlyOverTheRanks() {
        final List<Integer> drawn = drawn(of(shuffled(12_000)));
        assertEquals(DRAWN, drawn.size());
        assertEquals(IntStream.range(0, ENDS).boxed().toList(), drawn.subList(0, ENDS));
        assertEquals(IntStream.range(12_000 - ENDS, 12_000).boxed().toList(), drawn.subList(DRAWN - ENDS, DRAWN));
        for (int i = ENDS; i < DRAWN - ENDS; i++) {
            final double even = ENDS + (i - ENDS + 0.5) * (12_000 - 2 * ENDS) / (DRAWN - 2 * ENDS);
            assertEquals(even, drawn.get(i), 1);
        }
    }

    @Test
    void ofManyRowsTheExtremesAreExactAndTheRanksOfTheOthersNearlySoInAnyOrder() {
        final List<Integer> ascending = IntStream.range(0, MANY).boxed().toList();
        final List<Integer> descending = IntStream.range(0, MANY).map(i -> MANY - 1 - i).boxed().toList();
        for (final List<Integer> rows : List.of(shuffled(MANY), ascending, descending)) {
            final RowSample<Integer> sample = of(rows);
            final List<Ranked<Integer>> drawn = sample.thinned(DRAWN);
            assertEquals(MANY, sample.count());
            assertEquals(DRAWN, drawn.size());
            for (int i = 0; i < ENDS; i++) {
                assertEquals(new Ranked<>(i, (i + 0.5) / MANY), drawn.get(i));
                assertEquals(new Ranked<>(MANY - ENDS + i, (MANY - ENDS + i + 0.5) / MANY),
                    drawn.get(DRAWN - ENDS + i));
            }
            // at least 6,000 rows are kept by chance: four standard errors of a share are 2 / sqrt(6,000)
            for (final Ranked<Integer> row : drawn) {
                assertEquals((row.row() + 0.5) / MANY, row.probability(), 0.0259);
            }
        }
    }

    @Test
    void memoryIsBounded() {
        assertTrue(of(IntStream.range(0, MANY).boxed().toList()).kept().size() <= 12_200);
    }

    @Test
    void samplesOfTheSameThingsKeepTheSameThings() {
        final RowSample<Integer> one = new RowSample<>(i -> i, i -> i, 100);
        final RowSample<Integer> other = new RowSample<>(i -> (i * 7919L) % 5000, i -> i, 100);
        for (int i = 0; i < 5000; i++) {
            one.add(i);
            other.add(4999 - i);
        }
        final List<Integer> both = new ArrayList<>(one.kept());
        both.retainAll(other.kept());
        assertTrue(both.size() >= 100, () -> both.size() + " of " + one.kept().size());
    }

    @Test
    void rowsWithoutAKeyArePassedOver() {
        final RowSample<Double> sample = new RowSample<>(v -> v, null);
        sample.add(Double.NaN);
        sample.add(1.0);
        assertEquals(1, sample.count());
        assertEquals(List.of(1.0), sample.kept());
    }
}
