package dev.mixedmodels.engine.weights;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.NumericColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.GoldenFrame;
import dev.mixedmodels.engine.longitudinal.FitFigures;
import dev.mixedmodels.engine.longitudinal.LongitudinalFit;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.model.ModelFit;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.oneway.FittedValues;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptFit;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.result.FittedRow;
import dev.mixedmodels.engine.result.ModelTables;
import dev.mixedmodels.engine.testing.Figures;
import dev.mixedmodels.engine.testing.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/** Fits with weights of all models that have them, as tables. */
final class Weighted {
    /** The tables and the rows of the table of fitted values. */
    record Fit(ModelTables tables, List<FittedRow> rows) {
    }

    /** How a model is fitted. */
    record How(boolean reml, DfMethod df, VarianceIntervals intervals) {
        static How of(final boolean reml) {
            return new How(reml, DfMethod.SATTERTHWAITE, VarianceIntervals.WALD);
        }

        How with(final DfMethod other) {
            return new How(reml, other, intervals);
        }

        How with(final VarianceIntervals other) {
            return new How(reml, df, other);
        }
    }

    private Weighted() {
    }

    /** The weights of tests/reference/weights.R, of row i from 0. */
    static double reference(final int i) {
        return 0.5 + 7 * (i + 1) % 11 / 4.0;
    }

    static Frame frame(final String file, final Set<String> nominal, final IntToDoubleFunction weight) {
        final Frame frame = GoldenFrame.of(TestData.read(file), nominal);
        return weight == null ? frame : frame.with(weights(frame.rows(), weight));
    }

    static NumericColumn weights(final int rows, final IntToDoubleFunction weight) {
        final double[] w = new double[rows];
        Arrays.setAll(w, weight::applyAsDouble);
        return new NumericColumn("w", w);
    }

    private static String column(final Frame frame) {
        return frame.has("w") ? "w" : null;
    }

    static Fit longitudinal(final Frame frame, final String formula, final DesignOptions options, final How how,
        final ResidualStructure structure, final String time, final String subject, final String by) {
        final LongitudinalSettings settings = LongitudinalSettings.of(Formula.parse(formula)).withReml(how.reml())
            .withInference(i -> i.withDf(how.df()).withVariances(how.intervals(), true))
            .withResidual(structure, time, subject).withVariance(by, null);
        final LongitudinalFit fit =
            LongitudinalModel.fit(settings
                .withOptions(options.withWeights(column(frame))), frame, Progress.NONE, new Warnings());
        final ModelTables tables = fit.tables(Progress.NONE, new Warnings());
        return new Fit(tables, rows(frame, FitFigures.fittedValues(fit)));
    }

    static Fit longitudinal(final Frame frame, final String formula, final DesignOptions options, final How how) {
        return longitudinal(frame, formula, options, how, ResidualStructure.INDEPENDENT, null, null, null);
    }

    static Fit multilevel(final Frame frame, final String formula, final DesignOptions options, final How how) {
        final ModelFit fit =
            MultilevelModel.fit(MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula)))
                .withOptions(options.withWeights(column(frame))).withReml(how.reml())
                    .withInference(i -> i.withDf(how.df()).withVariances(how.intervals(), true)), frame, Progress.NONE,
                        new Warnings());
        return new Fit(fit.tables(), rows(frame, Figures.fittedValues(fit)));
    }

    static Fit marginal(final Frame frame, final String formula, final DesignOptions options, final How how,
        final VisitStructure structure, final MarginalSettings.Layout layout,
        final FixedCovariance covariance) {
        final ModelFit fit = MarginalModel.fit(MarginalSettings.of(Formula.parse(formula), layout, structure)
            .withOptions(options.withWeights(column(frame)))
            .withReml(how.reml())
            .withInference(i -> i.withDf(how.df()).withFixedCovariance(covariance)
            .withVariances(how.intervals(), true)), frame, Progress.NONE, new Warnings());
        return new Fit(fit.tables(), rows(frame, Figures.fittedValues(fit)));
    }

    private static List<FittedRow> rows(final Frame frame, final java.util.function.IntFunction<FittedRow> values) {
        final List<FittedRow> rows = new ArrayList<>();
        for (int i = 0; i < frame.rows(); i++) {
            rows.add(values.apply(i));
        }
        return rows;
    }

    static Fit oneway(final Frame frame, final String response, final String group, final How how,
        final RandomInterceptSettings.Method method) {
        final boolean weighted = frame.has("w");
        final GroupStatistics statistics = weighted ? GroupStatistics.weighted("w") : new GroupStatistics();
        final List<String> levels = new ArrayList<>();
        final int[] codes = new int[frame.rows()];
        for (int i = 0; i < codes.length; i++) {
            final String level = ((dev.mixedmodels.engine.frame.NominalColumn) frame.column(group)).text(i);
            if (!levels.contains(level)) {
                levels.add(level);
            }
            codes[i] = levels.indexOf(level);
            if (weighted) {
                statistics.add(codes[i], frame.column(response).value(i), frame.column("w").value(i));
            } else {
                statistics.add(codes[i], frame.column(response).value(i));
            }
        }
        final RandomInterceptFit fit = RandomInterceptModel.fit(new RandomInterceptSettings(response, group, method,
            new InferenceSettings(how.df(), FixedCovariance.MODEL, InfluenceMethod.NONE, 95, how.intervals(), true), 1), GroupedData.of(statistics, levels), Progress.NONE, new Warnings());
        final FittedValues values = fit.fittedValues().get();
        final List<FittedRow> rows = new ArrayList<>();
        for (int i = 0; i < codes.length; i++) {
            rows.add(values.next(codes[i], frame.column(response).value(i), weighted ? frame.column("w").value(i) : 1));
        }
        return new Fit(fit.tables(), rows);
    }
}
