package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.common.Progress;
import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Least-squares means and their differences with inference; p-values of differences adjusted by family. */
public final class LeastSquaresMeansTable {
    /** Means and differences of one term at one value of the "at" column are a family. */
    private record Family(String term, String at) {
        static Family of(final MeansContrast contrast) {
            return new Family(contrast.term(), contrast.at());
        }
    }

    private LeastSquaresMeansTable() {
    }

    /**
     * @param contrasts means and differences over the p estimated coefficients; not estimable ones have no row l
     * @param inference estimates and their inference
     * @param adjustment of the p-values of differences
     * @param confidence confidence level in (0, 1) of each single interval
     * @param progress asked whether the user cancelled
     * @return one row per contrast in the same order
     */
    public static List<MeansRow> of(final List<MeansContrast> contrasts, final FixedInference inference,
        final Adjustment adjustment, final double confidence, final Progress progress) {
        final List<Contrast> estimates = new ArrayList<>();
        final Map<Family, List<Integer>> differences = new LinkedHashMap<>();
        final Map<Family, Integer> means = new LinkedHashMap<>();
        for (int i = 0; i < contrasts.size(); i++) {
            progress.check();
            final MeansContrast c = contrasts.get(i);
            estimates.add(c.l() == null ? Contrast.MISSING : Contrast.of(inference, c.l(), c.offset(), confidence));
            if (c.difference()) {
                differences.computeIfAbsent(Family.of(c), family -> new ArrayList<>()).add(i);
            } else {
                means.merge(Family.of(c), 1, Integer::sum);
            }
        }
        final double[] adjusted = new double[contrasts.size()];
        Arrays.fill(adjusted, Double.NaN);
        differences.forEach((family, members) -> {
            final double[] values = adjustment.adjust(collect(members, estimates, Contrast::pValue),
                collect(members, estimates, Contrast::t), collect(members, estimates, Contrast::df), means.get(family),
                progress);
            for (int i = 0; i < values.length; i++) {
                adjusted[members.get(i)] = values[i];
            }
        });
        final List<MeansRow> rows = new ArrayList<>();
        for (int i = 0; i < contrasts.size(); i++) {
            final MeansContrast c = contrasts.get(i);
            final Contrast e = estimates.get(i);
            rows.add(new MeansRow(c.difference() ? "Difference" : "Mean", c.term(), c.level(), c.against(), c.at(),
                e.estimate(), e.stdError(), e.df(), e.t(), e.pValue(), e.lower(), e.upper(), adjusted[i]));
        }
        return rows;
    }

    private static double[] collect(final List<Integer> members, final List<Contrast> estimates,
        final ToDoubleFunction<Contrast> statistic) {
        return members.stream().map(estimates::get).mapToDouble(statistic).toArray();
    }
}
