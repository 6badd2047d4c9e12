package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.result.CovarianceEntryRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The table of covariance matrices. */
final class CovarianceMatrices {
    private static final int LARGEST_V = 12;
    private static final String RELATION = "Correlation of two rows";

    private final FittedModel fitted;
    private final Progress progress;
    private final LevelTree tree;
    private final List<RandomGroup> groups;
    private final List<CovarianceEntryRow> entries = new ArrayList<>();

    private CovarianceMatrices(final FittedModel fitted, final Progress progress) {
        this.fitted = fitted;
        tree = LevelTree.of(fitted.fit().model());
        this.progress = progress;
        groups = fitted.mixed().groups();
    }

    static List<CovarianceEntryRow> of(final FittedModel fitted, final Progress progress) {
        final CovarianceMatrices table = new CovarianceMatrices(fitted, progress);
        for (int k = 0; k < table.groups.size(); k++) {
            final RandomGroup group = table.groups.get(k);
            table.entries.addAll(CovarianceEntryRow.of("D", group.name(), group.names(), fitted.fit().covariance(k)));
        }
        table.marginal();
        table.relations();
        table.entries.addAll(CovarianceEntryRow.of("Fixed effects", "", fitted.mixed().design().fixed().names(),
            fitted.fixed().covariance()));
        table.entries.addAll(CovarianceEntryRow.of("Covariance parameters", "", parameterNames(table.groups),
            fitted.parameters().parameterCovariance()));
        return Collections.unmodifiableList(table.entries);
    }

    static List<String> parameterNames(final List<RandomGroup> groups) {
        final List<String> names = new ArrayList<>();
        for (final RandomGroup group : groups) {
            for (final int[] entry : group.structure().entries()) {
                names.add(group.name() + ": " + (entry[0] == entry[1] ? "Var(" + group.names().get(entry[0])
                    : "Cov(" + group.names().get(entry[1]) + ", " + group.names().get(entry[0])) + ")");
            }
        }
        names.add("Var(Residual)");
        return names;
    }

    /** V of the first rows of one unit of the outermost factor, spread over its inner units. */
    private void marginal() {
        final int outermost = outermost();
        final Factor factor = groups.get(outermost).factor();
        final int unit = shown(factor);
        final ShownRows rows = fitted.mixed().source().fold(new ShownRows(fitted.mixed().reader(), outermost, unit,
            LARGEST_V), progress.quiet());
        final double[][] v = new double[rows.size()][rows.size()];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j <= i; j++) {
                v[i][j] = covariance(rows, i, j);
                v[j][i] = v[i][j];
            }
        }
        entries.addAll(CovarianceEntryRow.of("V", factor.name() + " " + factor.level(unit),
            rows.names(fitted.mixed().source().rowNames()), v));
    }

    private int outermost() {
        int outermost = 0;
        for (int k = 1; k < groups.size(); k++) {
            outermost = tree.inside()[outermost][k] ? k : outermost;
        }
        return outermost;
    }

    private int shown(final Factor factor) {
        final String wanted = fitted.settings().tables().shown();
        if (wanted == null || wanted.isEmpty()) {
            return 0;
        }
        final int unit = factor.levels().indexOf(wanted);
        if (unit < 0) {
            throw new ModelException("V is to be shown for the unit \"" + wanted + "\", which does not occur among the "
                + "units of \"" + factor.name() + "\".");
        }
        return unit;
    }

    private double covariance(final ShownRows rows, final int row, final int other) {
        double sum = row == other ? fitted.fit().sigma2() / rows.weight(row) : 0;
        for (int k = 0; k < groups.size(); k++) {
            if (rows.unit(row, k) == rows.unit(other, k)) {
                sum += Matrices.bilinear(fitted.fit().covariance(k), rows.effects(row, k), rows.effects(other, k));
            }
        }
        return sum;
    }

    /**
     * Correlations of two rows of weight 1 that share a unit of a factor and those it lies within, at mean slope
     * columns.
     */
    private void relations() {
        final VarianceParts parts = VarianceParts.of(fitted);
        final double[] variance = new double[groups.size()];
        double total = fitted.fit().sigma2();
        for (int k = 0; k < variance.length; k++) {
            variance[k] = Matrices.bilinear(fitted.fit().covariance(k), parts.meanEffects()[k], parts.meanEffects()[k]);
            total += variance[k];
        }
        for (final int k : tree.innermostFirst()) {
            double shared = 0;
            for (final int l : tree.shared(k)) {
                shared += variance[l];
            }
            relation("Same " + groups.get(k).name() + (tree.nested() && innermost(k) ? "" : " only"), shared, total);
        }
        relation(tree.nested() ? "Different " + groups.get(outermost()).name() : "Nothing in common", 0, total);
    }

    private boolean innermost(final int k) {
        return tree.innermostFirst()[0] == k;
    }

    private void relation(final String name, final double shared, final double total) {
        entries.addAll(CovarianceEntryRow.of(RELATION, name, List.of("Row 1", "Row 2"),
            new double[][] {{total, shared}, {shared, total}}));
    }
}
