package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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
        tree = LevelTree.of(fitted.fit().model());
        psi = fitted.parameters().parameters();
        covariance = fitted.parameters().parameterCovariance();
        place = new int[fitted.mixed().groups().size()];
        int at = 0;
        for (int k = 0; k < place.length; k++) {
            final RandomGroup group = fitted.mixed().groups().get(k);
            final int intercept = group.names().indexOf(RandomGroup.INTERCEPT);
            place[k] = -1;
            for (final int[] entry : group.structure().entries()) {
                if (entry[0] == intercept && entry[1] == intercept) {
                    place[k] = at;
                }
                at++;
            }
        }
    }

    /** The factors that have one. */
    private IntStream factors() {
        return withIntercept(IntStream.range(0, place.length).toArray());
    }

    private IntStream withIntercept(final int... of) {
        return Arrays.stream(of).filter(k -> place[k] >= 0);
    }

    private String name(final int k) {
        return "Intraclass Correlation " + fitted.mixed().groups().get(k).name();
    }

    List<String> names() {
        return factors().mapToObj(this::name).toList();
    }

    /** Those of other covariance parameters, in the order of the names. */
    double[] at(final double[] parameters) {
        return factors().mapToDouble(k -> shared(k, parameters) / total(parameters)).toArray();
    }

    private double total(final double[] parameters) {
        return parameters[parameters.length - 1] + factors().mapToDouble(k -> parameters[place[k]]).sum();
    }

    /** What two rows of a unit of a factor have in common. */
    private double shared(final int k, final double[] parameters) {
        return withIntercept(tree.shared(k)).mapToDouble(l -> parameters[place[l]]).sum();
    }

    List<FitStatisticRow> rows() {
        final List<FitStatisticRow> rows = new ArrayList<>();
        factors().forEach(k -> add(rows, k));
        return rows;
    }

    private void add(final List<FitStatisticRow> rows, final int k) {
        final double total = total(psi);
        final double icc = shared(k, psi) / total;
        final double[] gradient = new double[psi.length];
        gradient[psi.length - 1] = -icc / total;
        factors().forEach(l -> gradient[place[l]] = -icc / total);
        withIntercept(tree.shared(k)).forEach(l -> gradient[place[l]] += 1 / total);
        final double variance = Matrices.bilinear(covariance, gradient, gradient);
        final double half = Tail.normalQuantile((1 - fitted.settings().inference().confidence()) / 2)
            * Math.sqrt(variance) / (icc * (1 - icc));
        final double logit = Math.log(icc / (1 - icc));
        final boolean exists = icc > 0 && variance > 0;
        final double lower = exists ? 1 / (1 + Math.exp(half - logit)) : Double.NaN;
        final double upper = exists ? 1 / (1 + Math.exp(-half - logit)) : Double.NaN;
        final String name = name(k);
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
