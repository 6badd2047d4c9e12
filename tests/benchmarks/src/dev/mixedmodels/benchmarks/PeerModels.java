package dev.mixedmodels.benchmarks;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.VisitStructure;
import dev.mixedmodels.engine.design.DesignOptions;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayes;
import dev.mixedmodels.engine.empiricalbayes.EmpiricalBayesSettings;
import dev.mixedmodels.engine.empiricalbayes.UnitColumns;
import dev.mixedmodels.engine.empiricalbayes.UnitModel;
import dev.mixedmodels.engine.formula.Formula;
import dev.mixedmodels.engine.frame.Frame;
import dev.mixedmodels.engine.frame.FrameBuilder;
import dev.mixedmodels.engine.frame.NominalColumn;
import dev.mixedmodels.engine.inference.DfMethod;
import dev.mixedmodels.engine.inference.FixedCovariance;
import dev.mixedmodels.engine.inference.InferenceSettings;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.longitudinal.LongitudinalModel;
import dev.mixedmodels.engine.longitudinal.LongitudinalSettings;
import dev.mixedmodels.engine.marginal.MarginalModel;
import dev.mixedmodels.engine.marginal.MarginalSettings;
import dev.mixedmodels.engine.multilevel.ModelSpecification;
import dev.mixedmodels.engine.multilevel.MultilevelModel;
import dev.mixedmodels.engine.multilevel.MultilevelSettings;
import dev.mixedmodels.engine.oneway.GroupStatistics;
import dev.mixedmodels.engine.oneway.GroupedData;
import dev.mixedmodels.engine.oneway.RandomInterceptModel;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings;
import dev.mixedmodels.engine.oneway.RandomInterceptSettings.Method;
import dev.mixedmodels.engine.result.CovarianceParameterRow;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FixedEffectRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Fits models for {@link PeerCalls}. */
final class PeerModels {
    /** Columns that are names. */
    private static final Set<String> NOMINAL = Set.of("Subject", "Sex", "Rat", "Diet", "Mare", "subject", "arm", "visit", "id",
        "site", "Batch", "batch", "cask", "sample", "plate", "schoolid", "childid", "female", "black", "of whom?", "alloc", "author",
        "trial", "pump", "experiment", "school");
    private final Path folder;
    private final List<Called> all = new ArrayList<>();

    /**
     * A fitted model.
     *
     * @param name of it
     * @param file its table
     * @param modelFit its table Model fit
     * @param fixed its coefficients
     * @param figures what the call gives where there are no coefficients: NaN, variances
     * @param sameErrors whether standard errors and degrees of freedom are the peer's too
     */
    record Called(String name, Path file, List<FitStatisticRow> modelFit, List<FixedEffectRow> fixed, double[] figures,
        boolean sameErrors) {
    }

    PeerModels(final Path folder) {
        this.folder = folder;
    }

    record Table(Path file, Frame frame) {
    }

    /** A table with weights w, a column with an odd name and, where wanted, missing responses, in shuffled rows. */
    Table table(final String name, final String response, final String group, final boolean missing) throws IOException {
        final Path source = Path.of(System.getProperty("mixedmodels.tests"), "data", name + ".csv");
        final List<List<String>> rows = new ArrayList<>();
        for (final String line : Files.readAllLines(source)) {
            rows.add(new ArrayList<>(Arrays.asList(line.replace("\"", "").split(",", -1))));
        }
        final List<String> header = rows.get(0);
        final int y = header.indexOf(response);
        final int g = header.indexOf(group);
        for (int i = 1; i < rows.size(); i++) {
            if (missing && i % 7 == 3) {
                rows.get(i).set(y, "");
            }
            rows.get(i).addAll(List.of(Integer.toString(missing && i % 11 == 5 ? 0 : 1 + i % 3), Double.toString(Math.sin(i)),
                rows.get(i).get(g)));
        }
        header.addAll(List.of("w", "a b", "of whom?"));
        final Path file = folder.resolve(name + (missing ? "-missing" : "") + ".csv");
        Files.writeString(file, rows.stream().map(row -> String.join(",", row)).collect(Collectors.joining("\n", "", "\n")));
        final FrameBuilder builder = new FrameBuilder(rows.size());
        header.forEach(column -> {
            if (NOMINAL.contains(column)) {
                builder.addNominal(column);
            } else {
                builder.addNumeric(column);
            }
        });
        for (final List<String> row : rows.subList(1, rows.size())) {
            for (int c = 0; c < header.size(); c++) {
                if (NOMINAL.contains(header.get(c))) {
                    builder.text(c, row.get(c));
                } else {
                    builder.number(c, row.get(c).isEmpty() ? Double.NaN : number(row.get(c)));
                }
            }
            builder.endRow();
        }
        return new Table(file, builder.build());
    }

    private static double number(final String text) {
        try {
            return Double.parseDouble(text);
        } catch (final NumberFormatException e) {
            return Double.NaN; // a column that no model uses
        }
    }

    private void add(final String name, final Table table, final List<FitStatisticRow> modelFit, final List<FixedEffectRow> fixed,
        final boolean sameErrors) {
        add(name, table, modelFit, fixed, new double[0], sameErrors);
    }

    private void add(final String name, final Table table, final List<FitStatisticRow> modelFit, final List<FixedEffectRow> fixed,
        final double[] more, final boolean sameErrors) {
        final double likelihood = modelFit.stream().filter(row -> row.statistic().equals("Log Likelihood")).findFirst()
            .map(FitStatisticRow::value).orElseThrow();
        all.add(new Called(name, table.file, modelFit, fixed.stream().filter(row -> !Double.isNaN(row.estimate())).toList(),
            DoubleStream.concat(DoubleStream.of(likelihood), Arrays.stream(more)).toArray(), sameErrors));
    }

