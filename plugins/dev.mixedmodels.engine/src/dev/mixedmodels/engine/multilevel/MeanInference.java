package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.inference.Clusters;
import dev.mixedmodels.engine.inference.FittedMean;
import dev.mixedmodels.engine.inference.FixedInference;
import dev.mixedmodels.engine.inference.KenwardRoger;
import dev.mixedmodels.engine.likelihood.MixedDesign;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.MixedInference;
import dev.mixedmodels.engine.likelihood.RandomGroup;

/** What a fit tells of its mean; clusters are the units of the outermost level. */
record MeanInference(MixedDesign mixed, MixedFit fit, MixedInference parameters) implements FittedMean {
    @Override
    public double[] estimates() {
        return fit.beta();
    }

    @Override
    public double[][] phi() {
        return fit.phi();
    }

    @Override
    public FixedInference satterthwaite(final Warnings warnings) {
        return parameters.satterthwaite();
    }

    /** V is linear in the parameters. */
    @Override
    public FixedInference kenwardRoger(final boolean secondDerivatives, final Progress progress,
        final Warnings warnings) {
        return parameters.kenwardRoger(progress).map(method -> method.orUnadjusted(warnings))
            .orElseGet(() -> KenwardRoger.withoutInformation(fit.beta(), fit.phi(), warnings));
    }

    @Override
    public Clusters clusters() {
        final RandomGroup outermost = mixed.groups().get(LevelTree.outermost(mixed, fit.model()));
        return fit.clusters(outermost.name(), outermost.factor()::level);
    }
}
