package dev.mixedmodels.engine.longitudinal;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.fit.CovarianceSearch;
import dev.mixedmodels.engine.fit.Minimum;
import dev.mixedmodels.engine.inference.Deletion;
import dev.mixedmodels.engine.inference.Deletions;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.likelihood.CovarianceJet;
import dev.mixedmodels.engine.likelihood.HeldSeries;
import dev.mixedmodels.engine.likelihood.IndependentSubjects;
import dev.mixedmodels.engine.likelihood.OneStep;
import dev.mixedmodels.engine.likelihood.SeriesJets;
import dev.mixedmodels.engine.likelihood.SubjectLikelihood;
import dev.mixedmodels.engine.likelihood.SubjectSeries;
import dev.mixedmodels.engine.likelihood.SubjectShares;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.report.InfluenceTable;
import dev.mixedmodels.engine.result.InfluenceRow;
import dev.mixedmodels.engine.result.ResponseUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The influence of subjects. */
record SubjectInfluence(LongitudinalSettings settings, SubjectData data, Estimate estimate) {
    static List<InfluenceRow> of(final LongitudinalSettings settings, final SubjectData data, final Estimate estimate,
        final Progress progress, final Warnings warnings) {
        if (settings.inference().influence() == InfluenceMethod.NONE) {
            return List.of();
        }
        final SubjectInfluence influence = new SubjectInfluence(settings, data, estimate);
        final OneStep oneStep = influence.oneStep();
        final Deletions deletions = influence.withoutLost(settings.inference().influence() == InfluenceMethod.ONE_STEP
            ? oneStep : oneStep.refitted(influence::refits), warnings);
        return InfluenceTable.of(deletions, influence.fit(),
            new InfluenceTable.Units(data.subject().name(), data.subject()::level, influence::rows), progress,
            warnings);
    }

    private int rows(final int subject) {
        return data.count(subject);
    }

    private InfluenceTable.Fit fit() {
        final FixedDesign fixed = data.design().fixed();
        return new InfluenceTable.Fit(estimate.atMinimum().beta(), Matrices.flat(estimate.atMinimum().phi()),
            fixed.names(),
            Matrices.scaled(fixed.basis().matrix(), data.scale()), estimate.parameterNames(data.subject().name()),
            estimate.parameters(), ResponseUnit.of(data.design().responseUnit()));
    }

    private OneStep oneStep() {
        final double[][] first = estimate.firstDerivatives();
        final double[] factor = estimate.relativeFactor();
        final double[] eta = estimate.eta();
        final double s = Math.exp(estimate.logScale());
        final CovarianceJet total = estimate.jet();
        final double[][] covariance = estimate.freeCovariance();
        return new OneStep(data.subjects(),
            () -> new SeriesJets(estimate.rows(data), data.subjects(), data::count, factor, eta, s, first), total,
            covariance == null ? null : Matrices.scaled(covariance, 0.5), estimate.criterion().reml(),
            total.parameters() - 1, estimate::parameters);
    }

    private Deletions.Refit refits(final Progress progress) {
        final HeldSeries.Part part = estimate.rows(data);
        return (subject, leverage) -> refit(without(subject, part), progress, leverage);
    }

    /** A residual variance of one subject alone is not known without it. */
    private Deletions withoutLost(final Deletions deletions, final Warnings warnings) {
        final Map<Integer, Integer> owners = owners();
        if (owners.isEmpty()) {
            return deletions;
        }
        warnings.add("Residual variances that a single level of \"" + data.subject().name()
            + "\" has are not known without it: their changes are missing in the table Influence (" + owners.size()
            + ").");
        return Deletions.of(deletions.size(), progress -> {
            final Deletions.Worker worker = deletions.worker(progress);
            return subject -> {
                final Deletion deletion = worker.without(subject);
                owners.forEach((level, owner) -> {
                    if (owner == subject && deletion.beta() != null) {
                        deletion.parameters()[estimate.model().random().parameters() + level] = Double.NaN;
                    }
                });
                return deletion;
            };
        });
    }

    /** Levels of the residual variances that a single subject has, with that subject. */
    private Map<Integer, Integer> owners() {
        final Map<Integer, Integer> owners = new HashMap<>();
        if (settings.covariance().varianceBy() != null) {
            final HeldRows rows = data.rows();
            for (int subject = 0; subject < rows.subjects(); subject++) {
                for (int i = rows.starts()[subject]; i < rows.starts()[subject + 1]; i++) {
                    final int own = subject;
                    owners.merge(rows.level(i), own, (before, now) -> before == own ? own : -1);
                }
            }
        }
        owners.values().removeIf(subject -> subject < 0);
        return owners;
    }

    private SubjectShares without(final int subject, final HeldSeries.Part part) {
        if (estimate.criterion().shares() instanceof IndependentSubjects independent) {
            return independent.without(subject, part.of(subject, subject + 1));
        }
        return ((SubjectSeries) estimate.criterion().shares()).without(subject);
    }

    private Deletion refit(final SubjectShares shares, final Progress progress, final double leverage) {
        final SubjectLikelihood criterion = new SubjectLikelihood(shares, estimate.criterion().reml(), progress);
        final Minimum minimum = new CovarianceSearch(estimate.model(), criterion, settings.estimation())
            .minimise(estimate.minimum().z());
        if (minimum == null) {
            return Deletion.impossible(leverage);
        }
        final Estimate without = Estimate.of(estimate.model(), criterion, minimum, estimate.unit());
        return new Deletion(without.atMinimum().beta(), Matrices.flat(without.atMinimum().phi()), without.parameters(),
            leverage);
    }
}
