package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.guess.UnitGuesses;
import java.util.Set;

/** Fills in the columns that nobody has chosen. */
final class EmpiricalBayesGuess {
    private final EmpiricalBayesShrinkageParameters dialog;
    private final Guesses guesses;
    private final Set<String> chosen;

    EmpiricalBayesGuess(final EmpiricalBayesShrinkageParameters dialog, final Guesses guesses) {
        this.dialog = dialog;
        this.guesses = guesses;
        chosen = Guesses.taken(dialog.estimate, dialog.standardError, dialog.samplingVariance, dialog.count,
            dialog.exposure, dialog.successes, dialog.trials);
    }

    void fill() {
        dialog.unit = guesses.column(UnitParameters.UNIT, dialog.unit,
            () -> guesses.columns().units(chosen).unit());
        chosen.addAll(Guesses.taken(dialog.unit));
        final UnitGuesses columns = guesses.columns().units(chosen);
        switch (dialog.family) {
            case GAUSSIAN -> estimates(columns);
            case POISSON_GAMMA -> {
                dialog.exposure =
                    guesses.column(UnitParameters.EXPOSURE, dialog.exposure, columns::exposure);
                count(columns, dialog.exposure);
            }
            case BETA_BINOMIAL -> {
                dialog.trials =
                    guesses.column(UnitParameters.TRIALS, dialog.trials, columns::trials);
                dialog.successes = guesses.column(UnitParameters.SUCCESSES, dialog.successes,
                    () -> columns.successes(dialog.trials));
            }
        }
    }

    private void count(final UnitGuesses columns, final String exposure) {
        dialog.count = guesses.column(UnitParameters.COUNT, dialog.count,
            () -> columns.count(exposure));
    }

    private void estimates(final UnitGuesses columns) {
        if (isOpen() && columns.standardError().isEmpty() && !columns.variance().isEmpty()) {
            variance(columns);
            dialog.standardError = "";
        }
        switch (dialog.precision()) {
            case VARIANCE -> variance(columns);
            case POOLED -> count(columns, "");
            case COMMON -> {
                // a number
            }
            default -> dialog.standardError = guesses.column(UnitParameters.STANDARD_ERROR,
                dialog.standardError, columns::standardError);
        }
        chosen.addAll(Guesses.taken(dialog.standardError, dialog.samplingVariance, dialog.count));
        dialog.estimate = guesses.column(UnitParameters.ESTIMATE, dialog.estimate,
            () -> guesses.columns().units(chosen).estimate());
    }

    private void variance(final UnitGuesses columns) {
        dialog.samplingVariance = guesses.column(UnitParameters.VARIANCE, dialog.samplingVariance,
            columns::variance);
    }

    /** Whether nobody has said where the standard errors come from. */
    private boolean isOpen() {
        return dialog.precision() == PrecisionMode.COLUMN && dialog.precision != PrecisionMode.COLUMN
            && dialog.standardError == null && dialog.samplingVariance == null;
    }
}
