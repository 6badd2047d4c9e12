package dev.mixedmodels.engine.multilevel;

import dev.mixedmodels.engine.bootstrap.Refits;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.covariance.LinearStructure;
import dev.mixedmodels.engine.covariance.StructureAlgebra;
import dev.mixedmodels.engine.inference.ChiBarSquare;
import dev.mixedmodels.engine.inference.VarianceIntervals;
import dev.mixedmodels.engine.likelihood.MixedFit;
import dev.mixedmodels.engine.likelihood.RandomGroup;
import dev.mixedmodels.engine.numeric.Tail;
import dev.mixedmodels.engine.report.BootstrapIntervals;
import dev.mixedmodels.engine.result.FitStatisticRow;
import dev.mixedmodels.engine.result.FitStatisticRow.Category;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Likelihood ratio tests of random terms: each effect of each level, each level with several, and all. */
final class RandomTests {
    /** A difference of -2 log likelihoods that is none. */
    private static final double ROUNDING = 1e-8;
    /** A smaller model that is better by more has found what the full one missed. */
    private static final double WORSE = 1e-4;

    private final FittedModel fitted;
    private final Progress progress;
    private final Warnings warnings;
    private final List<FitStatisticRow> rows = new ArrayList<>();
    private final int tests;
    private int done;

    private RandomTests(final FittedModel fitted, final Progress progress, final Warnings warnings) {
        this.fitted = fitted;
        this.progress = progress;
        this.warnings = warnings;
        tests = 1 + fitted.mixed().structures().stream().mapToInt(s -> s.dimension() > 1 ? s.dimension() + 1 : 1).sum();
    }

    static List<FitStatisticRow> of(final FittedModel fitted, final Progress progress, final Warnings warnings) {
        final RandomTests tests = new RandomTests(fitted, progress, warnings);
        final List<LinearStructure> structures = fitted.mixed().structures();
        int parameters = 0;
        for (int k = 0; k < structures.size(); k++) {
            parameters += structures.get(k).parameters();
            tests.level(k);
        }
        final List<LinearStructure> none = structures.stream().map(RandomTests::nothing).toList();
        tests.add("All random terms", none, parameters, parameters == 1, false);
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
                structure.parameters() - smaller.parameters(), true, otherThan(k));
        }
        add("Random " + group.name(), replaced(k, nothing(structure)), structure.parameters(), q == 1, otherThan(k));
    }

    /** Whether a level beside that which is tested is on its boundary. */
    private boolean otherThan(final int k) {
        return IntStream.range(0, fitted.mixed().groups().size()).anyMatch(l -> l != k && fitted.fit().singular(l));
    }

    private List<LinearStructure> replaced(final int k, final LinearStructure structure) {
        final List<LinearStructure> structures = new ArrayList<>(fitted.mixed().structures());
        structures.set(k, structure);
        return structures;
    }

    /**
     * @param halves whether the statistic is half chi2(m - 1) and half chi2(m); else chi2(m) is an upper bound
     * @param boundary whether the full model has another variance on its boundary
     */
    private void add(final String name, final List<LinearStructure> structures, final int m, final boolean halves,
        final boolean boundary) {
        final Progress own = progress.sub((double) done / tests, (double) ++done / tests);
        final MixedFit smaller = fitted.fit().smaller(structures, progress);
        if (smaller == null) {
            rows.add(FitStatisticRow.of(Category.TEST, name, Double.NaN, "The model without it cannot be computed."));
            return;
        }
        final double difference = smaller.criterion() - fitted.fit().criterion();
        // rounding may leave the smaller model a little better when a term adds nothing
        final double rounding = Math.max(ROUNDING, fitted.fit().rounding());
        final double statistic = difference < rounding ? 0 : difference;
        final double p = halves ? ChiBarSquare.halfAndHalf(statistic, m) : Tail.chiSquare(statistic, m);
        rows.add(new FitStatisticRow(Category.TEST, name, statistic, m, Double.NaN, p, String.format(Locale.ROOT,
            "Likelihood ratio%s. %s%s%s%s", fitted.fit().reml() ? " of the restricted likelihoods" : "",
            halves ? "Half chi2(" + (m - 1) + "), half chi2(" + m + ")" : "chi2(" + m + "), which is conservative",
            halves && (boundary || smaller.singular()) ? ", approximate since another variance is on its boundary" : "",
            smaller.optimum().converged() ? "." : "; the model without it did not converge.",
            difference < -WORSE ? " The model without it has the larger likelihood: the fit is not at its maximum." : "")));
        final VarianceIntervals how = fitted.settings().inference().varianceIntervals();
        if (how.bootstrap()) {
            rows.add(BootstrapIntervals.test(name, refits(fitted.fit()), refits(smaller), how, own, warnings));
        }
    }

    private Refits refits(final MixedFit fit) {
        return fitted.refits(fit, found -> new double[0], progress);
    }
}
