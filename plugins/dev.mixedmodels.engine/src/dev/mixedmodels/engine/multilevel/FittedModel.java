package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.RandomStructure;
import dev.mixedmodels.engine.design.WorkingBasis;
import dev.mixedmodels.engine.formula.RandomTerm;
import dev.mixedmodels.engine.inference.ContainmentDf;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedInference;
import dev.mixedmodels.engine.likelihood.MixedRefits;
import dev.mixedmodels.engine.likelihood.UnitPredictions;
import dev.mixedmodels.engine.likelihood.UnitSets;
import dev.mixedmodels.engine.model.StoredUnits;
import dev.mixedmodels.engine.report.ModelFitRows;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * A fit with everything that its tables are made from.
 *
 * @param settings what was asked for
 * @param mixed design by grouping factors
 * @param fit estimates
 * @param parameters asymptotic covariance of the covariance parameters
 * @param fixed inference about the coefficients of X
 * @param predictions of every grouping factor
 * @param stored what the model without its data has of every grouping factor
 * @param sets of linked units; null if they are too large for normalised residuals
 */
record FittedModel(MultilevelSettings settings, MixedDesign mixed, MixedFit fit, MixedInference parameters,
    FixedInference fixed, UnitPredictions[] predictions, List<StoredUnits> stored, UnitSets sets) {

    static FittedModel of(final MultilevelSettings settings, final MixedDesign mixed, final MixedFit fit,
        final Function<RandomTerm, RandomStructure> structure, final Progress progress, final Warnings warnings) {
        // first of all, while the likelihood still holds the inverse at the estimates
        final UnitPredictions[] predictions = new UnitPredictions[mixed.groups().size()];
        final List<StoredUnits> stored = new ArrayList<>();
        for (int k = 0; k < predictions.length; k++) {
            progress.check();
            predictions[k] = UnitPredictions.of(fit, k, coefficients(mixed, k));
            stored.add(StoredFit.units(mixed, fit, k, structure));
        }
        final MixedInference parameters = MixedInference.of(fit, progress);
        if (!parameters.informationExists()) {
            warnings.add("The observed information of the covariance parameters is not positive definite: standard "
                + "errors of variances and Satterthwaite degrees of freedom are missing. The data cannot tell some of "
                + "the variances apart; leave out a level or a slope.");
        }
        final FixedInference fixed = new MeanInference(mixed, fit, parameters)
            .inference(settings.inference(), mixed.design().fixed(), progress, warnings);
        return new FittedModel(settings, mixed, fit, parameters, settings.inference().dfMethod() == DfMethod.CONTAINMENT
            ? new ContainmentDf(fixed, ContainmentDf.Terms.of(mixed.design(), progress)) : fixed, predictions,
                List.copyOf(stored), FittedRows.sets(fit));
    }

    /** The fixed coefficient that each effect of a factor varies about, as a function of gamma. */
    private static double[][] coefficients(final MixedDesign mixed, final int k) {
        final WorkingBasis basis = mixed.design().fixed().basis();
        final int[] columns = mixed.groups().get(k).fixedColumns(mixed.design().fixed());
        final double[][] functions = new double[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            if (columns[c] >= 0) {
                final double[] unit = new double[mixed.design().fixed().columns()];
                unit[columns[c]] = 1;
                functions[c] = basis.contrast(unit);
            }
        }
        return functions;
    }

    /** The covariance parameters of another fit: elements of D_1, D_2 ... by their structures' entries, and sigma2. */
    double[] parameters(final MixedFit other) {
        final DoubleStream.Builder psi = DoubleStream.builder();
        for (int k = 0; k < mixed.groups().size(); k++) {
            final double[][] d = other.covariance(k);
            for (final int[] entry : mixed.groups().get(k).structure().entries()) {
                psi.add(d[entry[0]][entry[1]]);
            }
        }
        return psi.add(other.sigma2()).build().toArray();
    }

    /**
     * @param other this fit, or that of a smaller random part to the same rows
     * @param values what is wanted of each fit beside the coefficients
     * @param progress to learn of cancellation
     */
    Refits refits(final MixedFit other, final Function<MixedFit, double[]> values, final Progress progress) {
        return new MixedRefits(other, mixed, values, progress);
    }

    /** What of the rows is kept in memory, in a sentence. */
    String memory() {
        return MultilevelModel.keepsRows(settings) ? ModelFitRows.kept(mixed.design())
            : UnitMemory.text(mixed, fit.model(), sets);
    }

    /** -2 log (restricted) likelihood in the columns of X and the response's own unit. */
    double criterion() {
        return fit.criterion() + (fit.reml() ? mixed.design().fixed().basis().logDeterminant() : 0)
            + unit().criterion(fit.nu()) - mixed.design().logWeights();
    }

    /** The unit of the response in all figures but the criterion. */
    ResponseUnit unit() {
        return ResponseUnit.of(mixed.design().responseUnit());
    }

    int rows() {
        return fit.model().rows();
    }

    double[] beta() {
        return fixed.estimates();
    }
}
