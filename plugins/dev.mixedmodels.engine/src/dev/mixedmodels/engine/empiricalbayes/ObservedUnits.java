package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;

/**
 * The units of a table that are observed.
 *
 * @param units all of them, in the coordinates of the fit
 * @param rows which are observed, rising
 * @param conjugate these with a conjugate prior
 * @param model these with the prior that is asked for, which may be the same
 */
record ObservedUnits(Units units, int[] rows, CompoundModel conjugate, CompoundModel model) {
    static ObservedUnits of(final Units units, final EmpiricalBayesSettings settings) {
        final int[] rows = units.observed();
        final CompoundModel conjugate = settings.family() == Family.GAUSSIAN ? GaussianModel.of(units, rows, settings)
            : CountModel.of(units, rows, settings);
        return new ObservedUnits(units, rows, conjugate, settings.prior() == Prior.PARAMETRIC ? conjugate
            : NonparametricModel.of(units, rows, conjugate, settings.family()));
    }

    /** Row of the mean's design of an observed unit. */
    double[] design(final int unit) {
        return units.mean().row(rows[unit]);
    }
}
