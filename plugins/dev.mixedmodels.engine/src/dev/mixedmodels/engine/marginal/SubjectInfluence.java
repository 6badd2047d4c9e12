package dev.mixedmodels.engine.marginal;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.inference.Deletion;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.likelihood.OneStep;
import dev.mixedmodels.engine.likelihood.UnitJets;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.report.InfluenceTable;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The influence of subjects. */
record SubjectInfluence(MarginalSettings settings, RepeatedData data, StructureFit estimates,
    CovarianceParameters parameters) {
    static List<InfluenceRow> of(final MarginalSettings settings, final RepeatedData data, final StructureFit estimates,
        final CovarianceParameters parameters, final Progress progress, final Warnings warnings) {
        final InfluenceMethod method = settings.inference().influence();
        if (method == InfluenceMethod.NONE) {
            return List.of();
        }
        final SubjectInfluence influence = new SubjectInfluence(settings, data, estimates, parameters);
        final OneStep oneStep = influence.oneStep(progress);
        final FixedDesign fixed = data.design().fixed();
        final double[][] back = fixed.basis().matrix();
        return InfluenceTable.of(method == InfluenceMethod.ONE_STEP ? oneStep
            : oneStep.refitted(worker -> (subject, leverage) -> influence.refit(subject, worker.quiet(), leverage)),
            new InfluenceTable.Fit(estimates.mean().beta(), Matrices.flat(estimates.mean().phi()), fixed.names(), back,
                parameters.names(), parameters.values(estimates.theta()),
                ResponseUnit.of(data.design().responseUnit())),
            new InfluenceTable.Units(data.subject().name(), data.subject()::level,
                subject -> data.counts()[subject]), progress, warnings);
    }

    private OneStep oneStep(final Progress progress) {
        final Supplier<UnitJets> source = () -> estimates.model().jets(data, estimates.theta());
        final double[] theta = estimates.theta();
        return new OneStep(data.subjects(), source, OneStep.total(data.subjects(), source, progress),
            Matrices.scaled(estimates.covariance(), 0.5), estimates.model().reml(), -1, step -> {
                final double[] moved = new double[theta.length];
                Arrays.setAll(moved, k -> theta[k] + step[k]);
                return parameters.values(moved);
            });
    }

    private Deletion refit(final int subject, final Progress progress, final double leverage) {
        try {
            final StructureFit without =
                new StructureSearch(data.without(subject), settings).fit(settings.structure(), estimates.theta(),
                progress);
            return new Deletion(without.mean().beta(), Matrices.flat(without.mean().phi()),
                parameters.values(without.theta()), leverage);
        } catch (final ModelException e) {
            return Deletion.impossible(leverage); // the rest of the rows does not bear the structure
        }
    }
}
