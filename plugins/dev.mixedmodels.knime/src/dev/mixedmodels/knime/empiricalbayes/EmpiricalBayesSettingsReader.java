package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.empiricalbayes.UnitModel;
import dev.mixedmodels.knime.formula.Formulas;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.mixed.FactorLevels;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.Objections;
import java.util.Locale;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;

/** From the fields of the dialog to the model of the engine, with all checks. */
final class EmpiricalBayesSettingsReader {
    private final EmpiricalBayesShrinkageParameters dialog;

    EmpiricalBayesSettingsReader(final EmpiricalBayesShrinkageParameters dialog) {
        this.dialog = dialog;
    }

    /** Checks what can be checked without a table. */
    void validate() throws InvalidSettingsException {
        FactorLevels.validate(dialog.referenceLevels);
        Objections.check(() -> UnitModel.check(dialog.values()));
    }

    /** The model; throws if the settings do not fit the table. */
    UnitModel model(final DataTableSpec spec) throws InvalidSettingsException {
        validate();
        ColumnChecks.requireGroupingOrNone(spec, dialog.unit, "unit", UnitParameters.UNIT);
        switch (dialog.family) {
            case GAUSSIAN -> checkEstimates(spec);
            case POISSON_GAMMA -> checkCounts(spec, dialog.count, UnitParameters.COUNT, dialog.exposure,
                UnitParameters.EXPOSURE);
            case BETA_BINOMIAL -> checkCounts(spec, dialog.successes, UnitParameters.SUCCESSES,
                dialog.trials, UnitParameters.TRIALS);
        }
        return Objections.of(() -> UnitModel.of(dialog.values()));
    }

    private static void requireNumeric(final DataTableSpec spec, final String column, final String title)
        throws InvalidSettingsException {
        ColumnChecks.requireNumeric(spec, column, title.toLowerCase(Locale.ROOT), title);
    }

    private void checkCounts(final DataTableSpec spec, final String events, final String eventsTitle,
        final String size, final String sizeTitle) throws InvalidSettingsException {
        requireNumeric(spec, events, eventsTitle);
        requireNumeric(spec, size, sizeTitle);
        ColumnChecks.requireDifferent(events, eventsTitle, size, sizeTitle);
        if (!dialog.frequency.isEmpty()) {
            requireNumeric(spec, dialog.frequency, UnitParameters.FREQUENCY);
            ColumnChecks.requireDifferent(events, eventsTitle, dialog.frequency, UnitParameters.FREQUENCY);
            ColumnChecks.requireDifferent(size, sizeTitle, dialog.frequency, UnitParameters.FREQUENCY);
        }
    }

    private void checkEstimates(final DataTableSpec spec) throws InvalidSettingsException {
        requireNumeric(spec, dialog.estimate, UnitParameters.ESTIMATE);
        FactorLevels.check(dialog.referenceLevels, spec, EmpiricalBayesShrinkageParameters.REFERENCE_LEVELS);
        if (!dialog.isFormula()) {
            for (final String column : dialog.covariates) {
                ColumnChecks.requireUsable(spec, column, "covariate", EmpiricalBayesShrinkageParameters.COVARIATES);
                ColumnChecks.requireDifferent(dialog.estimate, UnitParameters.ESTIMATE, column,
                    EmpiricalBayesShrinkageParameters.COVARIATES);
            }
        }
        checkPrecision(spec);
        if (dialog.isFormula()) {
            Formulas.requireColumns(Objections.of(() -> UnitColumns.parse(dialog.estimate, dialog.formula)), spec);
        }
    }

    private void checkPrecision(final DataTableSpec spec) throws InvalidSettingsException {
        final PrecisionMode from = dialog.precision();
        if (from == PrecisionMode.COMMON) {
            return;
        }
        final String precision = switch (from) {
            case POOLED -> dialog.count;
            case VARIANCE -> dialog.samplingVariance;
            default -> dialog.standardError;
        };
        final String title = switch (from) {
            case POOLED -> UnitParameters.COUNT;
            case VARIANCE -> UnitParameters.VARIANCE;
            default -> UnitParameters.STANDARD_ERROR;
        };
        if (precision.isEmpty() && from == PrecisionMode.COLUMN) {
            requireNoVariance(spec);
        }
        requireNumeric(spec, precision, title);
        ColumnChecks.requireDifferent(dialog.estimate, UnitParameters.ESTIMATE, precision, title);
    }

    /** Sampling variances are no standard errors, and are not taken for them. */
    private void requireNoVariance(final DataTableSpec spec) throws InvalidSettingsException {
        final String variance = Guesses.byNames(spec).columns().units(Guesses.taken(dialog.estimate)).variance();
        if (!variance.isEmpty()) {
            throw new InvalidSettingsException("No standard error column is chosen. The column \"" + variance
                + "\" looks like a sampling variance: choose it under \"" + UnitParameters.VARIANCE
                + "\", with \"A column of variances\" under \"" + PrecisionMode.TITLE + "\".");
        }
    }
}
