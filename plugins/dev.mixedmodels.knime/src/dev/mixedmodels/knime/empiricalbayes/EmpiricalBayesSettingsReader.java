package dev.mixedmodels.knime.empiricalbayes;

import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.design.Coding;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Display;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Intervals;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.empiricalbayes.PriorEstimator;
import dev.mixedmodels.engine.empiricalbayes.Family;
import dev.mixedmodels.engine.empiricalbayes.MarginalSource;
import dev.mixedmodels.engine.empiricalbayes.PosteriorVariance;
import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.LevelOrder;
import dev.mixedmodels.engine.frame.MissingValues;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.knime.formula.Formulas;
import dev.mixedmodels.knime.guess.Guesses;
import dev.mixedmodels.knime.mixed.FactorLevels;
import dev.mixedmodels.knime.settings.ColumnChecks;
import dev.mixedmodels.knime.settings.Confidence;
import dev.mixedmodels.knime.settings.ModelSpecificationMode;
import dev.mixedmodels.knime.settings.Objections;
import dev.mixedmodels.knime.settings.OptionalNumber;
import dev.mixedmodels.knime.settings.ReferenceLevel;
import java.util.List;
import java.util.Locale;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;

/** From the fields of the dialog to the settings and columns of the engine, with all checks. */
final class EmpiricalBayesSettingsReader {
    private final EmpiricalBayesShrinkageParameters dialog;

    EmpiricalBayesSettingsReader(final EmpiricalBayesShrinkageParameters dialog) {
        this.dialog = dialog;
    }

    /** Checks what can be checked without a table. */
    void validate() throws InvalidSettingsException {
        settings();
        FactorLevels.validate(dialog.referenceLevels);
        if (dialog.family == FamilyMode.GAUSSIAN) {
            notNegative(dialog.commonStandardError, UnitParameters.COMMON);
            notNegative(dialog.pooledVariance, UnitParameters.POOLED);
            positive(dialog.commonStandardError, PrecisionMode.COMMON, UnitParameters.COMMON);
            positive(dialog.pooledVariance, PrecisionMode.POOLED, UnitParameters.POOLED);
            if (dialog.isFormula()) {
                mean("y");
            }
        } else if (dialog.isFormula() ? !dialog.formula.isBlank() : dialog.covariates.length > 0) {
            throw new InvalidSettingsException("Covariates are for the kind of data \"" + Family.GAUSSIAN
                + "\", and the kind of data is \"" + Family.valueOf(dialog.family.name()) + "\". Remove them under \""
                + (dialog.isFormula() ? ModelSpecificationMode.FORMULA_TITLE
                    : EmpiricalBayesShrinkageParameters.COVARIATES)
                + "\".");
        }
    }

    /** The formula of the prior mean of a column of estimates. */
    private Formula mean(final String observed) throws InvalidSettingsException {
        if (dialog.formula.isBlank()) {
            throw new InvalidSettingsException("The formula of the prior mean is empty. Write one under \""
                + ModelSpecificationMode.FORMULA_TITLE + "\", such as x1 * x2, or set \""
                + EmpiricalBayesShrinkageParameters.MEAN_FROM + "\" to Columns.");
        }
        return Objections.of(() -> UnitColumns.parse(observed, dialog.formula));
    }

