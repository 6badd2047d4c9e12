package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.FixedDesign;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.inference.InfluenceMethod;
import dev.mixedmodels.engine.likelihood.MixedInfluence;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.Matrices;
import dev.mixedmodels.engine.report.InfluenceTable;
import dev.mixedmodels.engine.result.InfluenceRow;
import java.util.List;

/** The influence of the units of the outermost level. */
final class UnitInfluence {
    private UnitInfluence() {
    }

    static List<InfluenceRow> of(final FittedModel fitted, final Progress progress, final Warnings warnings) {
        final InfluenceMethod method = fitted.settings().inference().influence();
        if (method == InfluenceMethod.NONE) {
            return List.of();
        }
        final ModelDesign design = fitted.mixed().design();
        final int outermost = LevelTree.outermost(fitted.mixed(), fitted.fit().model());
        final MixedInfluence influence = new MixedInfluence(fitted.fit(), fitted.parameters());
        final FixedDesign fixed = design.fixed();
        final double[][] contrasts = fixed.basis().matrix();
        final RandomGroup group = fitted.mixed().groups().get(outermost);
        final int[] counts = fitted.fit().model().counts(outermost);
        return InfluenceTable.of(influence.deletions(method, progress),
            new InfluenceTable.Fit(influence.beta(), influence.phi(), fixed.names(),
                Matrices.scaled(contrasts, influence.scale()),
                CovarianceMatrices.parameterNames(fitted.mixed().groups()),
                fitted.parameters().parameters(), fitted.unit()),
            new InfluenceTable.Units(group.name(), group.factor()::level, unit -> counts[unit]), progress, warnings);
    }
}
