package dev.mixedmodels.engine.means;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.design.MeansRequest.Comparison;
import dev.mixedmodels.engine.design.MeansWeights;
import dev.mixedmodels.engine.formula.LevelContrast;
import dev.mixedmodels.engine.inference.Adjustment;
import dev.mixedmodels.engine.inference.Alternative;
import dev.mixedmodels.engine.inference.MeansTests;
import java.util.List;

/**
 * What is wanted of a model.
 *
 * @param terms nominal columns of each term that means are of; null for each nominal column by itself
 * @param places where, each combination of these in turn
 * @param slopes numeric columns whose slopes are wanted as well, for the levels of the terms
 * @param weights of the levels that are averaged over
 * @param comparison which differences are wanted
 * @param reference level that others are compared with; null for the first; terms that lack it take their first
 * @param contrasts further combinations of means or slopes, of the terms that have their levels
 * @param tests how all that is tested
 */
public record MeansSettings(List<List<String>> terms, List<Place> places, List<String> slopes, MeansWeights weights,
    Comparison comparison, String reference, List<LevelContrast> contrasts, MeansTests tests) {

    /** All means and differences of single nominal columns, two-sided, not adjusted, 95 percent. */
    public static final MeansSettings DEFAULT = new MeansSettings(null, List.of(), List.of(), MeansWeights.EQUAL,
        Comparison.PAIRS, null, List.of(), MeansTests.of(Adjustment.NONE, 0.95));

    /** Checks that the adjustment exists for what is compared. */
    public MeansSettings {
        final boolean others = comparison == Comparison.REFERENCE || !contrasts.isEmpty();
        if (tests.adjustment() == Adjustment.TUKEY && others) {
            throw new ModelException("Tukey's adjustment is for the differences of all pairs and nothing else. For "
                + "differences from a reference level or for contrasts choose Dunnett, Holm or Sidak.");
        }
        if (tests.alternative() != Alternative.TWO_SIDED && !tests.adjustment().oneSided()) {
            throw new ModelException("The adjustments of Tukey and Scheffe are for two-sided tests. For one-sided ones "
                + "choose Dunnett, Holm or Sidak.");
        }
    }
}
