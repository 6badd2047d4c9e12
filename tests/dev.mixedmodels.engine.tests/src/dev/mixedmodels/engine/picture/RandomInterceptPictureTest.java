package dev.mixedmodels.engine.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.oneway.FittedValues;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptFit;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.BlupRow;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the picture of Random Intercept ANOVA shows equals the tables and the data. */
class RandomInterceptPictureTest {
    private final TestData data = TestData.read("pastes_unbalanced");
    private final String[] groups = data.strings("batch");
    private final double[] y = data.numbers("strength");
    private final List<BlupRow> blups = new ArrayList<>();
    private final List<FittedRow> fitted = new ArrayList<>();
    private final RandomInterceptFit fit = fit();
    private final Picture picture = picture();

    private RandomInterceptFit fit() {
        final List<String> levels = new ArrayList<>(new TreeSet<>(Arrays.asList(groups)));
        final GroupStatistics statistics = new GroupStatistics();
        for (int i = 0; i < y.length; i++) {
            statistics.add(levels.indexOf(groups[i]), y[i]);
        }
        return RandomInterceptModel.fit(RandomInterceptSettings.of("strength", "batch", Method.REML),
            GroupedData.of(statistics, levels), Progress.NONE, new Warnings());
    }

    private Picture picture() {
        final RandomInterceptPicture made = new RandomInterceptPicture("strength", "batch");
        fit.tables().blups().forEach(blups::add);
        blups.forEach(made::add);
        final List<String> levels = new ArrayList<>(new TreeSet<>(Arrays.asList(groups)));
        final FittedValues values = fit.fittedValues().get();
        for (int i = 0; i < y.length; i++) {
            final FittedRow row = values.next(levels.indexOf(groups[i]), y[i], 1);
            fitted.add(row);
            made.add(row);
            assertTrue(made.observations().wants(groups[i]));
            made.observations().add(groups[i], y[i]);
        }
        return made.picture(fit.tables(), fit.profiles().get(), 0.95, List.of("a warning"));
    }

    private Chart chart(final String id) {
        return picture.charts().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    }

    private static double[] numbers(final Chart chart, final String heading) {
        return chart.columns().stream().filter(c -> c.heading().equals(heading)).findFirst().orElseThrow().numbers();
    }

    private static List<String> texts(final Chart chart, final String role) {
        return chart.columns().stream().filter(c -> c.role().equals(role)).findFirst().orElseThrow().texts();
    }

    @Test
    void caterpillarHoldsTheRawMeansOfTheDataAndTheCoefficientsOfTheTableInTheOrderOfSize() {
        final Chart chart = chart("caterpillar");
        blups.sort(Comparator.comparingDouble(BlupRow::blup));
        assertEquals(blups.stream().map(BlupRow::level).toList(), texts(chart, "level"));
        for (int g = 0; g < blups.size(); g++) {
            final BlupRow row = blups.get(g);
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += groups[i].equals(row.level()) ? y[i] : 0;
            }
            assertEquals(sum / row.n(), numbers(chart, "Raw mean")[g], 1e-7); // nine digits are kept
            assertEquals(row.coefficient(), numbers(chart, "Shrunken mean")[g], 1e-7);
            final double half = Tail.normalQuantile(0.025) * row.coefficientStdError();
            assertEquals(row.coefficient() - half, numbers(chart, "Lower Bound")[g], 1e-7);
            assertEquals(row.coefficient() + half, numbers(chart, "Upper Bound")[g], 1e-7);
        }
    }

    @Test
    void observationsAreAllRowsOfTheInput() {
        final double[] shown = numbers(chart("observations"), "strength");
        assertArrayEquals(Arrays.stream(y).sorted().toArray(), Arrays.stream(shown).sorted().toArray(), 1e-7);
        assertEquals("", chart("observations").shown());
    }

    @Test
    void sharesOfTheVarianceAddUp() {
        assertEquals(100, Arrays.stream(numbers(chart("variance"), "Share, %")).sum(), 1e-6);
        assertEquals(List.of("Between batch", "Residual (within)"), texts(chart("variance"), "series"));
    }

    @Test
    void profilesAreZeroAtTheEstimatesAndReachTheLimitAtTheBoundsOfTheTable() {
        final Chart chart = chart("profile");
        final double limit = chart.lines().get(0).y()[0];
        assertEquals(3.841458821, limit, 1e-8);
        for (final CovarianceParameterRow row : fit.tables().covarianceParameters()) {
            final double[] x = numbers(chart, "Variance");
            final double[] height = numbers(chart, "Increase of -2 log likelihood");
            for (int i = 0; i < x.length; i++) {
                if (texts(chart, "series").get(i).equals(row.group())) {
                    assertTrue(height[i] > -1e-7, () -> "below the minimum");
                    final boolean within = x[i] > row.lower() && x[i] < row.upper();
                    assertEquals(within, height[i] < limit, row.group() + " at " + x[i]);
                }
            }
        }
    }

    @Test
    void residualsAndTheirQuantilesAreThoseOfTheTable() {
        final double[] residuals = fitted.stream().mapToDouble(FittedRow::residual).sorted().toArray();
        assertArrayEquals(residuals, numbers(chart("residuals"), "Residual"), 1e-8);
        final Chart quantiles = chart("quantiles: residuals");
        final double[] normalized = fitted.stream().mapToDouble(FittedRow::normalized).sorted().toArray();
        assertArrayEquals(normalized, numbers(quantiles, "Normalized Residual"), 1e-8);
        for (int i = 0; i < y.length; i++) {
            assertEquals((i + 0.5) / y.length, 1 - Tail.normal(numbers(quantiles, "Normal quantile")[i]), 1e-8);
        }
    }

    @Test
    void overviewSaysWhatTheTablesSay() {
        final Overview overview = picture.overview();
        assertEquals("Variance of strength between and within the 10 levels of batch, " + y.length + " rows, by REML.",
            overview.sentence());
        assertEquals(List.of("a warning"), overview.concerns());
        assertEquals(fit.tables().fixedEffects().get(0).estimate(), overview.figures().get(0).value());
        final CovarianceParameterRow between = fit.tables().covarianceParameters().get(0);
        assertEquals(new Figure("Standard deviation between batch", between.stdDeviation(), Math.sqrt(between.lower()),
            Math.sqrt(between.upper()), ""), overview.figures().get(1));
        assertEquals(4, overview.figures().size());
    }
}
