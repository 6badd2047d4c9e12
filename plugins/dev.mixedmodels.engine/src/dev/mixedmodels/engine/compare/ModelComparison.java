package dev.mixedmodels.engine.compare;

import dev.mixedmodels.engine.common.ModelException;
import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.StoredDesign;
import dev.mixedmodels.engine.model.StoredModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fitted models side by side: criteria with their differences and weights, and tests of nested ones.
 * <p>
 * Sources: Burnham &amp; Anderson (2002) Model Selection and Multimodel Inference, for the weights; Self &amp; Liang
 * (1987) JASA 82:605-610 for tests at the boundary.
 * <p>
 * The mathematics: doc/compare.md beside the sources.
 *
 * @param models a row a model, in the order of the inputs
 * @param tests of pairs of models
 */
public record ModelComparison(List<ComparisonRow> models, List<ComparisonTest> tests) {
    /** Which pairs of models are tested. */
    public enum Pairs {
        /** Each against the next smaller one, by their numbers of parameters. */
        SUCCESSIVE,
        /** Each against each. */
        ALL
    }

    /**
     * @param models two or more models
     * @param pairs which of them are tested against one another
     * @param bootstrap of nested models; null for none
     * @param progress of the whole
     * @param warnings takes what makes the comparison doubtful
     * @return the comparison
     * @throws ModelException if there is one model only, or two speak of other rows or responses
     */
    public static ModelComparison of(final List<StoredModel> models, final Pairs pairs,
        final BootstrapSettings bootstrap, final Progress progress, final Warnings warnings) {
        if (models.size() < 2) {
            throw new ModelException("One model cannot be compared. Connect two or more.");
        }
        final List<ComparedModel> all =
            IntStream.range(0, models.size()).mapToObj(i -> new ComparedModel(i + 1, models.get(i))).toList();
        SameData.require(all, warnings);
        final List<ComparisonTest> tests = new ArrayList<>();
        final List<Pair> chosen = chosen(all, pairs);
        final BootstrapTests drawn = bootstrap == null ? null : new BootstrapTests(bootstrap, warnings);
        for (int i = 0; i < chosen.size(); i++) {
            final Pair pair = chosen.get(i);
            tests.addAll(PairTests.of(pair));
            if (drawn != null && pair.nested() && PairTests.df(pair) > 0) {
                tests.add(drawn.of(pair, progress.sub((double) i / chosen.size(), (i + 1.0) / chosen.size())));
            }
        }
        final boolean comparable = comparable(all, warnings);
        return new ModelComparison(rows(all, comparable), tests);
    }

    /**
     * @param model a model with a design
     * @return the columns of the table that it uses
     */
    public static Set<String> columns(final StoredModel model) {
        return CentredFrame.columns(model);
    }

    /**
     * @param model a model with a design
     * @return those of its columns that it takes as categories
     */
    public static Set<String> categories(final StoredModel model) {
        return model.design().factors().stream().map(StoredDesign.Levels::column)
            .filter(column -> !GenericRows.isNumber(model, column)).collect(Collectors.toSet());
    }

    static List<Pair> chosen(final List<ComparedModel> all, final Pairs pairs) {
        final List<ComparedModel> ordered = new ArrayList<>(all);
        ordered.sort(Comparator.comparingDouble(ComparedModel::parameters));
        final List<Pair> chosen = new ArrayList<>();
        for (int large = 1; large < ordered.size(); large++) {
            for (int small = pairs == Pairs.ALL ? 0 : large - 1; small < large; small++) {
                chosen.add(Pair.of(ordered.get(large), ordered.get(small)));
            }
        }
        return chosen;
    }

    /** Whether the likelihoods of all are; says why they are not. */
    private static boolean comparable(final List<ComparedModel> all, final Warnings warnings) {
        for (final ComparedModel other : all.subList(1, all.size())) {
            final Pair pair = Pair.of(other, all.get(0));
            if (!pair.comparable()) {
                warnings.add(all.get(0).name() + " and " + other.name() + ": " + PairTests.notComparable(pair)
                    + " Differences of criteria and Akaike weights are missing.");
                return false;
            }
        }
        return true;
    }

    private static List<ComparisonRow> rows(final List<ComparedModel> all, final boolean comparable) {
        final double[] aic = differences(all, comparable, m -> m.model().statistic("AIC"));
        final double[] aicc = differences(all, comparable, m -> m.model().statistic("AICc"));
        final double[] bic = differences(all, comparable, m -> m.model().statistic("BIC"));
        final double[] weight = weights(aic);
        final double[] corrected = weights(aicc);
        final List<ComparisonRow> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            final ComparedModel m = all.get(i);
            final StoredModel model = m.model();
            rows.add(new ComparisonRow(m.name(), model.kind().node(), m.formula(), m.method(), model.rows().rows(),
                m.coefficients(), m.parameters(), m.deviance(), model.statistic("AIC"), model.statistic("AICc"),
                model.statistic("BIC"), aic[i], aicc[i], bic[i], weight[i], corrected[i], note(m)));
        }
        return rows;
    }

    private static String note(final ComparedModel m) {
        final List<String> notes = new ArrayList<>();
        if (!m.converged()) {
            notes.add("The fit did not converge.");
        }
        if (m.singular()) {
            notes.add("Singular: a variance is 0, or a correlation 1 or -1.");
        }
        return String.join(" ", notes);
    }

    private static double[] differences(final List<ComparedModel> all, final boolean comparable,
        final ToDoubleFunction<ComparedModel> criterion) {
        final double[] values = all.stream().mapToDouble(criterion).toArray();
        final double least = Arrays.stream(values).reduce(Double.POSITIVE_INFINITY, Math::min); // NaN if one is
        return Arrays.stream(values).map(value -> comparable ? value - least : Double.NaN).toArray();
    }

    private static double[] weights(final double... differences) {
        final double sum = Arrays.stream(differences).map(d -> Math.exp(-d / 2)).sum();
        return Arrays.stream(differences).map(d -> Math.exp(-d / 2) / sum).toArray();
    }
}
