package dev.mixedmodels.knime.mixed;

import java.util.function.Predicate;

import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.ColumnChoices;
import org.knime.core.data.DataColumnSpec;

/** The columns that can be fixed effects: all but the response and the subject. */
public class BesideSubject extends ColumnChoices.Covariates {
    /** Numeric and nominal columns. */
    public BesideSubject() {
        // as the superclass has it
    }

    private BesideSubject(final Predicate<DataColumnSpec> included) {
        super(included);
    }

    @Override
    public void init(final StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
        leaveOut(initializer, FormulaMessage.ResponseReference.class);
        leaveOut(initializer, GuessedFields.SubjectReference.class);
    }

    /** The columns that can have random slopes: the numeric ones. */
    public static final class Numeric extends BesideSubject {
        /** Numeric columns. */
        public Numeric() {
            super(ColumnChecks::isNumeric);
        }
    }
}
