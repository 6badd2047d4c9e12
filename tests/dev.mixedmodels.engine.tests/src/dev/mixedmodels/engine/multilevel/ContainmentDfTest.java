package dev.mixedmodels.engine.multilevel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Containment degrees of freedom in the tables. With one random intercept a subject and balanced rows they are those of
 * nlme's lme, whose inner and outer terms are then the same: 25 of Sex, 79 of age and Sex:age in Orthodont.
 */
class ContainmentDfTest {
    private static final Frame GROWTH = Fits.frame("orthodont");

    @ParameterizedTest
    @EnumSource(Coding.class)
    void tablesGoByTermWhateverTheCoding(final Coding coding) {
        final var fit = Fits.fit("distance ~ Sex * age + (1 | Subject)", GROWTH, Fits.df(DfMethod.CONTAINMENT),
            DesignOptions.DEFAULT.withCoding(coding), new Warnings());
        assertEquals(List.of(25.0, 25.0, 79.0, 79.0),
            fit.tables().fixedEffects().stream().map(FixedEffectRow::df).toList());
        assertEquals(25, Fits.statistic(fit, "Fixed Sex").denDf());
        assertEquals(79, Fits.statistic(fit, "Fixed Sex:age").denDf());
        for (final MeansRow row : fit.tables().means()) {
            assertEquals(25, row.df(), row.toString()); // at the mean age: needs Sex, age and both
        }
    }

    /** Functions of the coefficients, from a model that is kept too: the slope of one sex needs age and Sex:age only. */
    @ParameterizedTest
    @EnumSource(Coding.class)
    void contrastsHaveTheSmallestOfTheTermsThatTheyNeed(final Coding coding) {
        final var fit = Fits.fit("distance ~ Sex * factor(age) + (1 | Subject)", GROWTH, Fits.df(DfMethod.CONTAINMENT),
            DesignOptions.DEFAULT.withCoding(coding), new Warnings());
        final FixedInference stored = fit.model().get().fixedInference();
        final double[][] code = switch (coding) {
            case TREATMENT -> new double[][] {{0}, {1}};
            case SUM -> new double[][] {{1}, {-1}};
            case HELMERT -> new double[][] {{-1}, {1}};
        };
        final double[][] age = ages(coding);
        assertEquals(25, stored.df(mean(code[0], average(age))), "mean of a sex");
        assertEquals(25, stored.df(minus(mean(code[0], average(age)), mean(code[1], average(age)))), "difference of sexes");
        assertEquals(79 - 2 * 2, stored.df(mean(average(code), age[0])), "mean of an age");
        assertEquals(79 - 2 * 2, stored.df(minus(mean(code[1], age[0]), mean(code[1], age[3]))), "difference within a sex");
        assertEquals(25, stored.df(mean(average(code), average(age))), "mean of all");
        assertEquals(25, stored.df(mean(code[1], age[2])), "a cell");
    }

    private static double[][] ages(final Coding coding) {
        final double[][] age = new double[4][3];
        for (int level = 0; level < 4; level++) {
            for (int c = 0; c < 3; c++) {
                age[level][c] = switch (coding) {
                    case TREATMENT -> level == c + 1 ? 1 : 0;
                    case SUM -> level == 3 ? -1 : level == c ? 1 : 0;
                    case HELMERT -> level > c + 1 ? 0 : level == c + 1 ? c + 1 : -1;
                };
            }
        }
        return age;
    }

    private static double[] average(final double[][] rows) {
        final double[] average = new double[rows[0].length];
        for (final double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                average[j] += row[j] / rows.length;
            }
        }
        return average;
    }

    /** Coefficients of (Intercept), Sex, age and Sex:age. */
    private static double[] mean(final double[] sex, final double[] age) {
        return new double[] {1, sex[0], age[0], age[1], age[2], sex[0] * age[0], sex[0] * age[1], sex[0] * age[2]};
    }

    private static double[] minus(final double[] a, final double[] b) {
        final double[] difference = a.clone();
        for (int j = 0; j < b.length; j++) {
            difference[j] -= b[j];
        }
        return difference;
    }
}
