package dev.mixedmodels.knime.mixed;

import dev.mixedmodels.knime.settings.ColumnChoices;

/** The columns that can be fixed effects: all but the response and the subject. */
public final class BesideSubject extends ColumnChoices.Covariates {
    @Override
    public void init(final StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
        leaveOut(initializer, FormulaMessage.ResponseReference.class);
        leaveOut(initializer, GuessedFields.SubjectReference.class);
    }
}
