package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedModel;
import dev.mixedmodels.engine.likelihood.RandomGroup;

/**
 * Effects whose variance the data cannot show, for the fixed effects already give every unit a coefficient of its own:
 * the columns of the effect are combinations of those of X, and the restricted likelihood does not depend on the
 * variance.
 */
final class Saturation {
    /** What X leaves of the columns of an effect, relative to their squared length, that is rounding. */
    private static final double ROUNDING = 1e-9;

    private Saturation() {
    }

    /**
     * @param mixed the design
     * @param model its model
     * @throws ModelException if an effect has no variation beside the fixed effects
     */
    static void check(final MixedDesign mixed, final MixedModel model) {
        for (int k = 0; k < model.factors(); k++) {
            final RandomGroup group = mixed.groups().get(k);
            // more units than coefficients have more than X can explain
            for (int effect = 0; effect < group.effects()
                && model.levels(k) <= mixed.design().fixed().columns(); effect++) {
                if (leftOf(model, k, effect) <= ROUNDING) {
                    throw new ModelException("The fixed effects give every unit of \"" + group.name() + "\" ("
                        + model.levels(k) + ") a coefficient of its own, so that nothing of "
                        + group.names().get(effect) + " is left to vary at random and its variance is not "
                        + "determined. Leave out this level or slope, or fixed effects that differ between units only.");
                }
            }
        }
    }

    /** The share of the squared length of the effect's columns, one for each unit, that is orthogonal to X. */
    private static double leftOf(final MixedModel model, final int k, final int effect) {
        final int q = model.coordinates().effects()[k];
        final int p1 = model.coordinates().fixedEffects() + 1;
        final double[] back = model.coordinates().columnsBack(k);
        final double[] zz = new double[q * q];
        final double[] zxy = new double[q * p1];
        double length = 0;
        double explained = 0;
        for (int unit = 0; unit < model.levels(k); unit++) {
            model.unitProducts(k, unit, zz, zxy);
            for (int a = 0; a < q; a++) {
                for (int b = 0; b < q; b++) {
                    length += back[a * q + effect] * zz[a * q + b] * back[b * q + effect];
                }
            }
            for (int c = 0; c < p1 - 1; c++) { // W'z, W'W = N I, weighted
                double product = 0;
                for (int a = 0; a < q; a++) {
                    product += back[a * q + effect] * zxy[a * p1 + c];
                }
                explained += product * product / model.rows();
            }
        }
        return 1 - explained / length;
    }
}
