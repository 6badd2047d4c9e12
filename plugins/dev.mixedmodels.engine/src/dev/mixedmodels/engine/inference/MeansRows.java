package dev.mixedmodels.engine.inference;

import dev.mixedmodels.engine.design.MeansContrast;
import dev.mixedmodels.engine.result.MeansRow;
import java.util.ArrayList;
import java.util.List;

/** The table of least-squares means: estimates, tests and intervals of contrasts, families of differences adjusted. */
public final class MeansRows {
    private MeansRows() {
    }

    /**
     * @param contrasts means and differences in the order of the table; differences at the same place are one family
     * @param inference estimates, covariance and degrees of freedom
     * @param adjustment of the differences' p-values
     * @param confidence confidence level in (0, 1)
     * @return a row for each; NaN where the data do not determine it
     */
    public static List<MeansRow> of(final List<MeansContrast> contrasts, final FixedInference inference,
        final MultipleComparisons adjustment, final double confidence) {
        final List<MeansRow> rows = new ArrayList<>(contrasts.size());
        int from = 0;
        while (from < contrasts.size()) {
            int to = from;
            while (to < contrasts.size() && sameFamily(contrasts.get(from), contrasts.get(to))) {
                to++;
            }
            rows.addAll(family(contrasts.subList(from, to), inference, adjustment, confidence));
            from = to;
        }
        return rows;
    }

    private static boolean sameFamily(final MeansContrast a, final MeansContrast b) {
        return a.term().equals(b.term()) && a.at().equals(b.at());
    }

    private static List<MeansRow> family(final List<MeansContrast> contrasts, final FixedInference inference,
        final MultipleComparisons adjustment, final double confidence) {
        final int means = (int) contrasts.stream().filter(c -> !c.difference()).count();
        final Contrast[] estimates = contrasts.stream()
            .map(c -> c.l() == null ? Contrast.MISSING : Contrast.of(inference, c.l(), confidence))
            .toArray(Contrast[]::new);
        final Contrast[] differences = new Contrast[contrasts.size() - means];
        int d = 0;
        for (int i = 0; i < estimates.length; i++) {
            if (contrasts.get(i).difference()) {
                differences[d++] = estimates[i];
            }
        }
        final double[] adjusted = adjustment.adjust(differences, means);
        final List<MeansRow> rows = new ArrayList<>(contrasts.size());
        d = 0;
        for (int i = 0; i < estimates.length; i++) {
            final MeansContrast c = contrasts.get(i);
            final Contrast e = estimates[i];
            rows.add(new MeansRow(c.difference() ? "Difference" : "Mean", c.term(), c.level(), c.against(), c.at(),
                e.estimate(), e.stdError(), e.df(), e.t(), e.pValue(), e.lower(), e.upper(),
                c.difference() ? adjusted[d++] : Double.NaN));
        }
        return rows;
    }
}
