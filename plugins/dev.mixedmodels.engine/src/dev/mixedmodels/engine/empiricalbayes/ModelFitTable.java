package dev.mixedmodels.engine.empiricalbayes;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Words;
import dev.mixedmodels.engine.inference.ChiBarSquare;
import dev.mixedmodels.engine.inference.ConstantDf;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FTest;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.report.LikelihoodFigures;
import dev.mixedmodels.engine.report.ModelFitRows;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Table of the model fit. */
final class ModelFitTable {
    private static final String KNOWN = "does not exist where units have the standard error 0";

    private final ModelFitRows rows = new ModelFitRows();
    private final EmpiricalBayesSettings settings;
    private final PriorEstimator estimator;
    private final CompoundModel model;
    private final CompoundModel conjugate;
    private final PriorEstimate prior;
    private final Units units;
    private final UnitTable table;
    private final Coordinates coordinates;
    private final Progress progress;

    ModelFitTable(final EmpiricalBayesSettings settings, final UnitTable table, final ObservedUnits observed,
        final Coordinates coordinates, final PriorEstimate prior, final Progress progress) {
        this.table = table;
        this.settings = settings;
        this.estimator = settings.estimator().or(settings.family());
        units = observed.units();
        this.coordinates = coordinates;
        model = observed.model();
        conjugate = observed.conjugate();
        this.prior = prior;
        this.progress = progress;
    }

    /**
     * @param heterogeneity Q statistic and its relatives
     * @param inference about the coefficients, null without
     * @param variance how posterior variances were computed, in words
     * @param warnings of the run
     * @return rows of the table
     */
    List<FitStatisticRow> of(final Heterogeneity heterogeneity, final ConstantDf inference, final String variance,
        final MarginalEstimates marginal, final List<String> warnings) {
        final boolean conjugatePrior = model == conjugate;
        rows.model("Formula", formula());
        rows.model("Method", (conjugatePrior ? estimator.toString()
            : "nonparametric maximum likelihood") + "; posterior variance: " + variance + (inference == null ? ""
                : settings.dfMethod().knappHartung() ? "; tests of the mean: " + knappHartung()
                    : "; tests of the mean: normal distribution, which is Student's t with infinite degrees of"
                        + " freedom"));
        if (table.source() != null) {
            final PriorCalls calls = new PriorCalls(settings.withGiven(coordinates.restore(settings.givenTau2(), 2),
                coordinates.restore(settings.givenMean(), 1)), table.source().reader().columns(),
                table.source().data());
            rows.calls(calls.r(), calls.sas());
        }
        rows.model("Rows Used", model.units(), ModelFitRows.notKept(HeldUnits.bytes(settings,
            units.mean().hasCovariates() ? units.mean().columns() : 0, units.frequency() != null), "unit"));
        rows.model("Rows Left Out", table.rows() - model.units(),
            "units that lack only their observation are predicted");
        rows.model("Levels of " + units.name(), model.total(), (units.frequency() == null ? "each row is a unit"
            : "the sum of the frequencies") + (known() == 0 ? ""
            : "; " + known() + " with the standard error 0 are known and not shrunk"));
        fit();
        final double tau2 = model.priorVariance(prior.eta());
        rows.fit("I2", 100 * heterogeneity.share(tau2), known() > 0 ? KNOWN
            : "percent: tau2 in its sum with the typical sampling variance");
        rows.fit("H2", heterogeneity.h2(tau2), known() > 0 ? KNOWN : "1 + tau2 / typical sampling variance");
        rows.fit("Typical Sampling Variance", coordinates.restore(heterogeneity.typicalVariance(), 2),
            known() > 0 ? KNOWN : "");
        final PredictionInterval interval = PredictionInterval.of(model, prior, settings, averageDesign());
        rows.fit("Prediction Interval Lower", coordinates.restore(interval.lower(), 1),
            "theta of a new unit; " + interval.note());
        rows.fit("Prediction Interval Upper", coordinates.restore(interval.upper(), 1),
            "theta of a new unit; " + interval.note());
        rows.fit("Marginal Distribution", Double.NaN, marginal == null
            ? "Robbins and Tweedie estimates are not computed" : "f, for Robbins and Tweedie estimates: "
            + marginal.note());
        rows.add(new FitStatisticRow(Category.TEST, "Q", heterogeneity.q(), heterogeneity.df(), Double.NaN,
            heterogeneity.df() > 0 ? Tail.chiSquare(heterogeneity.q(), heterogeneity.df()) : Double.NaN,
            known() > 0 ? KNOWN : model instanceof GaussianModel ? "Cochran's Q: all thetas equal, given the covariates"
                : "Pearson's chi-square: all thetas equal"));
        boundaryTest();
        if (inference != null) {
            for (final Map.Entry<String, double[][]> hypothesis : units.mean().hypotheses().entrySet()) {
                final FTest test = inference.test(coordinates.hypothesis(hypothesis.getValue()));
                rows.add(new FitStatisticRow(Category.TEST, "Fixed " + hypothesis.getKey(), test.f(), test.numDf(),
                    test.denDf(), test.pValue(), Double.isInfinite(test.denDf())
                        ? "Wald: chi-square is this value times its degrees of freedom" : knappHartung()));
            }
        }
        rows.outcome(prior.converged(), "", prior.onBoundary(),
            prior.onBoundary() ? "tau2 is estimated as 0: complete pooling" : "");
        final boolean byVariance = model instanceof GaussianModel && estimator.maximisesLikelihood();
        rows.diagnostic("Gradient", coordinates.restore(prior.gradient(), byVariance ? -2 : 0),
            conjugatePrior ? "score of the free parameters" : "largest directional derivative towards a point mass; at "
                + "most 1e-6 certifies the maximum");
        rows.diagnostic(conjugatePrior ? "Evaluations" : "Iterations", prior.evaluations(), "");
        rows.diagnostic("Columns Left Out", units.mean().terms().size() - units.mean().columns(), "");
        return rows.with(warnings);
    }

