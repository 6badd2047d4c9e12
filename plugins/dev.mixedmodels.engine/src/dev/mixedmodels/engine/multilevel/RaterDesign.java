package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.report.RaterCorrelations;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The design of raters: two crossed factors with random intercepts about one mean, and one row for each pair of their
 * levels. Either factor may be what is rated.
 */
record RaterDesign(ModelDesign design, Factor first, Factor second) {
    /** The correlations of a fit, none where its design is another. */
    static List<FitStatisticRow> correlations(final FittedModel fitted) {
        final List<RandomGroup> groups = fitted.mixed().groups();
        final ModelDesign design = fitted.mixed().design();
        if (groups.size() != 2 || groups.stream().anyMatch(
            g -> g.effects() != 1 || !g.names().get(0).equals(VarianceParts.INTERCEPT))
            || !design.formula().fixed().intercept() || design.fixed().columns() != 1) {
            return List.of();
        }
        final RaterDesign raters = new RaterDesign(design, groups.get(0).factor(), groups.get(1).factor());
        if (!raters.isComplete()) {
            return List.of();
        }
        return design.weights().equal() ? raters.correlations(groups.get(0).name(), groups.get(1).name(),
            fitted.settings().inference().confidence()) : missing(groups);
    }

    private static List<FitStatisticRow> missing(final List<RandomGroup> groups) {
        return groups.stream().flatMap(target -> RaterCorrelations.TWO_WAY.stream().map(name -> FitStatisticRow.of(Category.FIT,
            name + " " + target.name(), Double.NaN, "Of ratings: from mean squares, which know no weights of rows."))).toList();
    }

    private boolean isComplete() {
        final Rows rows = design.rows().fitted();
        final long cells = (long) first.size() * second.size();
        if (first.size() < 2 || second.size() < 2 || rows.size() != cells) {
            return false;
        }
        final BitSet seen = new BitSet();
        for (int i = 0; i < rows.size(); i++) {
            seen.set(first.code(rows.row(i)) * second.size() + second.code(rows.row(i)));
        }
        return seen.cardinality() == rows.size();
    }

    private List<FitStatisticRow> correlations(final String one, final String other, final double confidence) {
        final Rows rows = design.rows().fitted();
        final int n = first.size();
        final int k = second.size();
        final double[] cells = new double[n * k]; // in the order of levels, whatever that of the rows
        for (int i = 0; i < rows.size(); i++) {
            cells[first.code(rows.row(i)) * k + second.code(rows.row(i))] = design.response(rows.row(i));
        }
        final double shift = cells[0];
        final double[] firstMeans = new double[n];
        final double[] secondMeans = new double[k];
        double mean = 0;
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] -= shift;
            firstMeans[cell / k] += cells[cell] / k;
            secondMeans[cell % k] += cells[cell] / n;
            mean += cells[cell] / cells.length;
        }
        double error = 0;
        for (int cell = 0; cell < cells.length; cell++) {
            final double rest = cells[cell] - firstMeans[cell / k] - (secondMeans[cell % k] - mean);
            error += rest * rest / ((n - 1.0) * (k - 1.0));
        }
        final double ofFirst = k * scatter(firstMeans, mean);
        final double ofSecond = n * scatter(secondMeans, mean);
        if (!(error > 0)) {
            return List.of();
        }
        final List<FitStatisticRow> all =
            new ArrayList<>(RaterCorrelations.twoWay(one, other, n, k, ofFirst, ofSecond, error, confidence));
        all.addAll(RaterCorrelations.twoWay(other, one, k, n, ofSecond, ofFirst, error, confidence));
        return all;
    }

    private static double scatter(final double[] means, final double mean) {
        double sum = 0;
        for (final double x : means) {
            sum += (x - mean) * (x - mean) / (means.length - 1);
        }
        return sum;
    }
}
