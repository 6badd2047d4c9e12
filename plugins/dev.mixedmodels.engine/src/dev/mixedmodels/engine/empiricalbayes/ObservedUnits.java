package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.frame.Rows;

/**
 * The units of some rows that are observed.
 *
 * @param units all of them, in the coordinates of the fit
 * @param rows which are observed
 * @param conjugate these with a conjugate prior
 * @param model these with the prior that is asked for, which may be the same
 */
record ObservedUnits(Units units, Rows rows, CompoundModel conjugate, CompoundModel model) {
    static ObservedUnits of(final Units units, final EmpiricalBayesSettings settings) {
        final Rows rows = units.observed();
        final Units own = units.only(rows);
        final CompoundModel conjugate = settings.family() == Family.GAUSSIAN ? GaussianModel.of(own, settings)
            : CountModel.of(own, settings);
        return new ObservedUnits(units, rows, conjugate, settings.prior() == Prior.PARAMETRIC ? conjugate
            : NonparametricModel.of(own, conjugate, settings.family()));
    }

    /** Row of the mean's design of an observed unit. */
    double[] design(final int unit) {
        return units.mean().row(rows.row(unit));
    }
}
