package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.StructureAlgebra;
import dev.mixedmodels.engine.inference.ChiBarSquare;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Likelihood ratio tests of random terms: each effect of each level, each level with several, and all. */
final class RandomTests {
    private final FittedModel fitted;
    private final Progress progress;
    private final List<FitStatisticRow> rows = new ArrayList<>();

    private RandomTests(final FittedModel fitted, final Progress progress) {
        this.fitted = fitted;
        this.progress = progress;
    }

    static List<FitStatisticRow> of(final FittedModel fitted, final Progress progress) {
        final RandomTests tests = new RandomTests(fitted, progress);
        final List<LinearStructure> structures = fitted.mixed().structures();
        int parameters = 0;
        for (int k = 0; k < structures.size(); k++) {
            parameters += structures.get(k).parameters();
            tests.level(k);
        }
        final List<LinearStructure> none = structures.stream().map(RandomTests::nothing).toList();
        tests.add("All random terms", none, parameters, parameters == 1);
        return tests.rows;
    }

    private static LinearStructure nothing(final LinearStructure structure) {
        return StructureAlgebra.without(structure, IntStream.range(0, structure.dimension()).toArray());
    }

    private void level(final int k) {
        final RandomGroup group = fitted.mixed().groups().get(k);
        final LinearStructure structure = group.structure();
        final int q = structure.dimension();
        for (int i = 0; q > 1 && i < q; i++) {
            final LinearStructure smaller = StructureAlgebra.without(structure, i);
            add("Random " + group.name() + ": " + group.names().get(i), replaced(k, smaller),
                structure.parameters() - smaller.parameters(), true);
        }
        add("Random " + group.name(), replaced(k, nothing(structure)), structure.parameters(), q == 1);
    }

    private List<LinearStructure> replaced(final int k, final LinearStructure structure) {
        final List<LinearStructure> structures = new ArrayList<>(fitted.mixed().structures());
        structures.set(k, structure);
        return structures;
    }

    /**
     * @param halves whether the statistic is half chi2(m - 1) and half chi2(m); else chi2(m) is an upper bound
     */
    private void add(final String name, final List<LinearStructure> structures, final int m, final boolean halves) {
        final MixedFit smaller = MixedFit.of(fitted.fit().model().with(structures), fitted.fit().reml(),
            fitted.settings().maxIterations(), fitted.settings().tolerance(), progress);
        // rounding may leave the smaller model a little better when a term adds nothing
        final double statistic = Math.max(0, smaller.criterion() - fitted.fit().criterion());
        final double rounded = statistic < 1e-8 ? 0 : statistic;
        final double[] weights = new double[m + 1];
        weights[m] = 1;
        final double p = halves ? ChiBarSquare.halfAndHalf(rounded, m) : ChiBarSquare.upperTail(rounded, weights);
        final boolean other = fitted.fit().singular() || smaller.singular();
        rows.add(new FitStatisticRow(Category.TEST, name, rounded, m, Double.NaN, p, String.format(Locale.ROOT,
            "Likelihood ratio%s. %s%s%s", fitted.fit().reml() ? " of the restricted likelihoods" : "",
            halves ? "Half chi2(" + (m - 1) + "), half chi2(" + m + ")" : "chi2(" + m + "), which is conservative",
            other && halves ? ", approximate since another variance is on its boundary" : "",
            smaller.optimum().converged() ? "." : "; the model without it did not converge.")));
    }
}
