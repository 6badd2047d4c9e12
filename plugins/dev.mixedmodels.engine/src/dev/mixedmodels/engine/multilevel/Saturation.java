package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.frame.Rows;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.RandomGroup;

/**
 * Effects whose variance the data cannot show, for the fixed effects already give every unit a coefficient of its own:
 * the columns of the effect are combinations of those of X, and the restricted likelihood does not depend on the
 * variance.
 */
final class Saturation {
    /** What X leaves of the columns of an effect, relative to their squared length, that is rounding. */
    private static final double ROUNDING = 1e-9;

    private final MixedDesign mixed;
    private final Rows fitted;
    private final int p;

    private Saturation(final MixedDesign mixed) {
        this.mixed = mixed;
        fitted = mixed.design().rows().fitted();
        p = mixed.design().fixed().columns();
    }

    /**
     * @param mixed the design
     * @throws ModelException if an effect has no variation beside the fixed effects
     */
    static void check(final MixedDesign mixed) {
        final Saturation saturation = new Saturation(mixed);
        for (final RandomGroup group : mixed.groups()) {
            // more units than coefficients have more than X can explain
            for (int effect = 0; effect < group.effects() && group.factor().size() <= saturation.p; effect++) {
                if (saturation.leftOf(group, effect) <= ROUNDING) {
                    throw new ModelException("The fixed effects give every unit of \"" + group.name() + "\" ("
                        + group.factor().size() + ") a coefficient of its own, so that nothing of " + group.names().get(effect)
                        + " is left to vary at random and its variance is not determined. Leave out this level or slope, or "
                        + "fixed effects that differ between units only.");
                }
            }
        }
    }

    /** The share of the squared length of the effect's columns, one for each unit, that is orthogonal to X. */
    private double leftOf(final RandomGroup group, final int effect) {
        final double[][] products = new double[group.factor().size()][p]; // W'Z, W'W = N I, weighted
        final double[] w = new double[p];
        final double[] z = new double[group.effects()];
        double length = 0;
        for (int i = 0; i < fitted.size(); i++) {
            final int row = fitted.row(i);
            mixed.design().fixed().basisRow(row, w);
            group.row(row, z, 0);
            final double weighted = mixed.design().weights().of(row) * z[effect];
            length += weighted * z[effect];
            for (int c = 0; c < p; c++) {
                products[group.factor().code(row)][c] += w[c] * weighted;
            }
        }
        double explained = 0;
        for (final double[] unit : products) {
            for (final double x : unit) {
                explained += x * x / fitted.size();
            }
        }
        return 1 - explained / length;
    }
}
