package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings.Prior;
import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import java.util.List;

/** From units to the result, in the coordinates of the fit. */
final class PriorFit {
    private final EmpiricalBayesSettings settings;
    private final UnitTable table;
    private final Coordinates coordinates;
    private final Units units;
    private final ObservedUnits observed;
    private final Progress progress;
    private final Warnings warnings;

    /**
     * @param own settings in the units of the table
     * @param table the units, in their own coordinates
     * @param progress told how far the work is
     * @param warnings told what the user should know
     */
    PriorFit(final EmpiricalBayesSettings own, final UnitTable table, final Progress progress,
        final Warnings warnings) {
        this.table = table;
        this.progress = progress;
        this.warnings = warnings;
        coordinates = Coordinates.of(table.observed(), own);
        settings = coordinates.measure(own);
        units = coordinates.measure(table.observed(), own.family());
        observed = ObservedUnits.of(units, settings);
    }

    EmpiricalBayesResult run() {
        final CompoundModel conjugate = observed.conjugate();
        final CompoundModel model = observed.model();
        if (model.fault() != null) {
            throw new ModelException(model.fault());
        }
        if (model instanceof GaussianModel gaussian && gaussian.known() == gaussian.units()) {
            warnings.add("All units have the standard error 0: their estimates are taken for their true values, and "
                + "none is "
                + "shrunk. If they are estimates, choose a column of their standard errors.");
        }
        progress.report(0, "Estimating the prior");
        final PriorEstimate prior = model.estimate(progress);
        if (!prior.converged()) {
            warnings.add("The estimate of the prior did not converge; see Converged and Gradient in Model fit.");
        }
        final PosteriorVariance method = method(model);
        warnAboutBoundary(prior, method);
        progress.report(0.3, "Posterior distributions");
        final UnitReader reader = table.source() == null ? null : table.source().reader();
        final StoredPrior stored = new StoredPrior(settings, reader == null ? null : reader.columns(), coordinates,
            prior.eta().clone(), prior.covariance(), prior.meanCovariance(model), method,
            constants(model, prior, method), method != PosteriorVariance.BOOTSTRAP ? null : Bootstrap.samples(model,
                prior.eta(), settings.seed(), settings.replicates(), progress.sub(0.3, 0.8)));
        final WeightedFit mean = model instanceof GaussianModel gaussian
            ? gaussian.regression().at(gaussian.tau2(prior.eta())) : null;
        final Uncertainty uncertainty = stored.uncertainty(observed, (i, j) -> mean.meanCovariance(i, j));
        progress.report(0.8, "Tables");
        final MeanCoefficients coefficients = new MeanCoefficients(settings, units.mean(), coordinates);
        final ConstantDf inference = model instanceof GaussianModel gaussian && gaussian.columns() > 0
            ? coefficients.inference(gaussian, prior.eta()) : null;
        final double[][] covariance = inference != null ? inference.covariance()
            : model instanceof CountModel ? new double[][] {{prior.covariance()[0][0]}} : new double[0][0];
        if (inference != null && settings.dfMethod().knappHartung() && !(covariance[0][0] > 0)) {
            warnings.add("Knapp-Hartung standard errors " + (covariance[0][0] == 0
                ? "are 0, for the estimates follow their mean without any deviation: there are no tests."
                : "do not exist: there are as many coefficients as units.")
                + " Choose the degrees of freedom \"Asymptotic\".");
        }
        final MarginalEstimates marginal = marginal(conjugate, uncertainty);
        final Heterogeneity heterogeneity = Heterogeneity.of(conjugate);
        final String variance = settings.estimator() == PriorEstimator.GIVEN && method == PosteriorVariance.KASS_STEFFEY
            ? "uncertainty of the prior mean" : method.toString();
        final PriorParameters parameters = new PriorParameters(units.name(), settings, coordinates, progress);
        final List<CovarianceParameterRow> parameterRows = parameters.of(model, prior, heterogeneity);
        for (final String remark : List.of(uncertainty.remark(), parameters.remark(parameterRows))) {
            if (!remark.isEmpty()) {
                warnings.add(remark);
            }
        }
        final EmpiricalBayesResult.Tables tables = new EmpiricalBayesResult.Tables(
            coefficients.of(observed, prior), parameterRows,
            MatrixTable.of(observed, prior, uncertainty, covariance, coordinates),
            new ModelFitTable(settings, table, observed, coordinates, prior, progress).of(heterogeneity,
                inference, variance, marginal, warnings.list()));
        final Ranks ranks = !settings.ranks() ? null
            : new Ranks(model.units(), uncertainty::posterior, settings.confidence(), settings.seed(), progress);
        return new EmpiricalBayesResult(tables, new ShrinkageRule(reader, stored, mean == null ? null : mean.factor(),
            marginal, ranks, table.places()), stored, units.mean().stored());
    }

