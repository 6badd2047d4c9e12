package dev.mixedmodels.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fingerprint of rows does not depend on their order and on nothing else less. */
class RowFingerprintTest {
    private static RowFingerprint of(final List<double[]> rows) {
        final RowFingerprint.Builder builder = new RowFingerprint.Builder();
        rows.forEach(row -> builder.add(row[0], "Row" + (int) row[1]));
        return builder.build();
    }

    private static List<double[]> rows() {
        final Random random = new Random(1);
        final List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(new double[] {random.nextInt(5), i});
        }
        return rows;
    }

    @Test
    void orderDoesNotMatter() {
        final List<double[]> shuffled = rows();
        Collections.shuffle(shuffled, new Random(2));
        assertArrayEquals(of(rows()).responses(), of(shuffled).responses());
        assertArrayEquals(of(rows()).ids(), of(shuffled).ids());
    }

    @Test
    void anotherResponseOrAnotherRowMatters() {
        final List<double[]> changed = rows();
        changed.set(17, new double[] {changed.get(17)[0] + Math.ulp(4.0), 17});
        assertFalse(Arrays.equals(of(rows()).responses(), of(changed).responses()));
        final List<double[]> without = rows();
        final double[] left = without.remove(0);
        without.add(left.clone());
        without.get(without.size() - 1)[1] = 5000; // the same response in another row
        assertArrayEquals(of(rows()).responses(), of(without).responses());
        assertFalse(Arrays.equals(of(rows()).ids(), of(without).ids()));
    }

    @Test
    void zerosAreTheSameWhateverTheirSign() {
        assertArrayEquals(of(List.of(new double[] {0.0, 1})).responses(), of(List.of(new double[] {-0.0, 1})).responses());
    }
}
