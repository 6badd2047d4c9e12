package dev.mixedmodels.engine.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DoubleDoubleTest {
    @Test
    void sumsOfProductsEqualExactArithmetic() {
        final Random random = new Random(3);
        final DoubleDouble sum = new DoubleDouble();
        final DoubleDouble half = new DoubleDouble();
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < 2000; i++) {
            final double x = 1e12 + random.nextGaussian();
            final double y = random.nextGaussian();
            (i % 2 == 0 ? sum : half).addProduct(x, y);
            exact = exact.add(new BigDecimal(x).multiply(new BigDecimal(y)));
        }
        sum.add(half);
        assertEquals(exact.doubleValue(), sum.value()); // 106 bits: correctly rounded but for rare ties
    }

    @Test
    void cancelledLeadingDigitsDoNotTakeTheRestWithThem() {
        final DoubleDouble sum = new DoubleDouble();
        sum.add(1e16);
        sum.add(1);
        sum.add(-1e16);
        assertEquals(1.0, sum.value());
    }
}
