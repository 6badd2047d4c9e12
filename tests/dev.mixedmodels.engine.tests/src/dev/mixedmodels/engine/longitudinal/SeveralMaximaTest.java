package dev.mixedmodels.engine.longitudinal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Few rows, whose restricted likelihood has one maximum with both variances and a larger one without one of them. */
class SeveralMaximaTest {
    private static final String FORMULA = "y ~ x + arm + time + (time || subject)";
    /** Subject, time, x, arm, y. */
    private static final String ROWS = "7,2,1,A,0.747101 1,1,1,A,2.911129 1,4,0,A,2.501579 10,0,1,A,2.881554 "
        + "9,3,1,C,6.396745 1,2,2,A,2.783659 3,1,0,C,2.053148 2,3,0,B,3.256254 11,3,0,B,2.778278 5,2,1,B,4.493298 "
        + "2,1,2,B,4.892038 3,4,2,C,2.346160 10,3,0,A,4.428561 6,1,0,C,-0.500600 3,3,1,C,1.653984 4,1,0,A,4.150418 "
        + "6,1,1,C,0.199373 2,2,1,B,5.007086";
    /** lme4's, to the digits that its optimiser leaves: the variance of the intercept is 0. */
    private static final double CRITERION = 54.403570322126;
    private static final double SLOPE = 1.0769528;

    @Test
    void theLargerOneIsFoundWhereAVarianceIsZero() {
        final List<Growth.Row> rows = Stream.of(ROWS.split(" ")).map(row -> row.split(",")).map(row -> new Growth.Row(
            Double.parseDouble(row[4]), Double.parseDouble(row[1]), Double.parseDouble(row[2]), row[3], row[0])).toList();
        final LongitudinalFit fit = Growth.fit(Growth.settings(FORMULA), rows);
        assertEquals(CRITERION, fit.criterion(), 1e-9);
        assertEquals(0, FitFigures.covarianceParameters(fit)[0]);
        assertEquals(SLOPE, FitFigures.covarianceParameters(fit)[1], 1e-6);
    }
}
