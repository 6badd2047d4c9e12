package dev.mixedmodels.engine.picture;

import dev.mixedmodels.engine.result.ProfileCurve;
import java.util.ArrayList;
import java.util.List;

/** Profiles of variances. */
final class ProfileChart {
    /** A curve is cut where it is so many times as high as the limit of the interval. */
    private static final double HIGHEST = 2.2;

    private ProfileChart() {
    }

    /** All profiles in one chart; the interval of each is where it stays below the line of the confidence level. */
    static List<Chart> of(final List<ProfileCurve> profiles, final double limit, final double confidence) {
        final List<String> series = new ArrayList<>();
        final List<Double> x = new ArrayList<>();
        final List<Double> y = new ArrayList<>();
        for (final ProfileCurve profile : profiles) {
            for (int i = 0; i < profile.values().length; i++) {
                if (profile.deviance()[i] <= HIGHEST * limit) {
                    series.add(profile.name());
                    x.add(profile.values()[i]);
                    y.add(profile.deviance()[i]);
                }
            }
        }
        if (x.isEmpty()) {
            return List.of();
        }
        final String level = Math.round(confidence * 1e6) / 1e4 + " %";
        return List.of(Chart.of(Topic.VARIANCES, "profile", "curves", "Profile of the variances")
            .caption("Increase of -2 log likelihood when a variance is held at another value. The values below the "
                + "dashed line are the " + level.replace(".0 ", " ") + " confidence interval; a lopsided curve is why "
                + "a standard error says little about a variance.")
            .x("Variance", Units.VARIANCE).y("Increase of -2 log likelihood", Units.PLAIN)
            .texts("series", "Variance of", series)
            .numbers("x", "Variance", Units.VARIANCE, x, Double::doubleValue)
            .numbers("y", "Increase of -2 log likelihood", Units.PLAIN, y, Double::doubleValue)
            .line(Line.horizontal("Limit of the interval", limit)).build());
    }
}
