package dev.mixedmodels.engine.model;

import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesResult;
import dev.mixedmodels.engine.empiricalbayes.StoredPrior;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.StoredInference;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import dev.mixedmodels.engine.result.ModelTables;
import java.util.List;

/**
 * A fitted model without its data: what predictions, means and comparisons need. Arrays are shared and not to be
 * changed. Everything but the tables is in the unit of the model, a power of two times the response's own.
 *
 * @param kind which node fitted it
 * @param confidence confidence level in (0, 1) of the node's intervals
 * @param reml whether by restricted maximum likelihood
 * @param exponent the unit is 2 to this power
 * @param design what was found in the rows: levels, kept columns, working basis; null for an empirical Bayes model
 *            without covariates
 * @param inference fixed effects in the working basis; null with {@code prior}
 * @param units the random effects, one grouping factor after the other
 * @param residual the residual variance; null where there is none of a single row
 * @param visits the covariance of a marginal model; else null
 * @param centerings covariates that are centred before the design is applied
 * @param origins columns of dates
 * @param prior an empirical Bayes model; else null
 * @param tables the small tables of results
 * @param rows which rows were used; null before they are known
 */
public record StoredModel(ModelKind kind, double confidence, boolean reml, int exponent, StoredDesign design,
    StoredInference inference, List<StoredUnits> units, StoredResidual residual, StoredVisits visits,
    List<StoredCentering> centerings, List<DateOrigin> origins, StoredPrior prior, Tables tables,
    RowFingerprint rows) {

    /**
     * A column of dates.
     *
     * @param column its name
     * @param text what its numbers are counted in and from, such as {@code days from 2020-01-01}
     */
    public record DateOrigin(String column, String text) {
    }

    /**
     * Results as the node showed them.
     *
     * @param fixedEffects table 1
     * @param covarianceParameters table 2
     * @param parameterCovariance asymptotic covariance of the covariance parameters
     * @param modelFit table 5
     */
    public record Tables(List<FixedEffectRow> fixedEffects, List<CovarianceParameterRow> covarianceParameters,
        NamedMatrix parameterCovariance, List<FitStatisticRow> modelFit) {
        /**
         * @param tables all tables of a fit
         * @return those that a model keeps
         */
        public static Tables of(final ModelTables tables) {
            return new Tables(tables.fixedEffects(), tables.covarianceParameters(),
                NamedMatrix.of(tables.covarianceMatrices(), "Covariance parameters"), tables.modelFit());
        }
    }

    /**
     * An empirical Bayes model.
     *
     * @param result the fit
     * @return the model, but for the rows that were used
     */
    public static StoredModel of(final EmpiricalBayesResult result) {
        final StoredPrior prior = result.prior();
        return new StoredModel(ModelKind.EMPIRICAL_BAYES, prior.settings().confidence(), false, 0, result.design(),
            null, List.of(), null, null, List.of(), List.of(), prior,
            new Tables(result.tables().fixedEffects(), result.tables().covarianceParameters(),
                NamedMatrix.of(result.tables().covarianceMatrices(), "Covariance parameters"),
                result.tables().modelFit()),
            null);
    }

    /**
     * @param frame the columns of a model
     * @return those of dates
     */
    public static List<DateOrigin> origins(final Frame frame) {
        return frame.names().stream().map(frame::column).filter(column -> !column.origin().isEmpty())
            .map(column -> new DateOrigin(column.name(), column.origin())).toList();
    }

    /**
     * @param used the rows used
     * @return the same model with them
     */
    public StoredModel withRows(final RowFingerprint used) {
        return new StoredModel(kind, confidence, reml, exponent, design, inference, units, residual, visits, centerings,
            origins, prior, tables, used);
    }

    /**
     * @return inference about the coefficients of X, in the unit of the model
     */
    public FixedInference fixedInference() {
        return inference.over(design.basis());
    }

    /**
     * @param statistic name of a row of Model fit
     * @return its value; NaN if there is no such row
     */
    public double statistic(final String statistic) {
        return tables.modelFit().stream().filter(row -> row.statistic().equals(statistic)).findFirst()
            .map(FitStatisticRow::value).orElse(Double.NaN);
    }
}
