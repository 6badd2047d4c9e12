package dev.mixedmodels.engine.consistency;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.ResidualStructure;
import dev.mixedmodels.engine.covariance.VisitStructure;
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
import dev.mixedmodels.engine.result.InfluenceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tables of influence of small models. */
final class Influences {
    private Influences() {
    }

    static List<InfluenceRow> longitudinal(final String formula, final Frame frame, final InfluenceMethod method,
        final ResidualStructure residual, final String time, final String subject) {
        return LongitudinalModel.fit(LongitudinalSettings.of(Formula.parse(formula)).withResidual(residual, time, subject)
            .withInference(i -> i.withVariances(VarianceIntervals.NONE, false).withInfluence(method)), frame,
            Progress.NONE, new Warnings()).tables(Progress.NONE, new Warnings()).influence();
    }

    static List<InfluenceRow> longitudinal(final String formula, final Frame frame, final InfluenceMethod method) {
        return longitudinal(formula, frame, method, ResidualStructure.INDEPENDENT, null, null);
    }

    static List<InfluenceRow> multilevel(final String formula, final Frame frame, final InfluenceMethod method) {
        return MultilevelModel.fit(MultilevelSettings.of(new ModelSpecification.ByFormula(Formula.parse(formula)))
            .withInference(i -> i.withDf(DfMethod.ASYMPTOTIC).withInfluence(method)
                .withVariances(VarianceIntervals.NONE, false)), frame, Progress.NONE, new Warnings()).tables().influence();
    }

    static List<InfluenceRow> marginal(final String formula, final Frame frame, final InfluenceMethod method,
        final MarginalSettings.Layout layout, final VisitStructure structure) {
        return MarginalModel.fit(MarginalSettings.of(Formula.parse(formula), layout, structure)
            .withInference(i -> i.withDf(DfMethod.ASYMPTOTIC).withInfluence(method)
            .withVariances(VarianceIntervals.NONE, false)), frame, Progress.NONE, new Warnings()).tables().influence();
    }

    static List<InfluenceRow> oneWay(final String response, final String group, final Frame frame, final Method method,
        final InfluenceMethod influence) {
        final GroupStatistics statistics = new GroupStatistics();
        final List<String> levels = new ArrayList<>();
        for (int row = 0; row < frame.rows(); row++) {
            final String name = ((NominalColumn) frame.column(group)).text(row);
            if (!levels.contains(name)) {
                levels.add(name);
            }
            statistics.add(levels.indexOf(name), frame.column(response).value(row));
        }
        return RandomInterceptModel.fit(new RandomInterceptSettings(response, group, method,
            new InferenceSettings(DfMethod.ASYMPTOTIC, FixedCovariance.MODEL, influence, 95, VarianceIntervals.NONE, false), 1), GroupedData.of(statistics, levels), Progress.NONE, new Warnings()).tables()
            .influence();
    }

    /** Repeated measures, unbalanced; subjects in sites. */
    static Frame simulated(final int subjects, final int perSite) {
        final Random random = new Random(17);
        final FrameBuilder builder = new FrameBuilder(0);
        final int y = builder.addNumeric("y");
        final int x = builder.addNumeric("x");
        final int subject = builder.addNominal("subject");
        final int site = builder.addNominal("site");
        final int visit = builder.addInteger("visit");
        double ofSite = 0;
        for (int s = 0; s < subjects; s++) {
            ofSite = s % perSite == 0 ? random.nextGaussian() : ofSite;
            final double level = 1.5 * random.nextGaussian() + ofSite;
            for (int v = 1; v <= 5; v++) {
                if (random.nextDouble() < 0.8) {
                    final double value = random.nextGaussian();
                    builder.number(y, 100 + level + 0.5 * value + random.nextGaussian());
                    builder.number(x, value);
                    builder.text(subject, "s" + s);
                    builder.text(site, "c" + s / perSite);
                    builder.integer(visit, v);
                    builder.endRow();
                }
            }
        }
        return builder.build();
    }
}
