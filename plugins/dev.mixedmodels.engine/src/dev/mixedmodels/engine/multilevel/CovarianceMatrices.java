package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.Factor;
import dev.mixedmodels.engine.frame.Rows;
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
    private final LevelTree tree;
    private final List<RandomGroup> groups;
    private final List<CovarianceEntryRow> entries = new ArrayList<>();

    private CovarianceMatrices(final FittedModel fitted) {
        this.fitted = fitted;
        tree = LevelTree.of(fitted);
        groups = fitted.mixed().groups();
    }

    static List<CovarianceEntryRow> of(final FittedModel fitted) {
        final CovarianceMatrices table = new CovarianceMatrices(fitted);
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
        final int[] rows = rowsOf(factor, unit);
        final double[][] v = new double[rows.length][rows.length];
        final List<String> names = List.of(fitted.mixed().design().rows().frame().rowNames().of(rows));
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                v[i][j] = covariance(rows[i], rows[j]);
                v[j][i] = v[i][j];
            }
        }
        entries.addAll(CovarianceEntryRow.of("V", factor.name() + " " + factor.level(unit), names, v));
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

    private int[] rowsOf(final Factor factor, final int unit) {
        final Rows fittedRows = fitted.mixed().design().rows().fitted();
        final int[] found = new int[LARGEST_V];
        int count = 0;
        for (int i = 0; i < fittedRows.size() && count < LARGEST_V; i++) {
            if (factor.code(fittedRows.row(i)) == unit) {
                found[count++] = fittedRows.row(i);
            }
        }
        return java.util.Arrays.copyOf(found, count);
    }

    private double covariance(final int row, final int other) {
        double sum = row == other ? fitted.fit().sigma2() / fitted.mixed().design().weights().of(row) : 0;
        for (int k = 0; k < groups.size(); k++) {
            if (groups.get(k).factor().code(row) == groups.get(k).factor().code(other)) {
                final int q = groups.get(k).effects();
                final double[] z = new double[q];
                final double[] y = new double[q];
                groups.get(k).row(row, z, 0);
                groups.get(k).row(other, y, 0);
                sum += Matrices.bilinear(fitted.fit().covariance(k), z, y);
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
