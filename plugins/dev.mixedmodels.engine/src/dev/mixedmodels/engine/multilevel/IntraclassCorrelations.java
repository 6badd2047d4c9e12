package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Intraclass correlations of intercepts by level: for nested levels the correlation of two rows of the same unit, which
 * share the units around it as well; for crossed ones the share. Intervals are by Wald on the logit scale, with the
 * delta method.
 */
final class IntraclassCorrelations {
    private final FittedModel fitted;
    private final LevelTree tree;
    private final double[] psi;
    private final double[][] covariance;
    /** Position of each factor's intercept variance in psi, -1 if it has none. */
    private final int[] place;

    IntraclassCorrelations(final FittedModel fitted) {
        this.fitted = fitted;
        tree = LevelTree.of(fitted);
        psi = fitted.parameters().parameters();
        covariance = fitted.parameters().parameterCovariance();
        place = new int[fitted.mixed().groups().size()];
        int at = 0;
        for (int k = 0; k < place.length; k++) {
            final RandomGroup group = fitted.mixed().groups().get(k);
            final int intercept = group.names().indexOf(VarianceParts.INTERCEPT);
            place[k] = -1;
            for (final int[] entry : group.structure().entries()) {
                if (entry[0] == intercept && entry[1] == intercept) {
                    place[k] = at;
                }
                at++;
            }
        }
    }

    List<FitStatisticRow> rows() {
        final List<FitStatisticRow> rows = new ArrayList<>();
        for (int k = 0; k < place.length; k++) {
            if (place[k] >= 0) {
                add(rows, k);
            }
        }
        return rows;
    }

    private void add(final List<FitStatisticRow> rows, final int k) {
        final boolean[] above = new boolean[psi.length];
        for (final int l : tree.shared(k)) {
            if (place[l] >= 0) {
                above[place[l]] = true;
            }
        }
        double shared = 0;
        double total = psi[psi.length - 1];
        for (final int at : place) {
            total += at < 0 ? 0 : psi[at];
            shared += at >= 0 && above[at] ? psi[at] : 0;
        }
        final double icc = shared / total;
        final double[] gradient = new double[psi.length];
        gradient[psi.length - 1] = -icc / total;
        for (final int at : place) {
            if (at >= 0) {
                gradient[at] = (above[at] ? 1 : 0) / total - icc / total;
            }
        }
        double variance = 0;
        for (int a = 0; a < psi.length; a++) {
            for (int b = 0; b < psi.length; b++) {
                variance += gradient[a] * covariance[a][b] * gradient[b];
            }
        }
        final double half = Tail.normalQuantile((1 - fitted.settings().inference().confidence()) / 2)
            * Math.sqrt(variance) / (icc * (1 - icc));
        final double logit = Math.log(icc / (1 - icc));
        final boolean exists = icc > 0 && variance > 0;
        final double lower = exists ? 1 / (1 + Math.exp(half - logit)) : Double.NaN;
        final double upper = exists ? 1 / (1 + Math.exp(-half - logit)) : Double.NaN;
        final String group = fitted.mixed().groups().get(k).name();
        final String name = "Intraclass Correlation " + group;
        final boolean plain = fitted.mixed().groups().stream().allMatch(g -> g.effects() == 1);
        rows.add(FitStatisticRow.of(Category.FIT, name, icc, (tree.shared(k).length > 1
            ? "Correlation of two rows of the same unit, which share the units around it too."
            : "Correlation of two rows that have this unit in common and no other.")
            + (exists ? String.format(Locale.ROOT, " %s %% interval %.6g to %.6g (Wald on the logit scale).",
                Words.number(fitted.settings().inference().confidenceLevel()), lower, upper) : "")
            + (plain ? "" : " Where slope columns are 0.")));
        rows.add(FitStatisticRow.of(Category.FIT, name + " Lower Bound", lower, ""));
        rows.add(FitStatisticRow.of(Category.FIT, name + " Upper Bound", upper, ""));
    }
}