    private static void notNegative(final double value, final String title) throws InvalidSettingsException {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw new InvalidSettingsException("\"" + title + "\" is " + Words.number(value) + " and must be a "
                + "positive number, or 0 if it is not used.");
        }
    }

    private void positive(final double value, final PrecisionMode mode, final String title)
        throws InvalidSettingsException {
        if (dialog.precision() == mode && !(value > 0)) {
            throw new InvalidSettingsException("\"" + title + "\" is " + Words.number(value) + " and must be a positive"
                + " number. Write one, or choose another way under \"" + PrecisionMode.TITLE + "\".");
        }
    }

    /** The settings for the engine. */
    EmpiricalBayesSettings settings() throws InvalidSettingsException {
        final EmpiricalBayesSettings.Builder settings =
            EmpiricalBayesSettings.builder(Family.valueOf(dialog.family.name()))
                .prior(Prior.valueOf(dialog.prior.name())).estimator(PriorEstimator.valueOf(dialog.estimator.name()))
                .posteriorVariance(PosteriorVariance.valueOf(dialog.posteriorVariance.name()))
                .dfMethod(DfMethod.valueOf(dialog.dfMethod.name()))
                .intervals(Intervals.valueOf(dialog.varianceIntervals.name()))
                .confidence(Confidence.probability(dialog.confidenceLevel))
                .threshold(OptionalNumber.parse(dialog.threshold, EmpiricalBayesShrinkageParameters.THRESHOLD))
                .ranks(dialog.ranks).display(Display.valueOf(dialog.display.name()), dialog.ratePer)
                .simulation(dialog.seed, dialog.replicates)
                .marginal(MarginalSource.valueOf(dialog.marginalEstimates.name()));
        if (dialog.estimator == EstimatorMode.GIVEN) {
            settings.given(OptionalNumber.parse(dialog.givenTau2, EmpiricalBayesShrinkageParameters.GIVEN_TAU2),
                OptionalNumber.parse(dialog.givenMean, EmpiricalBayesShrinkageParameters.GIVEN_MEAN));
        }
        return Objections.of(settings::build);
    }

    /** Which columns tell what; throws if they do not fit the table. */
    UnitColumns columns(final DataTableSpec spec) throws InvalidSettingsException {
        validate();
        ColumnChecks.requireGroupingOrNone(spec, dialog.unit, "unit", UnitParameters.UNIT);
        return switch (dialog.family) {
            case GAUSSIAN -> gaussian(spec);
            case POISSON_GAMMA -> counts(spec, dialog.count, UnitParameters.COUNT, dialog.exposure,
                UnitParameters.EXPOSURE);
            case BETA_BINOMIAL -> counts(spec, dialog.successes, UnitParameters.SUCCESSES,
                dialog.trials, UnitParameters.TRIALS);
        };
    }

    private String unit() {
        return dialog.unit.isEmpty() ? null : dialog.unit;
    }

    private static void requireNumeric(final DataTableSpec spec, final String column, final String title)
        throws InvalidSettingsException {
        ColumnChecks.requireNumeric(spec, column, title.toLowerCase(Locale.ROOT), title);
    }

    private UnitColumns counts(final DataTableSpec spec, final String events, final String eventsTitle,
        final String size, final String sizeTitle) throws InvalidSettingsException {
        requireNumeric(spec, events, eventsTitle);
        requireNumeric(spec, size, sizeTitle);
        ColumnChecks.requireDifferent(events, eventsTitle, size, sizeTitle);
        final UnitColumns columns = new UnitColumns(unit(), events, size, Double.NaN, Double.NaN, List.of());
        if (dialog.frequency.isEmpty()) {
            return columns;
        }
        requireNumeric(spec, dialog.frequency, UnitParameters.FREQUENCY);
        ColumnChecks.requireDifferent(events, eventsTitle, dialog.frequency, UnitParameters.FREQUENCY);
        ColumnChecks.requireDifferent(size, sizeTitle, dialog.frequency, UnitParameters.FREQUENCY);
        return columns.withFrequency(dialog.frequency);
    }

    private UnitColumns gaussian(final DataTableSpec spec) throws InvalidSettingsException {
        final String estimate = dialog.estimate;
        requireNumeric(spec, estimate, UnitParameters.ESTIMATE);
        FactorLevels.check(dialog.referenceLevels, spec, EmpiricalBayesShrinkageParameters.REFERENCE_LEVELS);
        if (dialog.isFormula()) {
            final Formula mean = mean(estimate);
            final UnitColumns columns = estimates(spec, List.of()).withMean(mean);
            Formulas.requireColumns(mean, spec);
            return columns;
        }
        for (final String column : dialog.covariates) {
            ColumnChecks.requireUsable(spec, column, "covariate", EmpiricalBayesShrinkageParameters.COVARIATES);
            ColumnChecks.requireDifferent(estimate, UnitParameters.ESTIMATE, column,
                EmpiricalBayesShrinkageParameters.COVARIATES);
        }
        return estimates(spec, List.of(dialog.covariates));
    }

    private UnitColumns estimates(final DataTableSpec spec, final List<String> covariates)
        throws InvalidSettingsException {
        final String estimate = dialog.estimate;
        final PrecisionMode from = dialog.precision();
        if (from == PrecisionMode.COMMON) {
            return new UnitColumns(unit(), estimate, null, dialog.commonStandardError, Double.NaN, covariates);
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
        ColumnChecks.requireDifferent(estimate, UnitParameters.ESTIMATE, precision, title);
        return new UnitColumns(unit(), estimate, precision, Double.NaN,
            from == PrecisionMode.POOLED ? dialog.pooledVariance : Double.NaN, from == PrecisionMode.VARIANCE,
            covariates, null, null);
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

    /** How covariates enter the prior mean, and what happens to missing values. */
    DesignOptions options() {
        DesignOptions options = DesignOptions.DEFAULT.withCoding(Coding.valueOf(dialog.coding.name()))
            .withMissing(MissingValues.valueOf(dialog.missingValues.name()));
        for (final ReferenceLevel reference : dialog.referenceLevels) {
            options = options.withOrder(reference.column, LevelOrder.reference(reference.level));
        }
        return options;
    }
}
