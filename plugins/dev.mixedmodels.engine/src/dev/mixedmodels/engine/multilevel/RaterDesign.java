package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedModel;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.report.RaterCorrelations;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.List;

/**
 * The design of raters: two crossed factors with random intercepts about one mean, and one row for each pair of their
 * levels. Either factor may be what is rated.
 */
record RaterDesign(MixedDesign mixed, MixedModel model) {
    /** The correlations of a fit, none where its design is another. */
    static List<FitStatisticRow> correlations(final FittedModel fitted, final Progress progress) {
        final List<RandomGroup> groups = fitted.mixed().groups();
        final ModelDesign design = fitted.mixed().design();
        if (groups.size() != 2 || groups.stream().anyMatch(
            g -> g.effects() != 1 || !g.names().get(0).equals(RandomGroup.INTERCEPT))
            || !design.formula().fixed().intercept() || design.fixed().columns() != 1) {
            return List.of();
        }
        final RaterDesign raters = new RaterDesign(fitted.mixed(), fitted.fit().model());
        if (!raters.isComplete()) {
            return List.of();
        }
        return design.weights().equal() ? raters.correlations(groups.get(0).name(), groups.get(1).name(),
            fitted.settings().inference().confidence(), progress) : missing(groups);
    }

    private static List<FitStatisticRow> missing(final List<RandomGroup> groups) {
        return groups.stream().flatMap(target -> RaterCorrelations.TWO_WAY.stream()
            .map(name -> FitStatisticRow.of(Category.FIT,
            name + " " + target.name(), Double.NaN, "Of ratings: from mean squares, which know no weights of rows.")))
            .toList();
    }

    private boolean isComplete() {
        final long cells = (long) model.levels(0) * model.levels(1);
        return model.levels(0) > 1 && model.levels(1) > 1 && model.rows() == cells
            && model.products().pairs()[0][1].size() == cells;
    }

    /** Mean response of each level of a factor, less that of all rows. */
    private double[] means(final int k) {
        final double[] means = new double[model.levels(k)];
        final double[] zz = new double[1];
        final double[] zxy = new double[2];
        for (int unit = 0; unit < means.length; unit++) {
            model.unitProducts(k, unit, zz, zxy);
            // z is a constant here, and its square is in z'z once for each row
            means[unit] = model.coordinates().responseScale() * zxy[1] / Math.sqrt(zz[0] * model.counts(k)[unit]);
        }
        return means;
    }

    private List<FitStatisticRow> correlations(final String one, final String other, final double confidence,
        final Progress progress) {
        final int n = model.levels(0);
        final int k = model.levels(1);
        final double[] firstMeans = means(0);
        final double[] secondMeans = means(1);
        final double centre = model.coordinates().fixedOffset()[0];
        final double error = mixed.source().fold(new RaterError(mixed.reader(), firstMeans, secondMeans, centre),
            progress.quiet()).sumOfSquares() / ((n - 1.0) * (k - 1.0));
        final double ofFirst = k * scatter(firstMeans);
        final double ofSecond = n * scatter(secondMeans);
        if (!(error > 0)) {
            return List.of();
        }
        final List<FitStatisticRow> all =
            new ArrayList<>(RaterCorrelations.twoWay(one, other, n, k, ofFirst, ofSecond, error, confidence));
        all.addAll(RaterCorrelations.twoWay(other, one, k, n, ofSecond, ofFirst, error, confidence));
        return all;
    }

    private static double scatter(final double[] means) {
        double sum = 0;
        for (final double x : means) {
            sum += x * x / (means.length - 1);
        }
        return sum;
    }
}
