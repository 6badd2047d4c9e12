package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.common.Warnings;
import dev.mixedmodels.engine.design.At;
import dev.mixedmodels.engine.design.LeastSquaresMeans;
import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.design.MeansRequest;
import dev.mixedmodels.engine.design.ModelDesign;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Least-squares means, slopes, their differences and contrasts with inference; p-values adjusted by family. */
public final class LeastSquaresMeansTable {
    /** Means of one term at one value of the "at" column are a family, and so are differences, and contrasts. */
    private record Family(MeansContrast.Type type, String term, String at) {
        static Family of(final MeansContrast contrast) {
            return new Family(contrast.type(), contrast.term(), contrast.at());
        }
    }

    private final List<MeansContrast> contrasts;
    private final FixedInference inference;
    private final MeansTests tests;
    private final List<Contrast> estimates = new ArrayList<>();

    private LeastSquaresMeansTable(final List<MeansContrast> contrasts, final FixedInference inference,
        final MeansTests tests) {
        this.contrasts = contrasts;
        this.inference = inference;
        this.tests = tests;
    }

    /**
     * @param contrasts means and what is compared, over the p estimated coefficients; not estimable ones have no row l
     * @param inference estimates and their inference
     * @param tests how they are tested
     * @param progress asked whether the user cancelled
     * @return one row per contrast in the same order
     */
    public static List<MeansRow> of(final List<MeansContrast> contrasts, final FixedInference inference,
        final MeansTests tests, final Progress progress) {
        return new LeastSquaresMeansTable(contrasts, inference, tests).rows(progress);
    }

    /**
     * @param wanted whose means and where
     * @param design the mean
     * @param inference estimates of its coefficients and their inference
     * @param confidence confidence level in (0, 1)
     * @param progress asked whether the user cancelled
     * @param warnings takes what the user should know
     * @return means and all their differences
     */
    public static List<MeansRow> of(final TableSettings wanted, final ModelDesign design,
        final FixedInference inference, final double confidence, final Progress progress, final Warnings warnings) {
        final List<List<String>> of = wanted.meansOf() != null ? wanted.meansOf()
            : design.fixed().factors().stream().map(List::of).toList();
        final At at = At.of(design, wanted.meansAt());
        final List<MeansContrast> contrasts = new ArrayList<>();
        for (final List<String> term : of) {
            contrasts.addAll(LeastSquaresMeans.of(design.fixed(), MeansRequest.pairs(term, at), warnings));
        }
        return of(contrasts, inference, MeansTests.of(wanted.adjustment(), confidence), progress);
    }

    private List<MeansRow> rows(final Progress progress) {
        final Map<Family, List<Integer>> families = new LinkedHashMap<>();
        for (int i = 0; i < contrasts.size(); i++) {
            progress.check();
            estimates.add(estimate(contrasts.get(i)));
            families.computeIfAbsent(Family.of(contrasts.get(i)), family -> new ArrayList<>()).add(i);
        }
        final double[] adjusted = new double[contrasts.size()];
        Arrays.fill(adjusted, Double.NaN);
        families.forEach((family, members) -> {
            if (family.type.compares()) {
                final Comparisons comparisons = comparisons(members, means(family, families));
                final double[] values = tests.adjustment().adjust(comparisons, progress);
                for (int i = 0; i < values.length; i++) {
                    adjusted[members.get(i)] = values[i];
                }
                if (tests.simultaneous()) {
                    widen(members, tests.adjustment().critical(comparisons, 1 - tests.confidence(), progress));
                }
            }
        });
        final List<MeansRow> rows = new ArrayList<>();
        for (int i = 0; i < contrasts.size(); i++) {
            final MeansContrast c = contrasts.get(i);
            final Contrast e = estimates.get(i);
            rows.add(new MeansRow(c.type().label(), c.term(), c.level(), c.against(), c.at(), e.estimate(),
                e.stdError(), e.df(), e.t(), e.pValue(), e.lower(), e.upper(), adjusted[i]));
        }
        return rows;
    }

    private void widen(final List<Integer> members, final double[] errors) {
        for (int i = 0; i < errors.length; i++) {
            if (!Double.isNaN(errors[i])) {
                estimates.set(members.get(i), estimates.get(members.get(i)).within(errors[i], tests.alternative()));
            }
        }
    }

    private Contrast estimate(final MeansContrast contrast) {
        final double[] l = contrast.l();
        return l == null ? Contrast.MISSING
            : Contrast.of(inference.estimate(l) + contrast.offset(), Math.sqrt(inference.variance(l)),
                inference.df(l), tests.confidence(),
                contrast.type().compares() ? tests.nullDifference() : tests.nullMean(), tests.alternative());
    }

    /** How many means there are where the differences are. */
    private static int means(final Family family, final Map<Family, List<Integer>> families) {
        return Math.max(size(MeansContrast.Type.MEAN, family, families), size(MeansContrast.Type.SLOPE, family,
            families));
    }

    private static int size(final MeansContrast.Type type, final Family family,
        final Map<Family, List<Integer>> families) {
        return families.getOrDefault(new Family(type, family.term, family.at), List.of()).size();
    }

    private Comparisons comparisons(final List<Integer> members, final int means) {
        return new Comparisons(collect(members, Contrast::pValue), collect(members, Contrast::t),
            collect(members, Contrast::df), tests.alternative(), means, () -> covariance(members));
    }

    private double[] collect(final List<Integer> members, final ToDoubleFunction<Contrast> statistic) {
        return members.stream().map(estimates::get).mapToDouble(statistic).toArray();
    }

    /** Of the estimates of a family; NaN where one does not exist. */
    private double[][] covariance(final List<Integer> members) {
        final double[][] covariance = new double[members.size()][members.size()];
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j <= i; j++) {
                final double[] one = contrasts.get(members.get(i)).l();
                final double[] other = contrasts.get(members.get(j)).l();
                covariance[i][j] = one == null || other == null ? Double.NaN : inference.covariance(one, other);
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }
}