    private String knappHartung() {
        return settings.dfMethod() == DfMethod.KNAPP_HARTUNG ? "Knapp-Hartung"
            : "Knapp-Hartung, standard errors not below those of the normal distribution";
    }

    private String formula() {
        if (model != conjugate) {
            return "theta ~ any distribution; " + (settings.family() == Family.GAUSSIAN ? "y ~ N(theta, se^2)"
                : settings.family() == Family.POISSON_GAMMA ? "count ~ Poisson(theta exposure)"
                    : "successes ~ Binomial(trials, theta)");
        }
        return switch (settings.family()) {
            case GAUSSIAN -> "y ~ N(theta, se^2), theta ~ N(mean, tau2), mean ~ " + units.mean().formula();
            case POISSON_GAMMA -> "count ~ Poisson(theta exposure), theta ~ Gamma(shape, rate)";
            case BETA_BINOMIAL -> "successes ~ Binomial(trials, theta), theta ~ Beta(alpha, beta)";
        };
    }

    private void fit() {
        final double log;
        final int parameters;
        String note = "marginal";
        if (model instanceof GaussianModel gaussian) {
            final boolean restricted = estimator == PriorEstimator.REML;
            log = coordinates.logDensity(model.units(), restricted ? gaussian.columns() : 0)
                - 0.5 * new TauSquared(gaussian.regression(), progress).minusTwoLogLikelihood(
                    gaussian.tau2(prior.eta()), restricted);
            parameters = gaussian.columns() + (estimator == PriorEstimator.GIVEN ? 0 : 1);
            note = restricted ? "restricted, without log |X'X|" : note;
        } else if (model instanceof CountModel counts) {
            log = counts.logLikelihood(counts.link(prior.eta()[0]), counts.omega(prior.eta()[1]));
            parameters = estimator == PriorEstimator.GIVEN ? Double.isNaN(settings.givenMean()) ? 1 : 0 : 2;
        } else {
            log = ((NonparametricModel) model).logLikelihood(prior.eta())
                + (settings.family() == Family.GAUSSIAN ? coordinates.logDensity(model.units(), 0) : 0);
            parameters = prior.eta().length - 1;
            note = String.format(Locale.ROOT, "marginal; %d support points", prior.eta().length / 2);
        }
        rows.likelihood(new LikelihoodFigures(-2 * log, parameters, 0, model.total()), note,
            Words.count(parameters, "parameter"), "n = units");
    }

    private int known() {
        return conjugate instanceof GaussianModel gaussian ? gaussian.known() : 0;
    }

    /** Likelihood ratio of tau2 = 0, half chi2(0) and half chi2(1). */
    private void boundaryTest() {
        double statistic = Double.NaN;
        String note = "not computed with " + (model == conjugate ? "a given prior" : "a nonparametric prior");
        if (known() > 0) {
            note = KNOWN;
        } else if (model == conjugate && estimator != PriorEstimator.GIVEN) {
            if (model instanceof GaussianModel gaussian) {
                final boolean restricted = estimator != PriorEstimator.ML;
                final TauSquared likelihood = new TauSquared(gaussian.regression(), progress);
                final double at = estimator.maximisesLikelihood() ? gaussian.tau2(prior.eta())
                    : likelihood.estimate(PriorEstimator.REML).value();
                statistic = likelihood.minusTwoLogLikelihood(0, restricted)
                    - likelihood.minusTwoLogLikelihood(at, restricted);
                note = restricted ? "restricted likelihood ratio" : "likelihood ratio";
            } else {
                final CountModel counts = (CountModel) model;
                final double[] eta = estimator == PriorEstimator.ML ? prior.eta()
                    : new CountMaximum(counts, progress).estimate().eta();
                statistic = 2 * (counts.logLikelihood(counts.link(eta[0]), counts.omega(eta[1]))
                    - counts.logLikelihood(counts.link(counts.pooled()), 0));
                note = "likelihood ratio";
            }
            statistic = Math.max(0, statistic);
            note += " of tau2 = 0; half chi2(0), half chi2(1)";
        }
        rows.add(new FitStatisticRow(Category.TEST, "Random " + units.name(), statistic,
            Double.isNaN(statistic) ? Double.NaN : 1, Double.NaN,
            ChiBarSquare.upperTail(statistic, 0.5, 0.5), note));
    }

    private double[] averageDesign() {
        final int p = units.mean().columns();
        final double[] average = new double[p];
        Arrays.fill(average, 1);
        if (units.mean().x() != null) {
            for (int j = 0; j < p; j++) {
                double sum = 0;
                for (int unit = 0; unit < units.size(); unit++) {
                    sum += units.mean().x()[unit * p + j];
                }
                average[j] = sum / units.size();
            }
        }
        return average;
    }
}