    private static UnaryOperator<InferenceSettings> inference(final DfMethod df, final FixedCovariance covariance) {
        return i -> new InferenceSettings(df, covariance, InfluenceMethod.NONE, i.confidenceLevel(), VarianceIntervals.NONE, false);
    }

    void multilevel(final String name, final Table table, final ModelSpecification model, final boolean reml,
        final DfMethod df, final FixedCovariance covariance, final UnaryOperator<DesignOptions> options) {
        final var fit = MultilevelModel.fit(MultilevelSettings.of(model).withOptions(options.apply(DesignOptions.DEFAULT))
            .withReml(reml).withInference(inference(df, covariance)), table.frame, Progress.NONE, new Warnings());
        add("multilevel-" + name, table, fit.tables().modelFit(), fit.tables().fixedEffects(),
            covariance != FixedCovariance.CR2 && df != DfMethod.RESIDUAL);
    }

    void multilevel(final String name, final Table table, final String formula) {
        multilevel(name, table, new ModelSpecification.ByFormula(Formula.parse(formula)), true, DfMethod.SATTERTHWAITE,
            FixedCovariance.MODEL, options -> options);
    }

    void longitudinal(final String name, final Table table, final String formula,
        final UnaryOperator<LongitudinalSettings> settings, final UnaryOperator<DesignOptions> options) {
        final LongitudinalSettings chosen = settings.apply(LongitudinalSettings.of(Formula.parse(formula)))
            .withOptions(options.apply(DesignOptions.DEFAULT)).withInference(i -> i.withVariances(VarianceIntervals.NONE, false));
        final var tables = LongitudinalModel.fit(chosen, table.frame, Progress.NONE, new Warnings())
            .tables(Progress.NONE, new Warnings());
        add("longitudinal-" + name, table, tables.modelFit(), tables.fixedEffects(),
            (chosen.estimation().reml() || !chosen.formula().random().isEmpty())
                && chosen.inference().fixedCovariance() != FixedCovariance.CR2);
    }

    void longitudinal(final String name, final Table table, final String formula,
        final UnaryOperator<LongitudinalSettings> settings) {
        longitudinal(name, table, formula, settings, options -> options);
    }

    void marginal(final String name, final Table table, final String formula, final VisitStructure structure,
        final MarginalSettings.Layout layout, final boolean reml, final DfMethod df, final FixedCovariance covariance,
        final UnaryOperator<DesignOptions> options) {
        final MarginalSettings settings = MarginalSettings.of(Formula.parse(formula), layout, structure)
            .withOptions(options.apply(DesignOptions.DEFAULT)).withReml(reml).withInference(inference(df, covariance));
        final var fit = MarginalModel.fit(settings, table.frame, Progress.NONE, new Warnings());
        final boolean gls = layout.visit() == null || structure == VisitStructure.INDEPENDENT || structure == VisitStructure.DIAGONAL;
        add("marginal-" + name, table, fit.tables().modelFit(), fit.tables().fixedEffects(),
            (!gls || reml && covariance != FixedCovariance.CR2) && covariance != FixedCovariance.CR1 && df != DfMethod.ASYMPTOTIC);
    }

    void bayes(final String name, final Table table, final UnitColumns columns, final EmpiricalBayesSettings.Builder settings) {
        final UnitModel model = new UnitModel(settings.intervals(EmpiricalBayesSettings.Intervals.NONE).build(), columns,
            DesignOptions.DEFAULT);
        final var tables = EmpiricalBayes.fit(model, table.frame, Progress.NONE, new Warnings()).tables();
        final double[] prior = tables.covarianceParameters().stream()
            .filter(row -> Set.of("shape", "rate", "alpha", "beta").contains(row.parameter()))
            .mapToDouble(CovarianceParameterRow::estimate).toArray();
        add("bayes-" + name, table, tables.modelFit(), prior.length > 0 ? List.of() : tables.fixedEffects(), prior, true);
    }

    List<Called> all() {
        return all;
    }

    void oneway() throws IOException {
        final Table pastes = table("pastes_unbalanced", "strength", "batch", false);
        for (final Method method : Method.values()) {
            for (final boolean weighted : new boolean[] {false, true}) {
                final NominalColumn group = (NominalColumn) pastes.frame.column("of whom?");
                final List<String> levels = new ArrayList<>();
                final GroupStatistics statistics = weighted ? GroupStatistics.weighted("w") : new GroupStatistics();
                for (int i = 0; i < pastes.frame.rows(); i++) {
                    if (!levels.contains(group.text(i))) {
                        levels.add(group.text(i));
                    }
                    final int code = levels.indexOf(group.text(i));
                    if (weighted) {
                        statistics.add(code, pastes.frame.numeric("strength").value(i), pastes.frame.numeric("w").value(i));
                    } else {
                        statistics.add(code, pastes.frame.numeric("strength").value(i));
                    }
                }
                final var tables = RandomInterceptModel.fit(RandomInterceptSettings.of("strength", "of whom?", method),
                    GroupedData.of(statistics, levels), Progress.NONE, new Warnings()).tables();
                final boolean moments = method == Method.ANOVA;
                add("oneway-" + method + (weighted ? "-weights" : ""), pastes, tables.modelFit(),
                    moments ? List.of() : tables.fixedEffects(), moments ? tables.covarianceParameters().stream()
                        .mapToDouble(CovarianceParameterRow::estimate).toArray() : new double[0], true);
            }
        }
    }
}