    /** Posterior means without any prior, with the warning of how uncertain they are; null if they are not wanted. */
    private MarginalEstimates marginal(final CompoundModel conjugate, final Uncertainty uncertainty) {
        if (settings.marginal() == MarginalSource.NONE) {
            return null;
        }
        final MarginalEstimates marginal = new MarginalEstimates(conjugate, settings.marginal());
        int uncertain = 0;
        for (int i = 0; i < conjugate.units(); i++) {
            final double deviation = marginal.of(conjugate, i)[1];
            final double variance = deviation * deviation;
            uncertain += variance <= uncertainty.variance(i) ? 0 : 1;
        }
        if (uncertain > 0) {
            warnings.add((settings.family() == Family.GAUSSIAN ? "Tweedie" : "Robbins") + " estimates take no prior for"
                + " granted and so vary much: for " + uncertain + " of " + Words.count(conjugate.units(), "row")
                + " their standard error does not exist or exceeds the posterior standard deviation. Few units lie near"
                + " these; prefer their posterior means.");
        }
        return marginal;
    }

    /** What DEFAULT stands for, and what is left of a method when the prior variance is given. */
    private PosteriorVariance method(final CompoundModel model) {
        final PosteriorVariance wanted = settings.posteriorVariance();
        if (settings.prior() == Prior.NONPARAMETRIC) {
            return wanted == PosteriorVariance.BOOTSTRAP ? wanted : PosteriorVariance.NAIVE;
        }
        if (settings.estimator() == PriorEstimator.GIVEN) {
            return wanted == PosteriorVariance.NAIVE || wanted == PosteriorVariance.BOOTSTRAP ? wanted
                : PosteriorVariance.KASS_STEFFEY;
        }
        if (!(model instanceof GaussianModel gaussian)) {
            return wanted == PosteriorVariance.DEFAULT ? PosteriorVariance.KASS_STEFFEY : wanted;
        }
        final int least = gaussian.columns() + 3;
        if (wanted == PosteriorVariance.PRASAD_RAO && !PrasadRao.covers(gaussian.estimator())) {
            throw new ModelException("The posterior variance \"Prasad-Rao\" is known for the estimators REML, ML,"
                + " Paule-Mandel and Hedges, not for \"" + gaussian.estimator() + "\". Choose one of these, or another"
                + " posterior variance.");
        }
        if (wanted == PosteriorVariance.MORRIS && model.units() < least) {
            throw new ModelException("The posterior variance \"Morris\" needs at least " + least + " units with "
                + Words.count(gaussian.columns(), "coefficient") + " of the mean, not " + model.units()
                + ". Choose \"Kass-Steffey\" or \"Bootstrap\".");
        }
        if (wanted != PosteriorVariance.DEFAULT) {
            return wanted;
        }
        if (model.units() >= least) {
            return PosteriorVariance.MORRIS;
        }
        warnings.add("With fewer than " + least + " units Morris's posterior variances do not exist; the first-order"
            + " correction (\"Kass-Steffey\") is used instead, which is too small for so few units.");
        return PosteriorVariance.KASS_STEFFEY;
    }

    private static double[] constants(final CompoundModel model, final PriorEstimate prior,
        final PosteriorVariance method) {
        return switch (method) {
            case MORRIS -> Morris.constants((GaussianModel) model, prior.eta());
            case PRASAD_RAO -> PrasadRao.constants((GaussianModel) model, prior.eta());
            default -> new double[0];
        };
    }

    private void warnAboutBoundary(final PriorEstimate prior, final PosteriorVariance method) {
        if (!prior.onBoundary() || settings.estimator() == PriorEstimator.GIVEN) {
            return;
        }
        String text = "The prior variance tau2 is estimated as 0: the units do not differ by more than chance, and the"
            + " estimates are pooled completely.";
        if (method == PosteriorVariance.NAIVE || method == PosteriorVariance.KASS_STEFFEY) {
            text += " The posterior variances of \"" + method + "\" collapse there and are too small; choose "
                + (settings.family() == Family.GAUSSIAN && settings.prior() == Prior.PARAMETRIC
                    ? "\"Morris\" or \"Bootstrap\"." : "\"Bootstrap\".");
        }
        warnings.add(text);
    }
}
